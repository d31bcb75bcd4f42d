"""The page of a draft: its parts, its fields with what they hold, and texts that are kept beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from colloquia.core.components import Link, Tab
from colloquia.submissions.answer_fields import MEMBERS, answer_field, default, flat, mark, read_parties
from colloquia.submissions.forms.answering import Languages
from colloquia.submissions.models import AnswerDraft, Publication, RespondentKind
from colloquia.submissions.presentation.call_head import call_link
from colloquia.submissions.queries.drafts import Asked, AskedIssue
from colloquia.submissions.records import Content, PartyIn
from colloquia.submissions.services.drafting import aside_of

MOST_ON_ONE_PAGE = 12
"""Questions; a call with more is answered issue by issue."""
MOST_TEXT_ON_ONE_PAGE = 40_000
WHO, REMARKS = "who", "remarks"


@dataclass(frozen=True, slots=True)
class Aside:
    """A text that was typed while somebody else saved another one."""

    id: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, which is also its id on the page, what it holds, and texts kept beside it."""

    name: str
    value: str
    aside: tuple[Aside, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFields:
    """A question with the fields of its answer. ``question`` is None for remarks on the whole."""

    question: Asked | None
    text: Field
    language: Field
    secrecy: Field
    secrecy_reason: Field
    public_text: Field

    @property
    def is_open(self) -> bool:
        """Whether what is folded away holds something."""
        return (
            self.secrecy.value != default(self.secrecy.name)
            or any(each.value for each in (self.language, self.secrecy_reason, self.public_text))
            or any(each.aside or each.problem for each in (self.secrecy_reason, self.public_text))
        )


@dataclass(frozen=True, slots=True)
class IssueFields:
    """The questions of an issue with their fields."""

    issue: AskedIssue
    answers: tuple[AnswerFields, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a long draft: all of it, who answers, one issue, or the remarks."""

    key: str
    label: str
    language: str
    url: str
    answered: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class DraftForm:
    """Everything that the form of one page of a draft shows."""

    part: str
    parts: tuple[Part, ...]
    following: Part | None
    respondent: Mapping[str, Field]
    parties: tuple[PartyIn, ...]
    parties_aside: tuple[Aside, ...]
    issues: tuple[IssueFields, ...]
    remarks: AnswerFields | None
    seen: str
    conflicts: tuple[Field, ...] = field(default=())

    @property
    def shows_respondent(self) -> bool:
        """Whether who answers is asked on this page."""
        return bool(self.respondent)


def draft_form(
    draft: AnswerDraft,
    token: str,
    asked: list[AskedIssue],
    languages: Languages,
    *,
    part: str = "",
    values: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    empty_party: bool = False,
) -> DraftForm:
    """The form for a page. ``values`` stand for what is kept, where something was typed and not saved."""
    held = flat(Content.from_json(draft.content)) | dict(values or {})
    parts = _parts(held, token, asked)
    keys = [each.key for each in parts]
    part = part if part in keys else (keys[0] if keys else "")
    aside = {
        name: tuple(Aside(each["id"], _readable(name, each["text"], languages), each["at"]) for each in texts)
        for name, texts in aside_of(draft).items()
    }
    shown: list[str] = []

    def one(name: str) -> Field:
        shown.append(name)
        value = held.get(name, default(name))
        if name.rpartition(".")[2] == "language":
            value = languages.name(value)
        return Field(name, value, aside.get(name, ()), (problems or {}).get(name, ""))

    def answer(question: Asked | None) -> AnswerFields:
        identifier = question.id if question else ""
        return AnswerFields(question, *(one(answer_field(identifier, member)) for member in MEMBERS))

    who = part in ("", WHO)
    respondent = {name: one(name) for name in _respondent_names()} if who else {}
    parties = read_parties(held["parties"]) if who else ()
    if who:
        shown.append("parties")
        parties += (PartyIn("state", ""),) if empty_party else ()
    issues = tuple(
        IssueFields(issue, tuple(answer(question) for question in issue.questions))
        for issue in asked
        if part in ("", issue.id)
    )
    remarks = answer(None) if part in ("", REMARKS) else None
    place = keys.index(part) if part in keys else len(keys)
    stored = flat(Content.from_json(draft.content))
    return DraftForm(
        part=part,
        parts=tuple(parts),
        following=parts[place + 1] if place + 1 < len(parts) else None,
        respondent=respondent,
        parties=parties,
        parties_aside=aside.get("parties", ()),
        issues=issues,
        remarks=remarks,
        seen=seen_of(stored, shown),
        conflicts=tuple(one(name) for name in aside),
    )


def seen_of(held: Mapping[str, str], names: list[str]) -> str:
    """The marks of what fields hold, as the form carries them; those at their default are left out."""
    return json.dumps(
        {name: mark(held[name]) for name in names if name in held and held[name] != default(name)}
    )


def part_of_field(name: str, asked: list[AskedIssue]) -> str:
    """The part of a long draft in which a field stands. ``name`` may be a problem's, without a member."""
    if not name.startswith("answers."):
        return WHO
    rest = name.removeprefix("answers.")
    for issue in asked:
        if any(rest == each.id or rest.startswith(f"{each.id}.") for each in issue.questions):
            return issue.id
    return REMARKS


def trail_of(request: HttpRequest, draft: AnswerDraft, here: str) -> list[Link]:
    """From the list of calls to a page of the draft."""
    return [Link(_("Calls"), reverse("calls")), call_link(request, draft.call), Link(here)]


def steps(token: str, here: str, files: int) -> list[Tab]:
    """The ways between the pages of a draft."""
    return [
        Tab(_("Answers"), reverse("draft", args=[token]), here == "draft"),
        Tab(_("Files"), reverse("draft_files", args=[token]), here == "draft_files", files or None),
        Tab(_("Answer form in Word"), reverse("draft_form", args=[token]), here == "draft_form"),
        Tab(_("Review and send"), reverse("draft_review", args=[token]), here == "draft_review"),
    ]


def publication_choices() -> list[tuple[str, str, str]]:
    """Value, words and a plain explanation of each wish."""
    return [
        (
            Publication.NAMED,
            _("Public, with the name"),
            _(
                "Your answers and files are published with the name of the organisation, state or office. A "
                "person’s name is published only where a person answers for themselves."
            ),
        ),
        (
            Publication.ANONYMOUS,
            _("Public, without the name"),
            _(
                "Your answers are published; name, country, parties and titles of files are not. Do not name "
                "yourself in the text or in a file."
            ),
        ),
        (
            Publication.CONFIDENTIAL,
            _("Confidential"),
            _("Nothing is published. The secretariat counts your submission in totals."),
        ),
    ]


def kind_choices() -> list[tuple[str, str]]:
    """Who may answer."""
    return [(value, str(label)) for value, label in RespondentKind.choices]


def _respondent_names() -> tuple[str, ...]:
    return (
        "kind", "name", "organisation", "on_behalf_of", "territory", "stakeholder", "language", "publication",
    )  # fmt: skip


def _parts(held: Mapping[str, str], token: str, asked: list[AskedIssue]) -> list[Part]:
    """The parts of a long draft; none where all of it fits on one page."""
    count = sum(len(issue.questions) for issue in asked)
    size = sum(len(value) for value in held.values())
    if count <= MOST_ON_ONE_PAGE and size <= MOST_TEXT_ON_ONE_PAGE:
        return []
    address = reverse("draft", args=[token])
    return [
        Part(WHO, _("Who answers"), "", f"{address}?part={WHO}"),
        *(
            Part(
                issue.id,
                f"{issue.id} {issue.title}".strip(),
                issue.language,
                f"{address}?part={issue.id}",
                sum(bool(held.get(answer_field(each.id, "text"), "").strip()) for each in issue.questions),
                len(issue.questions),
            )
            for issue in asked
        ),
        Part(REMARKS, _("Remarks on the whole"), "", f"{address}?part={REMARKS}"),
    ]


def _readable(name: str, text: str, languages: Languages) -> str:
    if name == "parties":
        return "; ".join(
            " ".join(part for part in (each.name, each.territory) if part) for each in read_parties(text)
        )
    return languages.name(text) if name.rpartition(".")[2] == "language" else text
