"""What will be destroyed when, and what holds it up."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from colloquia.submissions.models import AnswerDraft, Call, ImportSource, RetentionHold, Submission


@dataclass(frozen=True, slots=True)
class Line:
    """A call in the schedule: ``due_on`` is a day at the venue, counts are of what is sealed still."""

    call: Call
    due_on: date
    is_due: bool
    submissions: int
    drafts: int
    sources: int
    hold: RetentionHold | None

    @property
    def remains(self) -> bool:
        """Whether anything is left to destroy."""
        return bool(self.submissions or self.drafts or self.sources)


def due_on(call: Call) -> date:
    """The day on which what is sealed of a call is destroyed, at the venue."""
    day = call.deadline.astimezone(call.zone).date()
    year, month = divmod(day.month - 1 + call.retention_months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def is_due(call: Call, now: datetime | None = None) -> bool:
    """Whether the day has come at the venue. A draft of a call has none."""
    today = (now or timezone.now()).astimezone(call.zone).date()
    return call.announced_at is not None and due_on(call) <= today


def is_held(call: Call) -> bool:
    """Whether a hold keeps what is sealed of a call."""
    return bool(RetentionHold.objects.in_force().filter(call=call).exists())


def sealed_submissions(call: Call) -> QuerySet[Submission]:
    """Submissions of a call of which sealed data are kept, in order."""
    return Submission.objects.filter(call=call, destroyed_at=None).order_by("pk")


def left_sources(call: Call) -> QuerySet[ImportSource]:
    """What imports of a call were given, that was not destroyed."""
    kept = Q(attachment__isnull=False, attachment__destroyed_at=None) | ~Q(folder="")
    return ImportSource.objects.filter(kept, intake__call=call).order_by("pk")


def schedule(now: datetime | None = None) -> list[Line]:
    """Every announced call by the day of its destruction. Five queries, whatever their number."""
    calls = Call.objects.exclude(announced_at=None).select_related("consultation")
    submissions = _counted(Submission.objects.filter(destroyed_at=None))
    drafts = _counted(AnswerDraft.objects.filter(submission=None, sent_version=None))
    kept = Q(attachment__isnull=False, attachment__destroyed_at=None) | ~Q(folder="")
    sources = dict(
        ImportSource.objects.filter(kept).values_list("intake__call").annotate(n=Count("pk")).order_by()
    )
    holds = {
        row.call_id: row
        for row in RetentionHold.objects.in_force().select_related("asked_by", "confirmed_by", "end_asked_by")
    }
    lines = [
        Line(
            call, due_on(call), is_due(call, now), submissions.get(call.pk, 0), drafts.get(call.pk, 0),
            sources.get(call.pk, 0), holds.get(call.pk),
        )
        for call in calls
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.due_on, line.call.pk))


def _counted(rows: QuerySet[Submission] | QuerySet[AnswerDraft]) -> dict[int, int]:
    return dict(rows.values_list("call").annotate(n=Count("pk")).order_by())
