"""Every write of the room."""

from __future__ import annotations

from colloquia.issues.services.imports import (
    ImportRefused,
    choose,
    confirm,
    discard,
    import_paper,
    look_at,
    preview,
)
from colloquia.issues.services.starter import StarterError, load_starter

__all__ = [
    "ImportRefused",
    "StarterError",
    "choose",
    "confirm",
    "discard",
    "import_paper",
    "load_starter",
    "look_at",
    "preview",
]
