"""Cut a text into passages; together they hold every character that is not white space."""

from __future__ import annotations

import re
from bisect import bisect_right

from colloquia.engines.passages.sentences import sentence_ends, weak_cut
from colloquia.engines.records import Document, Passage

TARGET = 480
"""Characters of a passage in an alphabetic script; denser scripts count more for each."""

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[-•*–·▪◦]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s)")
_DENSE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_BULLET = re.compile(r"[-•*–·▪◦]\s")
_HEADING_LIMIT = 90
_DENSITY = 2.6


def split(text: str, target: int = TARGET) -> list[tuple[int, int]]:
    """Spans (start, end) of the passages of ``text``, in order, not overlapping.

    A paragraph up to ``target`` weighted characters is one passage (a Chinese, Japanese or
    Korean character weighs 2.6); a longer one is cut between sentences into pieces of
    similar size, and a sentence longer than twice the target at a comma or a space. A
    heading stays with the paragraph that follows. Every character that is not white space
    lies in exactly one span; spans begin and end with such a character.
    """
    spans: list[tuple[int, int]] = []
    headings: list[tuple[int, int]] = []
    for start, end in _paragraphs(text):
        if _is_heading(text, start, end):
            headings.append((start, end))
            continue
        # A title over a heading is usual; more short lines in a row are a list of answers.
        spans.extend(headings[:-2])
        begin = headings[-2:][0][0] if headings else start
        spans.extend(_pieces(text, begin, end, target))
        headings = []
    spans.extend(headings)
    return [trimmed for span in spans if (trimmed := _trim(text, *span))]


def split_document(document: Document, first: int = 1) -> list[Passage]:
    """The passages of a document, numbered ``<submission>.p<first>`` and on; language unset."""
    return [
        Passage(
            passage_id=f"{document.submission_id}.p{first + number}",
            submission_id=document.submission_id,
            document_id=document.document_id,
            page=bisect_right(document.page_starts, start) if document.page_starts else 0,
            start=start,
            end=end,
            text=document.text[start:end],
            language="",
        )
        for number, (start, end) in enumerate(split(document.text))
    ]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for match in _PARAGRAPH.finditer(text):
        if text[start : match.start()].strip():
            spans.append((start, match.start()))
            start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def _is_heading(text: str, start: int, end: int) -> bool:
    body = text[start:end].strip()
    return (
        len(body) <= _HEADING_LIMIT
        and "\n" not in body
        and weight(body) <= _HEADING_LIMIT
        and body[-1].isalnum()
        and end < len(text)
        and len(body.split()) <= 12
        and not _BULLET.match(body)
    )


def weight(text: str) -> float:
    """Length in characters of an alphabetic script."""
    return len(text) + (_DENSITY - 1) * len(_DENSE.findall(text))


def _pieces(text: str, start: int, end: int, target: int) -> list[tuple[int, int]]:
    total = weight(text[start:end])
    if total <= target:
        return [(start, end)]
    units = _units(text, start, end, 2 * target)
    size = total / max(1, round(total / target))
    pieces = []
    begin, held = start, 0.0
    for number, (unit_start, unit_end) in enumerate(units):
        held += weight(text[unit_start:unit_end])
        following = units[number + 1] if number + 1 < len(units) else None
        # Cut where the piece is nearest to its share, so that no last scrap remains.
        if following and held + weight(text[following[0] : following[1]]) / 2 >= size:
            pieces.append((begin, unit_end))
            begin, held = unit_end, 0.0
    pieces.append((begin, end))
    return pieces


def _units(text: str, start: int, end: int, limit: int) -> list[tuple[int, int]]:
    """Sentences of ``text[start:end]``, those over ``limit`` cut further."""
    units = []
    begin = start
    for stop in sentence_ends(text, start, end):
        while weight(text[begin : min(stop, begin + limit)]) > limit or stop - begin > limit:
            size = min(limit, stop - begin)
            dense = weight(text[begin : begin + size]) / size
            cut = weak_cut(text, begin, begin + max(2, int(limit / 2 / dense)))
            units.append((begin, cut))
            begin = cut
        if stop > begin:
            units.append((begin, stop))
        begin = stop
    return units


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    body = text[start:end]
    stripped = body.strip()
    if not stripped:
        return None
    left = start + len(body) - len(body.lstrip())
    return left, left + len(stripped)
