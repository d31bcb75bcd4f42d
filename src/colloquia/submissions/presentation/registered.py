"""What the room adds to places that may not know it."""

from __future__ import annotations

from colloquia.submissions.presentation import published_registered


def register() -> None:
    """Register everything, once, when the application starts."""
    published_registered.register()
