"""Code points that no text needs are taken out; all others stay as they are in the file."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"[ \t\u00a0\u3000]*\n(?:[ \t\u00a0\u3000]*\n)+")


def clean(text: str) -> str:
    """Return ``text`` with ``\\n`` line ends and without control characters.

    Lone surrogates become U+FFFD and a leading byte order mark goes. Nothing is
    composed, folded or trimmed: quotes must be found again in the original.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROLS.sub("", text)
    text = _SURROGATES.sub("\ufffd", text)
    return text.removeprefix("\ufeff")


def join_paragraphs(paragraphs: list[str]) -> str:
    """Return the paragraphs, each trimmed, one blank line between them; blank ones are left out."""
    kept = [_BLANK_LINES.sub("\n", paragraph.strip()) for paragraph in paragraphs]
    return "\n\n".join(paragraph for paragraph in kept if paragraph)
