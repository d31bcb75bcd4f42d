"""What the room adds to places that may not know it."""

from __future__ import annotations


def register() -> None:
    """Register everything, once, when the application starts."""
