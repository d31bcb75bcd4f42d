"""Makes received text safe to show without changing what it says.

Received text may hold anything: controls, half pairs, directional overrides, words without end.
"""

from __future__ import annotations

import re

RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ku-arab", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
REPLACEMENT = "\ufffd"

# Outside XML 1.0's characters, plus C1 controls: none of them can be shown, and Word refuses the file.
_UNSHOWABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OVERRIDES = frozenset("\u202d\u202e")
_EMBEDDINGS = frozenset("\u202a\u202b")
_ISOLATES = frozenset("\u2066\u2067\u2068")
_DIRECTIONAL = _OVERRIDES | _EMBEDDINGS | _ISOLATES | {"\u202c", "\u2069"}
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def clean(text: str) -> str:
    """``text`` with what cannot be shown replaced by U+FFFD and directional marks balanced.

    Overrides, which would show letters in another order than they were written, are
    replaced too; an unmatched closing mark is left out, an unmatched opening one closed,
    so that the text cannot turn what stands around it.
    """
    shown = _UNSHOWABLE.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))
    if _DIRECTIONAL.isdisjoint(shown):
        return shown
    return "\n".join(_balance(line) for line in shown.split("\n"))


def _balance(line: str) -> str:
    kept: list[str] = []
    waiting: list[str] = []
    for character in line:
        if character in _OVERRIDES:
            kept.append(REPLACEMENT)
            continue
        if character in _EMBEDDINGS:
            waiting.append("\u202c")
        elif character in _ISOLATES:
            waiting.append("\u2069")
        elif character == "\u202c":
            if not waiting or waiting[-1] != character:
                continue
            waiting.pop()
        elif character == "\u2069":
            if character not in waiting:
                continue
            while waiting[-1] != character:
                kept.append(waiting.pop())
            waiting.pop()
        kept.append(character)
    kept.extend(reversed(waiting))
    return "".join(kept)


def one_line(text: str) -> str:
    """``text`` cleaned, on one line, without space at its ends."""
    return clean(" ".join(text.split()))


def excerpt(text: str, length: int) -> tuple[str, int]:
    """The beginning of ``text`` and how many characters were left out of it.

    Cuts at a space where one is near, and never between a letter and its combining marks.
    """
    if len(text) <= length:
        return text, 0
    cut = text.rfind(" ", length * 4 // 5, length + 1)
    if cut <= 0:
        cut = length
        while 0 < cut < len(text) and _joins(text[cut], text[cut - 1]):
            cut -= 1
        cut = cut or length
    return text[:cut], len(text) - cut


def _joins(following: str, before: str) -> bool:
    import unicodedata

    return bool(unicodedata.combining(following)) or "\u200d" in (following, before)


def direction(language: str) -> str:
    """``rtl`` or ``ltr`` for a language tag; ``auto`` (first strong letter decides) without one."""
    tag = language.lower()
    if not _TAG.fullmatch(tag) or tag == "und":
        return "auto"
    return "rtl" if tag in RIGHT_TO_LEFT or tag.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def language_tag(language: str) -> str:
    """``language`` where it is a well-formed tag, otherwise the empty string."""
    return language if _TAG.fullmatch(language) and language.lower() != "und" else ""


def starts_right_to_left(text: str) -> bool:
    """Whether the first strong letter of ``text`` is written from right to left."""
    import unicodedata

    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def anchor(kind: str, name: str) -> str:
    """A unique name for a place in the report, safe in an address and in Word's bookmarks' sources."""
    return kind + "-" + re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}_", name)
