"""Reused reads of the room."""

from colloquia.consultations.queries.doors import NotShown, consultation_for, run_for, visible_consultations
from colloquia.consultations.queries.state import acts_of, as_act, bulk_of, organisation_map, state_of

__all__ = [
    "NotShown",
    "acts_of",
    "as_act",
    "bulk_of",
    "consultation_for",
    "organisation_map",
    "run_for",
    "state_of",
    "visible_consultations",
]
