"""Writing to senders what became of their submissions, each in their language, with their private link.

A sender is written to when outcomes are published for the first time, and afterwards only where an outcome of
the own submission is new or another one than was told last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from colloquia.consultations.models import Consultation
from colloquia.consultations.queries import bulk_of
from colloquia.core import mail
from colloquia.outcomes.commitments import of_outcome
from colloquia.outcomes.models import OutcomePublication, SenderTold, Suggestion
from colloquia.outcomes.queries.outcomes import live_themes, published_run, standings
from colloquia.outcomes.queries.public import record_run
from colloquia.submissions.models import SubmissionVersion
from colloquia.submissions.services.receipts import private_token

AT_ONCE = 100
"""Messages written in one transaction, so that nobody else waits long."""
_LENGTH = 16
"""Hexadecimal digits of a digest that are kept: enough to tell the outcomes of one submission apart."""


def tell_senders(publication_id: int) -> None:
    """Write to every sender to whom something is new. Done again after a crash, it goes on where it ended.

    Where more was published meanwhile, it stops: the task of that publication tells everything at once.
    """
    publication = OutcomePublication.objects.select_related("run__consultation__shown_run").get(
        pk=publication_id
    )
    found = outcomes_by_submission(publication.run.consultation)
    while _tell_some(publication_id, found):
        pass


def outcomes_by_submission(consultation: Consultation) -> dict[str, set[str]]:
    """By the id of a submission, digests of the outcomes that its own page shows.

    Four queries, and one of the run's bulk for each theme that has an outcome.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    decided = published_run(consultation)
    shown = record_run(consultation)
    if decided is None or shown is None:
        return found
    public = {key: row.public for key, row in standings(decided).items()}
    for suggestion in Suggestion.objects.filter(consultation=consultation, removed_at=None):
        if outcome := public.get(("suggestion", str(suggestion.pk))):
            found[suggestion.submission_id].add(of_outcome(outcome)[:_LENGTH])
    if decided.pk != shown.pk or not decided.has_files:
        return found
    questions = dict(live_themes(decided).values_list("theme_id", "question_id"))
    for (kind, theme), outcome in public.items():
        if kind != "theme" or outcome is None or theme not in questions:
            continue
        digest = of_outcome(outcome)[:_LENGTH]
        rows, _total = bulk_of(decided).submissions(theme=theme, question=questions[theme], limit=0)
        for row in rows:
            found[row.submission_id].add(digest)
    return found


@transaction.atomic
def _tell_some(publication_id: int, found: Mapping[str, set[str]]) -> bool:
    row = (
        OutcomePublication.objects.select_for_update(of=("self",))
        .select_related("run__consultation")
        .get(pk=publication_id)
    )
    of_consultation = OutcomePublication.objects.filter(run__consultation=row.run.consultation_id)
    if of_consultation.filter(published_at__gt=row.published_at).exists():
        return False
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
        .defer("document")
        .order_by("submission__pk")[:AT_ONCE]
    )
    keys = [version.submission_id for version in versions]
    told = {each.submission_id: each for each in SenderTold.objects.filter(submission__in=keys)}
    for version in versions:
        outcomes = found.get(version.submission.identifier, set())
        earlier = told.get(version.submission_id)
        if version.email and (earlier is None or not outcomes <= set(earlier.outcomes)):
            _write(row, version)
            SenderTold.objects.update_or_create(
                submission_id=version.submission_id,
                defaults={"outcomes": sorted(outcomes), "at": timezone.now()},
            )
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
