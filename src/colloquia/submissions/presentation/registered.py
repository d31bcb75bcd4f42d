"""What the room adds to places that may not know it."""

from __future__ import annotations

from colloquia.submissions.presentation import calls_registered, integrity_registered, published_registered


def register() -> None:
    """Register everything, once, when the application starts."""
    calls_registered.register()
    integrity_registered.register()
    published_registered.register()
