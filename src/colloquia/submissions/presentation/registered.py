"""What the room adds to places that may not know it."""

from __future__ import annotations

from colloquia.core.registry import register_personal_data
from colloquia.submissions.presentation import calls_registered, integrity_registered, published_registered
from colloquia.submissions.services import personal


def register() -> None:
    """Register everything, once, when the application starts."""
    calls_registered.register()
    integrity_registered.register()
    published_registered.register()
    register_personal_data(personal.SOURCE)
