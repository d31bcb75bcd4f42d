"""A paper as it was read from a document, before anything is decided about its ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know before an import: where, what, and what to do. ``serious`` ones forbid it."""

    where: str
    message: str
    serious: bool = False


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question of the document. ``place`` names it there (``i3.q2``); ``id`` is given or blank."""

    place: str
    text: str
    id: str = ""
    number: str = ""
    paragraphs: str = ""
    context: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class DraftIssue:
    """An issue of the document with its questions in order."""

    place: str
    title: str
    id: str = ""
    number: str = ""
    section: str = ""
    paragraphs: str = ""
    context: str = ""
    where: str = ""
    questions: tuple[DraftQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of descent that the document states, by permanent ids."""

    kind: str
    from_ids: tuple[str, ...]
    to_ids: tuple[str, ...]
    from_version: str = ""


@dataclass(frozen=True, slots=True)
class DraftPaper:
    """Everything that was read, and what must be known about the reading."""

    title: str = ""
    symbol: str = ""
    date: str = ""
    language: str = ""
    issues: tuple[DraftIssue, ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()
    lines: tuple[DraftLine, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def serious(self) -> tuple[Remark, ...]:
        """What forbids an import."""
        return tuple(remark for remark in self.remarks if remark.serious)

    def as_data(self) -> dict[str, Any]:
        """The paper as JSON; ``from_data`` gives it back."""
        return asdict(self)


def from_data(data: Mapping[str, Any]) -> DraftPaper:
    """A paper from what ``DraftPaper.as_data`` gave."""
    issues = tuple(
        DraftIssue(
            **{key: value for key, value in issue.items() if key != "questions"},
            questions=tuple(DraftQuestion(**question) for question in issue["questions"]),
        )
        for issue in data.get("issues", [])
    )
    lines = tuple(
        DraftLine(line["kind"], tuple(line["from_ids"]), tuple(line["to_ids"]), line.get("from_version", ""))
        for line in data.get("lines", [])
    )
    return DraftPaper(
        title=data.get("title", ""),
        symbol=data.get("symbol", ""),
        date=data.get("date", ""),
        language=data.get("language", ""),
        issues=issues,
        glossary=tuple((term, meaning) for term, meaning in data.get("glossary", [])),
        lines=lines,
        remarks=tuple(Remark(**remark) for remark in data.get("remarks", [])),
    )
