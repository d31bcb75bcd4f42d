"""What an answer form is made of, and what comes back from one that somebody filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FIELDS = (
    "kind", "name", "organisation", "on_behalf_of", "territory", "stakeholder", "language", "publication",
)  # fmt: skip
"""Fields about the respondent, in their order in the form. Their visible codes are R1, R2 …"""
CHOICES = {
    "kind": ("state", "office", "intergovernmental", "organisation", "person"),
    "publication": ("named", "anonymous", "confidential"),
}
"""Values of the fields that are ticked, in the order of their visible codes R1.1, R1.2 …"""
REMARKS = "remarks"
"""The box for what belongs to no question in particular."""


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """A question with its permanent id; ``language`` is that of its text, blank where it has none."""

    id: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FormIssue:
    """An issue with the questions of it that are asked."""

    id: str
    title: str
    language: str
    questions: tuple[FormQuestion, ...]


@dataclass(frozen=True, slots=True)
class FormField:
    """A field about the respondent. With ``choices`` (words, in the order of ``CHOICES``; for stakeholders
    the values themselves) one is ticked; else it is written.
    """

    name: str
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that is printed. All words come from outside, in ``language``.

    Args:
        call: the address of the call; ``version`` counts its changes.
        language: of the call's own texts; ``words_language`` that of labels and instructions.
        head: lines under the title: who asks, deadline, where to send it.
        introduction: paragraphs in ``language``.
        sections: heading, paragraphs and their language, before the questions: instructions and notices.
        tick_here: how a choice is made, above choices.
        remarks_title: the heading of the last box.

    """

    call: str
    version: int
    language: str
    words_language: str
    title: str
    head: tuple[str, ...]
    introduction: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...], str], ...]
    respondent_title: str
    fields: tuple[FormField, ...]
    questions_title: str
    issues: tuple[FormIssue, ...]
    tick_here: str
    remarks_title: str


@dataclass(frozen=True, slots=True)
class FormProblem:
    """Something a person should look at. ``kind`` is one of ``PROBLEMS``; ``where`` an id, a code or blank.

    ``detail`` is what was found there, for the sentence that is made of it.
    """

    kind: str
    where: str = ""
    detail: str = ""


PROBLEMS = {
    "unreadable": "The file could not be read at all; the detail says why and what to do.",
    "not_word": "It is a file of another kind than the form, which is a DOCX.",
    "not_a_form": "It is a document, and no box of an answer form is in it.",
    "outside": "Text stands outside the boxes; it is kept with the remarks.",
    "twice": "Two boxes have the same id; both texts are kept, one after the other.",
    "several": "More than one choice is ticked; none is taken.",
    "unclear": "Words stand where a choice should be ticked, and are none of the choices.",
    "pictures": "Pictures stand in a box; they are no text and are in the file only.",
    "deletions": "Tracked deletions are taken as accepted.",
    "boxes": "Text boxes float over the page; their text is kept with the remarks.",
    "shortened": "More text than one form may hold; the rest is in the file only.",
}
"""Every kind of problem, with its meaning."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A paragraph that somebody wrote outside the boxes; ``after`` is the id of the box above, or blank."""

    after: str
    text: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What was read. ``call`` and ``language`` are blank, ``version`` 0, where the form no longer says.

    ``respondent`` has texts by name of the field, for choices the value ticked. ``answers`` has only boxes in
    which something stands, by question, in the order of the file, paragraphs parted by a blank line.
    ``boxes`` are the ids of all boxes found. ``remarks`` is the last box.
    """

    call: str = ""
    version: int = 0
    language: str = ""
    respondent: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    boxes: tuple[str, ...] = ()
    remarks: str = ""
    outside: tuple[Outside, ...] = ()
    problems: tuple[FormProblem, ...] = ()

    @property
    def is_form(self) -> bool:
        """Whether it is an answer form at all."""
        return not any(each.kind in {"unreadable", "not_word", "not_a_form"} for each in self.problems)

    def as_data(self) -> dict[str, Any]:
        """Plain values, as they leave the child process."""
        return asdict(self)


def filled_from(data: Mapping[str, Any]) -> FilledForm:
    """The record of ``as_data``."""
    plain = dict(data)
    plain["boxes"] = tuple(data["boxes"])
    plain["outside"] = tuple(Outside(**each) for each in data["outside"])
    plain["problems"] = tuple(FormProblem(**each) for each in data["problems"])
    return FilledForm(**plain)
