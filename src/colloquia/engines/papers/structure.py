"""Paragraphs of a document to sections, issues and questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from colloquia.engines.papers.labels import Numbered, Reference, ascii_digits, numbered
from colloquia.engines.papers.records import DraftIssue, DraftPaper, DraftQuestion, Remark
from colloquia.engines.papers.word import Paragraph

_WORDS = (
    "issue|question|topic|cuestión|cuestion|tema|asunto|enjeu|thème|вопрос|проблема|тема|"
    "القضية|المسألة|السؤال|قضية|مسألة|问题|議題|议题|问题|第"
)
ISSUE = re.compile(
    rf"(?:{_WORDS})\s*(?:n[o°º]\.?\s*|№\s*)?(?P<number>\d{{1,3}}|[ivxlc]{{1,6}})\s*(?:[题題项項])?\s*"
    r"(?:[:：.．、–—-]\s*(?P<title>.*)|$)",
    re.I | re.S,
)
SYMBOL = re.compile(r"\b[A-Z]{2,12}(?:/[A-Z0-9]{1,12}){2,8}(?:\s+REV\.?(?:\s?\d+)?)?")
_ASKS = re.compile(r"[?？؟⸮]")
_LONGEST_HEADING = 250
_LONGEST_QUESTION = 10_000


@dataclass(slots=True)
class _Issue:
    """An issue being gathered."""

    number: str
    title: str
    section: str
    level: int | None
    where: str
    context: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    questions: list[list[str]] = field(default_factory=list)


def structure(paragraphs: Sequence[Paragraph]) -> DraftPaper:
    """Read the paragraphs of one document.

    Headings such as “Issue 7: …” begin an issue, other headings a section. Where no heading says so, the
    headings of the deepest level are taken for issues. A numbered paragraph that asks is a question.
    """
    marked = [paragraph for paragraph in paragraphs if _issue(paragraph)]
    deepest = 0 if marked else _deepest(paragraphs)
    reading = _Reading(deepest)
    for paragraph in paragraphs:
        reading.take(paragraph)
    return reading.draft(paragraphs, by_heading=not marked and deepest > 0)


def _issue(paragraph: Paragraph) -> re.Match[str] | None:
    if paragraph.in_table or len(paragraph.text) > _LONGEST_HEADING:
        return None
    label = paragraph.label.text if paragraph.label else ""
    return ISSUE.match(f"{label} {paragraph.text}".strip()) or ISSUE.match(paragraph.text)


def _deepest(paragraphs: Iterable[Paragraph]) -> int:
    return max((paragraph.heading or 0 for paragraph in paragraphs), default=0)


class _Reading:
    """Goes through the paragraphs once."""

    def __init__(self, deepest: int) -> None:
        self.deepest = deepest
        self.title = self.section = ""
        self.issues: list[_Issue] = []
        self.current: _Issue | None = None
        self.reference = Reference()
        self.value = self.lead = ""
        self.lead_depth = 0
        self.unnumbered: list[str] = []
        self.tables = 0

    def take(self, paragraph: Paragraph) -> None:
        """One paragraph."""
        match = None if self.deepest else _issue(paragraph)
        if match:
            self._begin(_number(match["number"]), " ".join((match["title"] or "").split()), paragraph)
            return
        heading = self._heading(paragraph)
        if heading is not None:
            self._head(paragraph, heading)
        elif self.current:
            if not self.current.title:
                self.current.title = paragraph.text
            else:
                self._body(self.current, paragraph)

    def _heading(self, paragraph: Paragraph) -> int | None:
        if paragraph.heading is not None:
            return paragraph.heading
        short = len(paragraph.text) <= 120 and not paragraph.text.rstrip().endswith((".", ":", ";", "?", "؟"))
        return 9 if paragraph.bold and short and not paragraph.in_table and not paragraph.label else None

    def _head(self, paragraph: Paragraph, heading: int) -> None:
        if heading == 0 or (not self.title and not self.issues and not self.section and heading == 1):
            self.title = self.title or paragraph.text
            return
        if self.deepest and heading == self.deepest:
            self._begin("", paragraph.text, paragraph)
            return
        if self.current and self.current.level is not None and heading > self.current.level:
            return  # a heading inside an issue
        self.section, self.current = paragraph.text, None

    def _begin(self, number: str, title: str, paragraph: Paragraph) -> None:
        where = f"paragraph {paragraph.place} of the file"
        level = paragraph.heading if paragraph.heading is not None else (9 if paragraph.bold else None)
        self.current = _Issue(number, title, self.section, level, where)
        self.issues.append(self.current)
        self.reference.clear()
        self.value = self.lead = ""

    def _body(self, issue: _Issue, paragraph: Paragraph) -> None:
        number = numbered(paragraph, self.value)
        text = number.text if number else paragraph.text
        reference = self._reach(issue, number)
        asks = bool(_ASKS.search(text))
        self.tables += paragraph.in_table and asks
        depth = self.reference.depth if number else 0
        if asks:
            if not number:
                self.unnumbered.append(f"paragraph {paragraph.place} of the file")
            lead = self.lead if number and depth > self.lead_depth else ""
            where = f"paragraph {paragraph.place} of the file"
            issue.questions.append([text[:_LONGEST_QUESTION], reference, lead, where, str(depth)])
        elif number and issue.questions and depth > int(issue.questions[-1][4]) > 0:
            # The parts of a question, such as (a) and (b) under “which of these?”.
            issue.questions[-1][0] += f" ({number.value}) {text}"
        else:
            issue.context.append(text)
        if number and depth <= self.lead_depth:
            self.lead, self.lead_depth = "", 0
        if number and text.rstrip().endswith((":", "：")) and not asks:
            self.lead, self.lead_depth = text, depth

    def _reach(self, issue: _Issue, number: Numbered | None) -> str:
        if not number:
            return ""
        self.value = number.value
        reference = self.reference.reach(number)
        if self.reference.depth == 1:
            issue.paragraphs.append(reference)
        return reference

    def draft(self, paragraphs: Sequence[Paragraph], *, by_heading: bool) -> DraftPaper:
        """What was gathered, with remarks on what could not be understood."""
        symbol = next((match[0] for each in paragraphs[:40] if (match := SYMBOL.search(each.text))), "")
        issues = tuple(_finished(issue, place) for place, issue in enumerate(self.issues, start=1))
        remarks = [*self._remarks(issues, by_heading=by_heading)]
        return DraftPaper(
            title=self.title, symbol=" ".join(symbol.split()), issues=issues, remarks=tuple(remarks)
        )

    def _remarks(self, issues: tuple[DraftIssue, ...], *, by_heading: bool) -> Iterable[Remark]:
        if not issues:
            yield Remark(
                "the file",
                "holds no heading such as “Issue 7: …” and no heading styles; give the issues headings in "
                "Word, or write the paper in YAML.",
                serious=True,
            )
        elif not any(issue.questions for issue in issues):
            yield Remark(
                "the file",
                "holds no question: no paragraph under an issue has a question mark; check that it is the "
                "right file.",
                serious=True,
            )
        if by_heading and issues:
            yield Remark(
                "the headings", "none says “Issue 7”, so those of the deepest level are taken for issues."
            )
        if self.unnumbered:
            yield Remark(
                f"{self.unnumbered[0]} and {len(self.unnumbered) - 1} more"
                if len(self.unnumbered) > 1
                else self.unnumbered[0],
                "asks and has no paragraph number; the question is kept without one.",
            )
        if self.tables:
            yield Remark("tables", f"hold {self.tables} of the questions; check that they are questions.")
        for issue in issues:
            if not issue.questions:
                yield Remark(f"issue {issue.number or issue.place}", "has no question in this file.")


def _finished(issue: _Issue, place: int) -> DraftIssue:
    questions = tuple(
        DraftQuestion(f"i{place}.q{at}", text, paragraphs=reference, context=lead, where=where)
        for at, (text, reference, lead, where, _depth) in enumerate(issue.questions, start=1)
    )
    spread = issue.paragraphs
    paragraphs = "" if not spread else spread[0] if len(spread) == 1 else f"{spread[0]}–{spread[-1]}"
    return DraftIssue(
        place=f"i{place}", title=issue.title, number=issue.number, section=issue.section,
        paragraphs=paragraphs, context="\n".join(issue.context), where=issue.where, questions=questions,
    )  # fmt: skip


def _number(text: str) -> str:
    number = ascii_digits(text)
    return number.lstrip("0") or number if number.isdigit() else number
