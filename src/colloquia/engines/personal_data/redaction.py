"""A text with placeholders where personal data stood, and where each of them stands."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Span = tuple[int, int, str]
"""(start, end, category)"""


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text without what was redacted.

    ``places`` are (start, end, source start, source end, category) of each placeholder, in order: between
    two of them the texts agree character by character. ``pages`` are the offsets of the pages.
    """

    text: str
    places: tuple[tuple[int, int, int, int, str], ...]
    pages: tuple[int, ...] = ()


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order and without overlaps; what overlaps becomes one, of the kind of the longest."""
    result: list[tuple[int, int, str, int]] = []
    for start, end, category in sorted(spans):
        if end <= start:
            continue
        if result and start < result[-1][1]:
            first, last, kind, length = result[-1]
            longer = end - start > length
            result[-1] = (
                first,
                max(last, end),
                category if longer else kind,
                max(length, end - start),
            )
        else:
            result.append((start, end, category, end - start))
    return [(start, end, category) for start, end, category, _ in result]


def redact(text: str, spans: Iterable[Span], language: str, pages: Sequence[int] = ()) -> Redacted:
    """Put a placeholder for each span. Linear in the text.

    Raises:
        ValueError: a span reaches beyond the text.
    """
    pieces: list[str] = []
    places = []
    at = length = 0
    for start, end, category in joined(spans):
        if start < 0 or end > len(text):
            raise ValueError(f"The span {start}–{end} reaches beyond a text of {len(text)} characters.")
        pieces.append(text[at:start])
        length += start - at
        put = placeholder(category, language)
        pieces.append(put)
        places.append((length, length + len(put), start, end, category))
        length += len(put)
        at = end
    pieces.append(text[at:])
    return Redacted("".join(pieces), tuple(places), tuple(_moved_pages(pages, places)))


def _moved_pages(pages: Sequence[int], places: Sequence[tuple[int, int, int, int, str]]) -> list[int]:
    """Where the pages begin now; one that begins within something redacted begins with its placeholder."""
    result = []
    index = shift = 0
    for page in sorted(pages):
        while index < len(places) and places[index][3] <= page:
            shift = places[index][1] - places[index][3]
            index += 1
        inside = index < len(places) and places[index][2] < page
        result.append(places[index][0] if inside else page + shift)
    return result


def placeholder(category: str, language: str) -> str:
    """What stands for something redacted, in the language of the text or else in English."""
    words = _words()
    table = words.get(language.partition("-")[0].lower()) or words["en"]
    return f"[{table['removed']}{table['colon']}{table.get(category) or table['other']}]"


def placeholder_languages() -> list[str]:
    """The languages in which placeholders are put."""
    return list(_words())


@cache
def _words() -> dict[str, dict[str, str]]:
    path = files("colloquia.engines.personal_data") / "data" / "placeholders.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return {
        code: {
            row["key"]: row[code].replace("_", " ") if row["key"] == "colon" else row[code] for row in rows
        }
        for code in rows[0]
        if code != "key"
    }
