"""The lines of a PDF page with their places, in reading order."""

from __future__ import annotations

import re
from ctypes import c_double
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from colloquia.engines.documents.cleaning import clean

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
BROKEN_WORD = "\ufffe"
_BREAK = re.compile("\r\n|\n|\r|\ufffe")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. Places are points from the page's lower left corner.

    ``height`` is that of the letters; 0 where places are unknown. ``broken`` says that the
    last word goes on in the next line. ``page_height`` is the page's.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    baseline: float = 0.0
    height: float = 0.0
    page_height: float = 0.0
    leftward: bool = False
    broken: bool = False

    @classmethod
    def bare(cls, text: str) -> Line:
        """Return a line of which only the text is known."""
        return cls(text.rstrip())


def page_lines(textpage: PdfTextPage, page_height: float) -> list[Line]:
    """Return the lines of a page; those of right-to-left scripts are rebuilt from places."""
    text = textpage.get_text_range(errors="replace") if textpage.count_chars() else ""
    if RIGHT_TO_LEFT.search(text):
        from colloquia.engines.documents.leftward import leftward_lines

        return leftward_lines(textpage, page_height)
    placed = len(text) == textpage.count_chars()
    lines = []
    begin = 0
    for found in [*_BREAK.finditer(text), None]:
        end = found.start() if found else len(text)
        broken = found is not None and found[0] == BROKEN_WORD
        content = text[begin:end]
        if content.strip():
            place = (
                _place(textpage, text, begin, end, page_height) if placed else {"page_height": page_height}
            )
            written = clean(content).strip() + ("-" if broken else "")
            lines.append(Line(written, broken=broken, **place))
        begin = found.end() if found else end
    return _upright(lines)


def _place(textpage: PdfTextPage, text: str, begin: int, end: int, page_height: float) -> dict[str, Any]:
    from pypdfium2 import raw

    while begin < end and text[begin].isspace():
        begin += 1
    while end - 1 > begin and text[end - 1].isspace():
        end -= 1
    left, bottom, edge, top = textpage.get_charbox(begin, loose=True)
    last_left, last_bottom, right, _ = textpage.get_charbox(end - 1, loose=True)
    height = letter_height(raw.FPDFText_GetFontSize(textpage, begin), top - bottom)
    if end - begin > 2 and abs(last_left - left) < 0.5 * height and last_bottom < bottom - height:
        # Vertical writing: columns are lines that follow one another leftward. They stand in no margin.
        return {"left": -top, "right": -last_bottom, "baseline": left, "height": max(1.0, edge - left),
                "page_height": 2 * left}  # fmt: skip
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(textpage, begin, x, y)
    return {
        "left": left,
        "right": max(left, right),
        "baseline": y.value,
        "height": height,
        "page_height": page_height,
    }


def letter_height(font_size: float, box: float) -> float:
    """Return the font's size where it is plausible beside the letter's box, otherwise the box's height.

    Boxes of Arabic letters may be cut to the ink, and sizes may be given in other units.
    """
    return font_size if 0.5 * box < font_size < 2.5 * box else max(1.0, box)


def is_unspaced(character: str) -> bool:
    """Tell whether the character's script puts no spaces between words: Han, kana, Thai, Lao and others."""
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\uff00" <= character <= "\uffef"
        or "\u0e01" <= character <= "\u0eff"
        or "\u1000" <= character <= "\u109f"
        or "\u1780" <= character <= "\u17ff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def _upright(lines: list[Line]) -> list[Line]:
    """Put together columns of vertical writing, which arrive one character a line."""
    result: list[Line] = []
    column: list[Line] = []

    def close() -> None:
        if len(column) >= 4:
            first = column[0]
            joined = "".join(line.text for line in column)
            if result and result[-1].height < 0 and len(result[-1].text) >= len(joined):
                # The column before was full: the paragraph goes on.
                before = result.pop()
                result.append(Line(before.text + joined, height=-1.0, page_height=first.page_height))
            else:
                result.append(Line(joined, height=-1.0, page_height=first.page_height))
        else:
            result.extend(column)
        column.clear()

    for line in lines:
        single = len(line.text) == 1 and is_unspaced(line.text) and line.height > 0
        follows = (
            bool(column)
            and abs(line.left - column[-1].left) < 0.5 * line.height
            and line.baseline < column[-1].baseline
        )
        if column and not (single and follows):
            close()
        if single:
            column.append(line)
        else:
            result.append(line)
    close()
    return [line if line.height >= 0 else Line(line.text, page_height=line.page_height) for line in result]
