"""What was received, made safe to print: names and headings may hold anything."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """``text`` on one line, with controls, directional overrides and half characters as U+FFFD.

    A name of a file must not colour, move or forge what the terminal shows.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if _is_shown(character) else "\ufffd" for character in text.replace("\t", " "))


def _is_shown(character: str) -> bool:
    if "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
        return False
    return unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
