"""Keeps what respondents wrote apart from what the model is told to do."""

from __future__ import annotations

import re
import unicodedata

# Marks by which common models part turns of a conversation; in a passage they would end its fence.
_TURNS = re.compile(r"<(?=[|｜/a-z_])|\[(?=/?INST\])|<(?=<)|⟦|⟧", re.IGNORECASE)
_NONCE = re.compile(r"[0-9a-f]{16,64}")


def check_nonce(nonce: str) -> str:
    """``nonce`` where it is 16 to 64 hexadecimal digits in small letters; raises ValueError otherwise."""
    if not _NONCE.fullmatch(nonce):
        raise ValueError("The nonce of a fence must be 16 to 64 hexadecimal digits that nobody can guess.")
    return nonce


def fenced(name: str, text: str, nonce: str) -> str:
    """``text`` between two marks that its writer cannot have known."""
    return f"⟦{name} {nonce}⟧\n{defused(text, nonce)}\n⟦end of {name} {nonce}⟧"


def defused(text: str, nonce: str) -> str:
    """``text`` as a model may see it: no control or directional characters, no marks that part turns.

    Quotes are checked against the stored text, so this copy need not be kept.
    """
    shown = "".join(
        character
        for character in text
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return _TURNS.sub(lambda mark: "" if mark[0] in "⟦⟧" else mark[0] + " ", shown.replace(nonce, ""))
