"""Who may see which run, and who may work on it."""

from __future__ import annotations

from typing import Any

import rules

from colloquia.accounts.rules import is_officer
from colloquia.consultations.models import Run


@rules.predicate
def is_shown(_user: Any, run: Run) -> bool:
    """The run that the operator shows to the public."""
    consultation = run.consultation
    return bool(consultation.is_public and consultation.shown_run_id == run.pk)


can_see_run = is_officer | is_shown

rules.add_perm("consultations.work", is_officer)
rules.add_perm("consultations.see_run", can_see_run)
