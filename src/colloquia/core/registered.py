"""What the core itself adds to the registry: the checks of the record, and the public pages of the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from colloquia.core import file_checking
from colloquia.core.ledger import checking
from colloquia.core.registry import (
    Feed,
    LeakSurface,
    register_feed,
    register_leak_surface,
    register_record_check,
)

_PAGES = ("ledger", "ledger_heads", "ledger_feed", "ledger_entries", "ledger_key")


def register() -> None:
    """Register everything, once, when the application starts."""
    for check in (*checking.CHECKS, file_checking.CHECK):
        register_record_check(check)
    register_feed(Feed("core.ledger", "Heads of the ledger", "ledger_feed", order=90))
    register_leak_surface(LeakSurface("core.ledger", addresses))


def addresses() -> Iterator[str]:
    """Every public address of the ledger."""
    yield from (reverse(name) for name in _PAGES)
    yield f"{reverse('ledger_inclusion')}?index=0"
    yield f"{reverse('ledger_consistency')}?old=1"
    yield f"{reverse('ledger')}?table=entries&format=csv"
