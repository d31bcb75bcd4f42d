"""Who may, as predicates that the rooms compose."""

from __future__ import annotations

from typing import Any

import rules


@rules.predicate
def is_officer(user: Any) -> bool:
    """An officer of the secretariat, signed in and active."""
    return bool(user.is_authenticated and user.is_active and user.is_officer)


@rules.predicate
def is_signed_in(user: Any) -> bool:
    """Anybody who is signed in."""
    return bool(user.is_authenticated and user.is_active)
