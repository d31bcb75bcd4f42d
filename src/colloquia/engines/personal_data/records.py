"""What is found, and the kinds of it."""

from __future__ import annotations

from dataclasses import dataclass

CATEGORIES = ("email", "phone", "address", "name", "identity", "birth", "passport", "ip", "other")
"""``identity`` is any number by which a person or an account is known; ``other`` is for people alone."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A span of a text, offsets in code points, ``text[start:end]``.

    ``category`` is one of ``CATEGORIES``; ``rule`` says by what it was found: ``name.salutation.fr``.
    """

    start: int
    end: int
    category: str
    rule: str
