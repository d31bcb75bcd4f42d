"""What a sample of the pattern library is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from colloquia.core.tables import Words


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shared piece of a page.

    ``use`` is the template line that makes it, and makes it here too. ``samples`` gives, for a language,
    one context for each state of the piece.
    """

    name: str
    title: Words
    note: Words
    use: str
    samples: Callable[[str], list[dict[str, Any]]]


def nothing_needed(_language: str) -> list[dict[str, Any]]:
    """The context of a piece that takes no values."""
    return [{}]


def said(language: str, english: str, arabic: str) -> str:
    """The sample in the language of its side."""
    return arabic if language == "ar" else english
