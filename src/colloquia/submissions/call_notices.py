"""Notices that a new call begins with, in our own words; an officer may write others.

They are kept with the call as its own texts, so they stand in ``data/call_notices.yaml`` by language, and not
among the translations of the interface.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "call_notices.yaml"


@cache
def _texts() -> dict[str, dict[str, str]]:
    from yaml import safe_load

    read: dict[str, dict[str, Any]] = safe_load(_FILE.read_text(encoding="utf-8"))
    return {name: {code: str(text).strip() for code, text in each.items()} for name, each in read.items()}


def retention(language: str, months: int) -> str:
    """The notice on retention that names the time; blank in a language that has none."""
    return _texts()["retention"].get(language, "").format(months=months)


def notices(languages: Iterable[str], months: int) -> dict[str, dict[str, str]]:
    """The three notices of a new call by field, each by language; without those not written yet."""
    found: dict[str, dict[str, str]] = {}
    for name in ("privacy", "publication", "retention"):
        texts = {code: _texts()[name].get(code, "").format(months=months) for code in languages}
        found[f"{name}_notices"] = {code: text for code, text in texts.items() if text}
    return found
