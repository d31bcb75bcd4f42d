"""Reused reads of the room."""

from colloquia.consultations.queries.doors import (
    FilesMissing,
    NotShown,
    consultation_for,
    hidden_from,
    run_for,
    visible_consultations,
)
from colloquia.consultations.queries.state import (
    acts_of,
    as_act,
    bulk_of,
    settlement_of,
    standing_of,
    state_of,
)

__all__ = [
    "FilesMissing",
    "NotShown",
    "acts_of",
    "as_act",
    "bulk_of",
    "consultation_for",
    "hidden_from",
    "run_for",
    "settlement_of",
    "standing_of",
    "state_of",
    "visible_consultations",
]
