"""The room's background work."""

from __future__ import annotations

from datetime import timedelta

from colloquia.accounts.services.sessions import forget_ended
from colloquia.core.jobs import periodic


@periodic("accounts.forget_sessions", every=timedelta(days=1))
def forget_sessions() -> None:
    """Remove sessions that are over, and what was noted of them."""
    forget_ended()
