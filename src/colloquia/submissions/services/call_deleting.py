"""Deleting the draft of a call that nobody outside the secretariat ever saw."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from colloquia.core import audit
from colloquia.submissions.models import Call
from colloquia.submissions.services.call_rows import readable, values_of
from colloquia.submissions.services.calls import CallChanged
from colloquia.submissions.services.refusals import SubmissionRefused


def delete_call(*, call: Call, seen: int, by: Any) -> None:
    """Delete a draft and its consultation; its address is free again. The audit keeps what it said.

    Raises:
        CallChanged: somebody else changed it since.
        SubmissionRefused: it was announced once, or something hangs on it already.
    """
    try:
        with transaction.atomic():
            row = (
                Call.objects.select_for_update(of=("self",))
                .select_related("consultation")
                .filter(pk=call.pk)
                .first()
            )
            if row is None:
                return
            if row.announced_at is not None:
                raise SubmissionRefused(
                    _("The call was announced, so it stays in the record. Close it instead.")
                )
            values = values_of(row)
            if row.version != seen:
                raise CallChanged(row, values)
            audit.record(row, "submissions.delete_call", by=by, before=readable(values), after={})
            audit.record(row.consultation, "consultations.delete", by=by)
            consultation = row.consultation
            row.delete()
            consultation.delete()
    except (ProtectedError, IntegrityError) as error:
        raise SubmissionRefused(
            _(
                "Something hangs on this call already: an answer, an import or work on its consultation. "
                "It can no longer be deleted; it stays a draft that only officers see."
            )
        ) from error
