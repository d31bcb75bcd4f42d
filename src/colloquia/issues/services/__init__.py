"""Every write of the room."""

from __future__ import annotations

from colloquia.issues.services.arranging import Arranged, QuestionChange, arranged
from colloquia.issues.services.imports import (
    ImportRefused,
    choose,
    confirm,
    discard,
    import_paper,
    look_at,
    preview,
)
from colloquia.issues.services.revising import revise_paper
from colloquia.issues.services.starter import StarterError, load_starter

__all__ = [
    "Arranged",
    "ImportRefused",
    "QuestionChange",
    "StarterError",
    "arranged",
    "choose",
    "confirm",
    "discard",
    "import_paper",
    "load_starter",
    "look_at",
    "preview",
    "revise_paper",
]
