"""How many entries of which kind came on which day, and the last head of each day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.cache import cache
from django.db.models import Count, Max
from django.db.models.functions import Substr
from django.utils import timezone

from colloquia.core.models import LedgerEntry, LedgerHead
from colloquia.engines.ledger import TreeHead

DAYS_SHOWN = 30
"""Lines of the table on the page; its file holds them all."""
_KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Counted:
    """Entries of one kind on one day (UTC, ``2026-11-26``)."""

    day: str
    kind: str
    entries: int


def by_day_and_kind(head: TreeHead | None) -> list[Counted]:
    """Every day with its kinds, the latest day first. Counted once under each head."""
    name = f"ledger-counts-{head.root if head else ''}"
    rows = cache.get(name)
    if rows is None:
        rows = list(
            LedgerEntry.objects.order_by()
            .annotate(day=Substr("at", 1, 10))
            .values_list("day", "kind")
            .annotate(entries=Count("pk"))
            .order_by("-day", "kind")
        )
        cache.set(name, rows, _KEPT_SECONDS)
    return [Counted(*row) for row in rows]


def by_kind(counts: list[Counted]) -> list[tuple[str, int]]:
    """Kinds with their number of entries, by name."""
    totals: Counter[str] = Counter()
    for each in counts:
        totals[each.kind] += each.entries
    return sorted(totals.items())


def last_of_each_day(days: int = 30, now: datetime | None = None) -> list[TreeHead]:
    """The last head of each of the latest days that are over (UTC), latest first."""
    today = (now or timezone.now()).astimezone(UTC).strftime("%Y-%m-%d")
    sizes = (
        LedgerHead.objects.order_by()
        .filter(at__lt=today)
        .annotate(day=Substr("at", 1, 10))
        .values("day")
        .annotate(last=Max("size"))
        .order_by("-day")
        .values_list("last", flat=True)[:days]
    )
    rows = LedgerHead.objects.filter(pk__in=list(sizes)).order_by("-size")
    return [row.as_head() for row in rows]


def moment_of(at: str) -> datetime:
    """A time of the ledger as a moment."""
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
