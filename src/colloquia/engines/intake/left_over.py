"""Columns of a table that no rule understands, so that what stands in them can be kept and told."""

from __future__ import annotations

from colloquia.engines.intake.columns import DOMAINS, PERSONAL, TOOL
from colloquia.engines.intake.understanding import Column

_KNOWN = frozenset((PERSONAL, DOMAINS, TOOL, "empty"))


def is_left_over(column: Column) -> bool:
    """Whether a column was left out only because nothing tells what it is."""
    ignored = column.role == "ignored" and column.sure != "mapped"
    return ignored and column.filled > 0 and column.reason not in _KNOWN
