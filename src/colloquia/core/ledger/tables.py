"""Counts of the ledger as a table."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from colloquia.core.ledger.counting import Counted
from colloquia.core.tables import Column, Table


def entries_table(counts: Sequence[Counted]) -> Table:
    """Entries by day and kind."""
    columns = (
        Column("day", _("Day (UTC)"), "identifier"),
        Column("kind", _("Kind"), "identifier"),
        Column("entries", _("Entries"), "number"),
    )
    rows = [{"day": each.day, "kind": each.kind, "entries": each.entries} for each in counts]
    return Table("entries", _("Entries by day and kind"), columns, rows)
