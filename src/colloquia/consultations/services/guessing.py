"""Which stakeholder values of a run just stored are states, as far as no officer could decide on them yet."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.queries.state import bulk_of
from colloquia.consultations.services.recounting import counts_changed
from colloquia.consultations.stakeholders import guess_states
from colloquia.core import audit
from colloquia.core.models import AuditEntry

SETTLED = "consultations.change_settings"


def guess_states_of(run: Run, *, by: Any = None) -> None:
    """Count as states the values that say so. What was settled stays: of a consultation whose states were
    given, or decided by an officer, only values are looked at that no earlier run had.

    Where values are added, earlier runs that are not signed are counted again.
    """
    values = set(bulk_of(run).stakeholders())
    earlier = [
        each
        for each in Run.objects.filter(consultation=run.consultation_id, is_complete=True)
        .exclude(pk=run.pk)
        .select_related("consultation")
        if each.has_files
    ]
    with transaction.atomic():
        row = Consultation.objects.select_for_update().get(pk=run.consultation_id)
        if row.state_stakeholders or _settled(row):
            seen = {value for each in earlier for value in bulk_of(each).stakeholders()}
            values = values - seen if earlier else set()
        added = set(guess_states(values)) - set(row.state_stakeholders)
        if added:
            before = audit.snapshot(row)
            row.state_stakeholders = sorted({*row.state_stakeholders, *added})
            row.save(update_fields=["state_stakeholders"])
            audit.record(row, "consultations.guess_states", by=by, before=before)
            if earlier:
                counts_changed(row, by=by)
    run.consultation.state_stakeholders = row.state_stakeholders


def _settled(consultation: Consultation) -> bool:
    """Whether an officer ever decided which values are states."""
    entries = AuditEntry.objects.filter(
        object_type=consultation._meta.label_lower, object_id=str(consultation.pk), verb=SETTLED
    )
    return any("state_stakeholders" in changes for changes in entries.values_list("changes", flat=True))
