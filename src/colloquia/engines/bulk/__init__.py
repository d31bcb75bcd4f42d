"""The bulk of a run: submissions, passages and where they belong, counted and read through DuckDB."""

from colloquia.engines.bulk.index import build_index
from colloquia.engines.bulk.reading import Bulk
from colloquia.engines.bulk.records import (
    DocumentRow,
    Filters,
    MemberRow,
    Overlay,
    PassageRow,
    Placement,
    Size,
    SubmissionRow,
    ValueRow,
)

__all__ = [
    "Bulk",
    "DocumentRow",
    "Filters",
    "MemberRow",
    "Overlay",
    "PassageRow",
    "Placement",
    "Size",
    "SubmissionRow",
    "ValueRow",
    "build_index",
]
