"""Who may see which run, and who may work on it."""

from __future__ import annotations

from typing import Any

import rules

from colloquia.accounts.rules import is_officer, works_on_analyses
from colloquia.consultations.models import OriginalFile, Run
from colloquia.core.models import Attachment
from colloquia.core.rules import register_reader


@rules.predicate
def is_shown(_user: Any, run: Run) -> bool:
    """The run that the operator shows to the public."""
    consultation = run.consultation
    return bool(consultation.is_public and consultation.shown_run_id == run.pk)


can_see_run = works_on_analyses | is_shown

rules.add_perm("consultations.work", works_on_analyses)
rules.add_perm("consultations.sign", is_officer)
rules.add_perm("consultations.see_run", can_see_run)


def reads_original(_user: Any, attachment: Attachment) -> bool:
    """Anybody may read a received file of a consultation of which a run is shown to the public."""
    return OriginalFile.objects.filter(
        attachment=attachment, consultation__is_public=True, consultation__shown_run__isnull=False
    ).exists()


def register() -> None:
    """Let the core know who may read the files of this room."""
    register_reader("consultations.originals", reads_original)
