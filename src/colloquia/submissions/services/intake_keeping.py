"""What an import was given holds what is sealed, so it goes when the last submission of it is destroyed."""

from __future__ import annotations

from colloquia.core import attachments
from colloquia.submissions.models import ImportItem, IntakeImport, Submission
from colloquia.submissions.services.destroying import on_destroyed


@on_destroyed
def forget(submission: Submission) -> None:
    """Destroy sources and listings of the imports of which nothing is left but this; in its transaction."""
    for intake in IntakeImport.objects.filter(items__submission=submission).distinct():
        kept = ImportItem.objects.filter(
            intake=intake, submission__isnull=False, submission__destroyed_at=None
        ).exclude(submission=submission)
        if kept.exists():
            continue
        ImportItem.objects.filter(intake=intake).update(where="", summary={}, problems=[])
        IntakeImport.objects.filter(pk=intake.pk).update(name="", options={}, mapping={}, report={})
        for source in intake.sources.exclude(attachment=None).select_related("attachment"):
            if source.attachment is not None:
                attachments.destroy(source.attachment)
