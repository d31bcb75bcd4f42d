"""What stands in the form, from top to bottom, and by what its own texts are known again."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from colloquia.engines.answer_forms.records import FIELDS, REMARKS, Form, FormField

HEADING, ROOM = "box_", "room_"
"""The bookmarks at the heading of a box and in the room below it begin so."""
BLANK = "☐"
TICKS = frozenset("☒☑✓✔✗✘🗹🗷■●xX×*")
REMARKS_CODE = f"R{len(FIELDS) + 1}"
_FIELD, _ANSWER = 8, 30
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\u200b]")
_LEADING = re.compile(r"^[\[(]?\s*[^\w\s]?\s*[\])]?\s*(?=R\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str
    style: Literal["title", "head", "body", "section", "issue", "small"]
    language: str


@dataclass(frozen=True, slots=True)
class Box:
    """A heading with a visible code, and below it room to write (``height`` in millimetres), or choices."""

    id: str
    code: str
    label: str
    language: str
    help: str
    choices: tuple[str, ...]
    height: int

    @property
    def heading(self) -> str:
        """The code and what is asked."""
        return f"{self.code} {self.label}"

    @property
    def lines(self) -> tuple[str, ...]:
        """The choices with their codes, unticked."""
        return tuple(f"{BLANK} {self.code}.{place} {each}" for place, each in enumerate(self.choices, 1))


def lay_out(form: Form) -> Iterator[Line | Box]:
    """The whole form."""
    words = form.words_language
    yield Line(form.title, "title", form.language)
    for text in form.head:
        yield Line(text, "head", words)
    for text in form.introduction:
        yield Line(text, "body", form.language)
    for heading, paragraphs, language in form.sections:
        yield Line(heading, "section", words)
        for text in paragraphs:
            yield Line(text, "body", language)
    yield Line(form.respondent_title, "section", words)
    for field in form.fields:
        yield _field(form, field)
    yield Line(form.questions_title, "section", words)
    for issue in form.issues:
        yield Line(f"{issue.id} {issue.title}", "issue", issue.language)
        for question in issue.questions:
            language = question.language or form.language
            yield Box(question.id, question.id, question.text, language, "", (), _ANSWER)
    yield Box(REMARKS, REMARKS_CODE, form.remarks_title, words, "", (), _ANSWER)
    yield Line(name_of(form), "small", "en")


def _field(form: Form, field: FormField) -> Box:
    code = f"R{FIELDS.index(field.name) + 1}"
    help_text = " ".join(each for each in (field.help, form.tick_here if field.choices else "") if each)
    return Box(field.name, code, field.label, form.words_language, help_text, field.choices, _FIELD)


def name_of(form: Form) -> str:
    """The last line, by which a form that lost its hidden marks still says whose it is."""
    return f"colloquia-form:{form.call}:{form.version}:{form.language}"


def own_texts(form: Form) -> list[str]:
    """Every paragraph that the form prints itself."""
    found = []
    for each in lay_out(form):
        if isinstance(each, Line):
            found += each.text.split("\n")
            found.append(each.text)
        else:
            found += [each.heading, *([each.help] if each.help else []), *each.lines]
    return found


def fingerprint(text: str) -> str:
    """By what a paragraph is known again, however it is spaced, directed or ticked."""
    plain = _MARKS.sub("", unicodedata.normalize("NFC", text))
    plain = " ".join(_LEADING.sub("", plain.strip()).split())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def box_of_code(code: str) -> str:
    """The id of the box that a visible code names."""
    if code == REMARKS_CODE:
        return REMARKS
    if re.fullmatch(r"R\d", code) and 0 < int(code[1]) <= len(FIELDS):
        return FIELDS[int(code[1]) - 1]
    return code


def code_of_box(box: str) -> str:
    """The visible code of a box."""
    if box == REMARKS:
        return REMARKS_CODE
    return f"R{FIELDS.index(box) + 1}" if box in FIELDS else box
