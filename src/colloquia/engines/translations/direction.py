"""Which languages are written from right to left."""

from __future__ import annotations

_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def is_right_to_left(language: str) -> bool:
    """Whether text in ``language`` runs from right to left; a script in the code decides."""
    parts = language.replace("_", "-").lower().split("-")
    script = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    return script in _SCRIPTS if script else parts[0] in _LANGUAGES
