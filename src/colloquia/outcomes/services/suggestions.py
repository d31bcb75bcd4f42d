"""Drafting suggestions: words of a passage that propose something for the paper."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.models import Consultation, Run, RunQuestion
from colloquia.core import audit
from colloquia.outcomes.models import Suggestion
from colloquia.outcomes.services.citing import quoted
from colloquia.outcomes.services.refusals import OutcomeRefused

LONGEST_NOTE = 1000


def mark_suggestion(
    *, run: Run, passage_id: str, words: str, question_id: str, note: str, by: Any
) -> Suggestion:
    """Record words of a passage as a suggestion for the paper, with what it proposes in neutral words.

    Raises OutcomeRefused: the words do not stand there, or the question is not in the paper of the run.
    """
    passage, start, end = quoted(run, passage_id, words)
    if question_id and not RunQuestion.objects.filter(run=run, question_id=question_id).exists():
        raise OutcomeRefused(_("The question is not in the paper of this run. Choose one from the list."))
    if len(note) > LONGEST_NOTE:
        raise OutcomeRefused(_("The note is longer than %(n)s characters. Shorten it.") % {"n": LONGEST_NOTE})
    with transaction.atomic():
        # Numbers are given one after the other, so whoever else marks one waits here.
        Consultation.objects.select_for_update().get(pk=run.consultation_id)
        same = Suggestion.objects.filter(
            run=run, passage_id=passage_id, start=start, end=end, removed_at=None
        ).first()
        if same is not None:
            return same
        last = Suggestion.objects.filter(consultation=run.consultation).aggregate(last=Max("number"))["last"]
        row = Suggestion.objects.create(
            consultation=run.consultation,
            run=run,
            number=(last or 0) + 1,
            question_id=question_id,
            passage_id=passage.passage_id,
            submission_id=passage.submission_id,
            start=start,
            end=end,
            quote=passage.text[start:end],
            note=" ".join(note.split()),
            by=by,
        )
        audit.record(
            row, "outcomes.mark_suggestion", by=by, before={}, after=audit.snapshot(row, without=("quote",))
        )
    return row


@transaction.atomic
def remove_suggestion(*, suggestion: Suggestion, by: Any) -> Suggestion:
    """Take back a mark that was set by mistake. Raises OutcomeRefused once an outcome of it is public."""
    row = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if row.outcomes.filter(published_at__isnull=False).exists():
        raise OutcomeRefused(_("The outcome of this suggestion is published, so it stays."))
    if row.removed_at is None:
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        audit.record(row, "outcomes.remove_suggestion", by=by)
    return row
