"""Numbers of paragraphs: typed or counted, taken apart and joined to a reference such as ``12(a)(iii)``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from colloquia.engines.papers.word import Paragraph

_DIGITS = r"\d{1,4}(?:\.\d{1,3}){0,4}"
_TYPED = re.compile(
    rf"(?P<label>\((?:{_DIGITS}|[A-Za-z]{{1,2}}|[ivxlcdmIVXLCDM]{{1,6}}|[ء-ي])\)"
    rf"|(?:{_DIGITS})(?:[.):．、]|\.?\s(?=\s))"
    r"|(?:[A-Za-z]|[ivxlcdm]{1,6}|[IVXLCDM]{1,6}|[ء-ي])[.)])\s*(?=\S)"
)
_ROMAN = re.compile(r"[ivxlcdm]+", re.I)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph's own number: ``value`` without punctuation, ``kind`` of its list, ``text`` after it."""

    value: str
    kind: str
    text: str


def numbered(paragraph: Paragraph, before: str = "") -> Numbered | None:
    """The number of a paragraph, counted by Word or typed; None where it has none.

    ``before`` is the value of the previous number, which tells (i) after (h) from (i) the first.
    """
    if paragraph.label:
        value = _bare(paragraph.label.text)
        return Numbered(value, paragraph.label.kind, paragraph.text) if value else None
    match = _TYPED.match(paragraph.text)
    if not match or match.end() >= len(paragraph.text):
        return None
    label = match["label"].strip()
    value = _bare(label)
    if re.fullmatch(_DIGITS, value) and not label.startswith("(") and len(value) == 4 and "." not in value:
        return None  # a year, not a paragraph
    shape = "()" if label.startswith("(") else label[-1]
    return Numbered(value, f"{_form(value, before)} {shape}", paragraph.text[match.end() :].strip())


def ascii_digits(text: str) -> str:
    """The text with decimal digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


@dataclass(slots=True)
class Reference:
    """Builds references from the numbers of paragraphs as they come."""

    stack: list[tuple[str, str]] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How deep the last number stood; 1 is a paragraph of its own."""
        return len(self.stack)

    def reach(self, number: Numbered) -> str:
        """Take the next number; gives its reference, such as ``12(a)``."""
        kinds = [kind for kind, _value in self.stack]
        if number.kind in kinds:
            self.stack = self.stack[: kinds.index(number.kind)]
        elif number.kind.startswith("decimal") and "(" not in number.kind:
            self.stack = []
        self.stack.append((number.kind, number.value))
        if "." in number.value:
            return number.value  # 3.2 names its parents itself
        values = [value for _kind, value in self.stack]
        return values[0] + "".join(f"({value})" for value in values[1:]) if values else ""

    def clear(self) -> None:
        """Begin afresh, under another issue."""
        self.stack = []


def _bare(label: str) -> str:
    return ascii_digits(label).strip("()[].:．、-–—\u200e\u200f ").strip()


def _form(value: str, before: str) -> str:
    if value[:1].isdigit():
        return "decimal"
    if len(value) == 1:
        # A single c, d, l or m is a letter, and so is an i that follows an h.
        return "roman" if value.lower() in "ivx" and not _follows(before, value) else "letter"
    return "roman" if _ROMAN.fullmatch(value) else "letter"


def _follows(before: str, value: str) -> bool:
    return len(before) == 1 and before.isalpha() and ord(value) == ord(before) + 1
