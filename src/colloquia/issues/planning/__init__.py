"""What an import would make, from what was read and what is known. Reads only; nothing is written here."""

from __future__ import annotations

from colloquia.issues.planning.plan import make_plan, plan_of
from colloquia.issues.planning.records import Given, Plan, as_given
from colloquia.issues.planning.shelf import Shelf, shelf, state_of

__all__ = ["Given", "Plan", "Shelf", "as_given", "make_plan", "plan_of", "shelf", "state_of"]
