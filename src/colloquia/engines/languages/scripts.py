"""Which script a text is written in, as far as language identification needs it."""

from __future__ import annotations

import re

_SCRIPTS = {
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "cyrillic": re.compile(r"[\u0400-\u052f]"),
    "arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"),
    "kana": re.compile(r"[\u3040-\u30ff\uff66-\uff9f]"),
    "han": re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"),
    "hangul": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"),
    "thai": re.compile(r"[\u0e00-\u0e7f]"),
}
_WRITTEN_IN = {
    "ar": {"arabic"},
    "ja": {"kana", "han"},
    "zh": {"han"},
    "ko": {"hangul"},
    "th": {"thai"},
    "ru": {"cyrillic"},
    **{code: {"latin"} for code in ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "tr")},
}
_CERTAIN = {"kana": "ja", "hangul": "ko", "thai": "th"}


def script_of(text: str, letters: int) -> str:
    """The script with the most of the ``letters`` of ``text``: ``latin``, ``cyrillic``, ``arabic``, ``kana``,
    ``han``, ``hangul``, ``thai`` or ``other``; "" without letters.

    Text with more than a few kana is ``kana`` even where Chinese characters prevail. ``other`` is
    text of which most letters are in none of these scripts.
    """
    if not letters:
        return ""
    if text.isascii():
        return "latin"
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
    if counts["kana"] * 12 >= letters:
        return "kana"
    name = max(counts, key=lambda key: counts[key])
    return name if sum(counts.values()) * 2 >= letters else "other"


def certain_language(script: str) -> str:
    """The language that alone among those widely used is written in ``script``, or ""."""
    return _CERTAIN.get(script, "")


def may_be(language: str, script: str) -> bool:
    """Whether ``language`` is normally written in ``script``; others may be in any but these few."""
    if not script:
        return True
    if language in _WRITTEN_IN:
        return script in _WRITTEN_IN[language]
    return script not in {"kana", "hangul", "thai", "han"}
