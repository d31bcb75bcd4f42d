"""Lines of right-to-left scripts, rebuilt from where each letter stands on the page.

PDF producers write Arabic and Hebrew letters in either order, word by word, and a
reader that trusts their order reverses words. Places do not lie: letters are sorted
by them, and the order of reading follows from the Unicode bidirectional algorithm
(UAX 9) applied backwards.
"""

from __future__ import annotations

import re
import unicodedata
from ctypes import c_double
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from colloquia.engines.documents.cleaning import clean
from colloquia.engines.documents.layout import RIGHT_TO_LEFT, Line, letter_height
from colloquia.engines.documents.reading_order import Glyph, in_reading_order

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_PRESENTATION = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")
_SAME_LINE = 0.4
_COLUMN_GAP = 2.5
_WORDS_PER_LETTER = 0.08
_LEAST_WORD_GAP, _MOST_WORD_GAP = 0.1, 0.35


@dataclass(slots=True)
class _Row:
    baseline: float
    height: float
    glyphs: list[Glyph]


def leftward_lines(textpage: PdfTextPage, page_height: float) -> list[Line]:
    """Return the lines of a page with right-to-left text, each in reading order."""
    glyphs, marks = _glyphs(textpage)
    for mark in marks:
        _attach(mark, glyphs)
    rows = _rows(glyphs)
    letters = [glyph for glyph in glyphs if glyph.text.isalpha()]
    mostly = 2 * sum(bool(RIGHT_TO_LEFT.match(glyph.text)) for glyph in letters) >= len(letters)
    word_gap = _word_gap(rows)
    lines = []
    for row in rows:
        text, leftward = in_reading_order(_spaced(row, word_gap), mostly)
        text = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), clean(text)).strip()
        if text:
            inked = [glyph for glyph in row.glyphs if not glyph.text.isspace()]
            left, right = min(glyph.left for glyph in inked), max(glyph.right for glyph in inked)
            height = median(glyph.height for glyph in inked)
            lines.append(Line(text, left, right, row.baseline, height, page_height, leftward))
    return lines


def _glyphs(textpage: PdfTextPage) -> tuple[list[Glyph], list[Glyph]]:
    """Return the letters and the combining marks of a page; one glyph may stand for several letters."""
    from pypdfium2 import raw

    glyphs: list[Glyph] = []
    marks: list[Glyph] = []
    x, y = c_double(), c_double()
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (0, 10, 13) or 0xD800 <= code < 0xE000:
            continue
        left, bottom, right, top = textpage.get_charbox(index, loose=True)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        # A space without width is the library's guess, made from an order that cannot be trusted.
        guessed = right <= left and chr(code).isspace()
        character = "-" if code in (2, 0xFFFE) else chr(code)
        height = letter_height(raw.FPDFText_GetFontSize(textpage, index), top - bottom)
        glyph = Glyph(character, left, right, x.value, y.value, height, index, guessed=guessed)
        if unicodedata.category(character) == "Mn":
            marks.append(glyph)
        elif glyphs and not character.isspace() and _same_glyph(glyphs[-1], glyph):
            glyphs[-1].text += character
        else:
            glyphs.append(glyph)
    return glyphs, marks


def _same_glyph(before: Glyph, after: Glyph) -> bool:
    return (
        before.index + len(before.text) == after.index
        and before.left == after.left
        and before.right == after.right
        and before.y == after.y
        and before.right - before.left > 0.1
    )


def _attach(mark: Glyph, glyphs: list[Glyph]) -> None:
    """Put a vowel sign behind the letter that it stands over or under."""
    middle = (mark.left + mark.right) / 2
    for glyph in glyphs:
        # A letter drawn together with its signs shares their origin.
        if (
            glyph.x == mark.x
            and glyph.y == mark.y
            and abs(glyph.index - mark.index) < 6
            and not glyph.text.isspace()
        ):
            glyph.marks += mark.text
            return
    near = [glyph for glyph in glyphs if abs(glyph.y - mark.y) < glyph.height and not glyph.text.isspace()]
    best = min(
        near,
        key=lambda glyph: (
            max(glyph.left - middle, middle - glyph.right, 0.0)
            + 0.01 * abs(glyph.index - mark.index)
            + 0.1 * abs(glyph.y - mark.y)
        ),
        default=None,
    )
    if best is not None:
        best.marks += mark.text


def _rows(glyphs: list[Glyph]) -> list[_Row]:
    """Gather glyphs into rows by their baseline, split at wide gaps, in the producer's order."""
    rows: list[_Row] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y):
        if rows and rows[-1].baseline - glyph.y < _SAME_LINE * max(rows[-1].height, glyph.height):
            rows[-1].glyphs.append(glyph)
            rows[-1].height = max(rows[-1].height, glyph.height)
        else:
            rows.append(_Row(glyph.y, glyph.height, [glyph]))
    pieces: list[_Row] = []
    for row in rows:
        row.glyphs.sort(key=lambda glyph: glyph.left)
        piece: list[Glyph] = []
        edge = 0.0
        for glyph in row.glyphs:
            if piece and not glyph.text.isspace() and glyph.left - edge > _COLUMN_GAP * row.height:
                pieces.append(_Row(row.baseline, row.height, piece))
                piece = []
            piece.append(glyph)
            if not glyph.text.isspace():
                edge = max(edge, glyph.right) if len(piece) > 1 else glyph.right
        pieces.append(_Row(row.baseline, row.height, piece))
    solid = [piece for piece in pieces if any(not glyph.text.isspace() for glyph in piece.glyphs)]
    return sorted(solid, key=lambda piece: min(glyph.index for glyph in piece.glyphs))


def _in_place(row: _Row) -> list[Glyph]:
    return sorted(
        (glyph for glyph in row.glyphs if not glyph.guessed),
        key=lambda glyph: (glyph.x, glyph.right, glyph.index),
    )


def _word_gap(rows: list[_Row]) -> float:
    """Return the gap that parts words on this page, as a share of the letters' height.

    Gaps between letters and gaps between words are two crowds; the widest empty stretch
    between them is taken that leaves as many gaps above as a text has words.
    """
    gaps: list[float] = []
    letters = 0
    for row in rows:
        placed = _in_place(row) if any(RIGHT_TO_LEFT.match(glyph.text) for glyph in row.glyphs) else []
        for before, after in pairwise(placed):
            if not before.text.isspace() and not after.text.isspace():
                letters += 1
                gaps.append(min(_MOST_WORD_GAP, (after.left - before.right) / row.height))
    bounds = sorted(gap for gap in gaps if gap > _LEAST_WORD_GAP)
    bounds = [_LEAST_WORD_GAP, *bounds, _MOST_WORD_GAP]
    best, widest = _LEAST_WORD_GAP, 0.0
    for index, (low, high) in enumerate(pairwise(bounds)):
        if high - low > widest and len(bounds) - index - 2 >= _WORDS_PER_LETTER * letters:
            best, widest = (low + high) / 2, high - low
    return best


def _spaced(row: _Row, word_gap: float) -> list[Glyph]:
    """Return the glyphs from left to right with one space where words part."""
    if not any(RIGHT_TO_LEFT.match(glyph.text) for glyph in row.glyphs):
        return sorted(row.glyphs, key=lambda glyph: glyph.index)
    placed: list[Glyph] = []
    pending = False
    for glyph in _in_place(row):
        if glyph.text.isspace():
            pending = True
            continue
        gap = glyph.left - placed[-1].right if placed else 0.0
        if placed and (pending or gap > word_gap * row.height):
            placed.append(Glyph(" ", glyph.left, glyph.left, glyph.left, glyph.y, row.height, glyph.index))
        pending = False
        placed.append(glyph)
    return placed
