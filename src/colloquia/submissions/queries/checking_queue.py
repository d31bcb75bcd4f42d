"""The queue of a call: what is to be checked, narrowed and counted without reading sealed texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from colloquia.accounts.models import Role, RoleGrant, User
from colloquia.submissions.models import (
    Call,
    CheckState,
    Hint,
    PersonalDataFinding,
    Publication,
    RedactionDecision,
    SealRequest,
    Submission,
    SubmissionVersion,
)

SEAL_REQUESTS_STAND = timedelta(days=7)
"""A request that nobody decided by then has expired."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the queue is narrowed to; blank for everything. ``assigned``: ``me``, ``nobody`` or ``others``."""

    state: str = ""
    assigned: str = ""
    channel: str = ""
    language: str = ""
    wish: str = ""
    late: bool = False
    hints: bool = False
    findings: bool = False


@dataclass(slots=True)
class Row:
    """One line of the queue. ``findings`` are those on which nobody decided yet."""

    submission: Submission
    version: SubmissionVersion
    findings: int = 0
    hints: list[str] = field(default_factory=list)
    seal_requests: int = 0


def in_queue(call: Call) -> QuerySet[Submission]:
    """The submissions of a call that count, in order of receipt."""
    counts = Q(confirmed_at__isnull=False) | Q(entered_by__isnull=False)
    return Submission.objects.filter(counts, call=call, withdrawn_at=None, destroyed_at=None).order_by(
        "received_at", "identifier"
    )


def narrowed(call: Call, wanted: Narrowed, person: Any) -> QuerySet[Submission]:
    """The queue under filters."""
    rows = in_queue(call)
    if wanted.state:
        rows = rows.filter(check_state=wanted.state)
    if wanted.assigned == "me":
        rows = rows.filter(assigned_to=person)
    elif wanted.assigned == "nobody":
        rows = rows.filter(assigned_to=None)
    elif wanted.assigned == "others":
        rows = rows.exclude(assigned_to=None).exclude(assigned_to=person)
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    if wanted.late:
        rows = rows.filter(is_late=True)
    latest = SubmissionVersion.objects.filter(submission=OuterRef("pk"), number=OuterRef("version"))
    if wanted.language:
        rows = rows.filter(Exists(latest.filter(language=wanted.language)))
    if wanted.wish:
        rows = rows.filter(Exists(latest.filter(publication=wanted.wish)))
    if wanted.hints:
        rows = rows.filter(Exists(Hint.objects.filter(submission=OuterRef("pk"), dismissed_at=None)))
    if wanted.findings:
        rows = rows.filter(
            Exists(
                _undecided(PersonalDataFinding.objects).filter(
                    text_version__version__submission=OuterRef("pk"),
                    text_version__version__number=OuterRef("version"),
                )
            )
        )
    return rows


def filled(rows: Iterable[Submission]) -> list[Row]:
    """Submissions with what the queue tells of them. Four queries, whatever their number."""
    listed = list(rows)
    keys = [each.pk for each in listed]
    versions = {
        (each.submission_id, each.number): each
        for each in SubmissionVersion.objects.filter(submission__in=keys).defer("document")
    }
    found = Counter(
        dict(
            _undecided(PersonalDataFinding.objects)
            .filter(text_version__version__in=[each.pk for each in versions.values()])
            .order_by()
            .values_list("text_version__version")
            .annotate(n=Count("pk"))
        )
    )
    hints: dict[int, list[str]] = {}
    for key, kind in (
        Hint.objects.filter(submission__in=keys, dismissed_at=None)
        .order_by("pk")
        .values_list("submission", "kind")
    ):
        hints.setdefault(key, []).append(kind)
    asked = Counter(waiting_requests().filter(submission__in=keys).values_list("submission", flat=True))
    return [
        Row(
            each,
            version := versions[each.pk, each.version],
            found[version.pk],
            hints.get(each.pk, []),
            asked[each.pk],
        )
        for each in listed
    ]


def in_chunks(rows: QuerySet[Submission], size: int = 500) -> Iterator[list[Row]]:
    """The whole queue for a file, a chunk at a time."""
    keys = list(rows.values_list("pk", flat=True))
    for at in range(0, len(keys), size):
        part = Submission.objects.filter(pk__in=keys[at : at + size]).select_related("assigned_to")
        yield filled(part.order_by("received_at", "identifier"))


def counts(call: Call) -> dict[str, int]:
    """How many submissions are in each state of the check. One query."""
    rows = in_queue(call).order_by().values_list("check_state").annotate(n=Count("pk"))
    found = dict(rows)
    return {state: found.get(state, 0) for state in CheckState.values}


def values(call: Call, name: str) -> list[str]:
    """The values that occur in the queue, for a filter; ``name`` is a field of the latest version."""
    rows = SubmissionVersion.objects.filter(submission__call=call).order_by(name)
    return [value for value in rows.values_list(name, flat=True).distinct() if value]


def waiting_requests() -> QuerySet[SealRequest]:
    """Requests to open or destroy that wait for a second person and have not expired."""
    since = timezone.now() - SEAL_REQUESTS_STAND
    return SealRequest.objects.filter(decided_at=None, asked_at__gt=since)


def checkers() -> QuerySet[User]:
    """Everybody who may check submissions."""
    reviewers = RoleGrant.objects.filter(role=Role.REVIEWER, ended_at=None).values("user")
    return User.objects.filter(Q(is_officer=True) | Q(pk__in=reviewers), is_active=True).order_by(
        "name", "pk"
    )


def is_named(version: SubmissionVersion) -> bool:
    """Whether those who check may know who sent it."""
    return version.publication == Publication.NAMED


def _undecided(findings: Any) -> QuerySet[PersonalDataFinding]:
    decided = RedactionDecision.objects.filter(
        text_version=OuterRef("text_version"), start=OuterRef("start"), end=OuterRef("end")
    )
    rows: QuerySet[PersonalDataFinding] = findings.filter(~Exists(decided))
    return rows
