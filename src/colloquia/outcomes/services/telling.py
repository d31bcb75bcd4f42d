"""Writing to senders that outcomes are published, each in their language, with their private link."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from colloquia.core import mail
from colloquia.outcomes.models import OutcomePublication
from colloquia.submissions.models import SubmissionVersion
from colloquia.submissions.services.receiving import private_token

AT_ONCE = 100
"""Messages written in one transaction, so that nobody else waits long."""


def tell_senders(publication_id: int) -> None:
    """Write to every sender whose submission stands. Done again after a crash, it goes on where it ended."""
    while _tell_some(publication_id):
        pass


@transaction.atomic
def _tell_some(publication_id: int) -> bool:
    row = (
        OutcomePublication.objects.select_for_update(of=("self",))
        .select_related("run__consultation")
        .get(pk=publication_id)
    )
    versions = list(
        SubmissionVersion.objects.filter(
            submission__pk__gt=row.told_up_to,
            submission__call__consultation=row.run.consultation_id,
            submission__confirmed_at__isnull=False,
            submission__withdrawn_at=None,
            submission__destroyed_at=None,
            number=F("submission__version"),
        )
        .select_related("submission")
        .order_by("submission__pk")[:AT_ONCE]
    )
    for version in versions:
        if version.email:
            _write(row, version)
    if versions:
        row.told_up_to = versions[-1].submission_id
        row.save(update_fields=["told_up_to"])
    return len(versions) == AT_ONCE


def _write(row: OutcomePublication, version: SubmissionVersion) -> None:
    submission = version.submission
    path = reverse("receipt_outcome", args=[private_token(submission)])
    mail.post(
        "outcomes/mail/outcomes_published",
        to=version.email,
        language=version.interface_language,
        context={
            "consultation": row.run.consultation.title(version.interface_language),
            "identifier": submission.identifier,
            "link": f"{settings.PUBLIC_URL}{path}",
        },
        about=submission,
    )
