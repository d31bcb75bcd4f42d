"""A draft's content as flat fields, so that what two people typed can be compared field by field.

Names are those of ``records.Content``: ``name``, ``territory``, ``parties`` (canonical JSON of all of them),
and ``answers.<question>.<member>``; ``answers..text`` are remarks on no question in particular.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields

from colloquia.submissions.records import AnswerIn, Content, PartyIn

PLAIN = (
    "publication", "kind", "name", "organisation", "on_behalf_of", "territory", "stakeholder", "language",
)  # fmt: skip
MEMBERS = ("text", "language", "secrecy", "secrecy_reason", "public_text")
PARTIES = "parties"
_EMPTY = Content()
_BLANK = AnswerIn("", "")


def answer_field(question: str, member: str) -> str:
    """The name of one member of an answer."""
    return f"answers.{question}.{member}"


def split_field(name: str) -> tuple[str, str] | None:
    """Question and member of an answer's field; None for all others."""
    if not name.startswith("answers."):
        return None
    question, _dot, member = name.removeprefix("answers.").rpartition(".")
    return (question, member) if member in MEMBERS else None


def flat(content: Content) -> dict[str, str]:
    """Every field with its text; line ends as they are kept."""
    values = {name: getattr(content, name) for name in PLAIN}
    values[PARTIES] = written_parties(content.parties)
    for answer in content.answers:
        for member in MEMBERS:
            values[answer_field(answer.question, member)] = getattr(answer, member)
    return values


def built(values: Mapping[str, str], order: Iterable[str]) -> Content:
    """The content of flat fields. Answers stand in ``order``, remarks on the whole after them.

    Answers of which no member says anything are left out; those on questions that are not in ``order`` stay.
    """
    answers: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        parts = split_field(name)
        if parts:
            answers.setdefault(parts[0], {})[parts[1]] = value
    asked = list(order)
    places = {question: place for place, question in enumerate(asked)}
    rows = [
        AnswerIn(question, **{"text": "", **members})
        for question, members in sorted(
            answers.items(), key=lambda item: (places.get(item[0], len(asked)), item[0])
        )
    ]
    kept = tuple(row for row in rows if _says_something(row))
    plain = {name: values.get(name, getattr(_EMPTY, name)) for name in PLAIN}
    return Content(parties=read_parties(values.get(PARTIES, "")), answers=kept, **plain)


def default(name: str) -> str:
    """What a field holds before anybody wrote into it."""
    parts = split_field(name)
    if parts:
        return str(getattr(_BLANK, parts[1]))
    return "" if name == PARTIES else str(getattr(_EMPTY, name))


def mark(value: str) -> str:
    """A short mark by which a field's text is recognised again."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def written_parties(parties: Iterable[PartyIn]) -> str:
    """Parties as text; empty where there are none."""
    rows = [[each.kind, each.name, each.territory] for each in parties]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def read_parties(text: str) -> tuple[PartyIn, ...]:
    """Parties from ``written_parties``."""
    return tuple(PartyIn(*(str(part) for part in row)) for row in json.loads(text)) if text else ()


def _says_something(answer: AnswerIn) -> bool:
    given = asdict(answer)
    return any(
        given[each.name] != getattr(_BLANK, each.name) for each in fields(AnswerIn) if each.name != "question"
    )
