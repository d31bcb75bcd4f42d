"""The checks of what was received, for ``colloquia verify``."""

from __future__ import annotations

from colloquia.core.registry import register_record_check
from colloquia.submissions.queries import integrity


def register() -> None:
    """Register every check of the room."""
    for check in integrity.CHECKS:
        register_record_check(check)
