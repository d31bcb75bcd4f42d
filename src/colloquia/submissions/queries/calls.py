"""Calls as people find them: lists in their order, one for a person, its questions, its history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from colloquia.accounts.rules import is_officer
from colloquia.core.models import AuditEntry
from colloquia.core.queries import audit_of
from colloquia.issues import queries as issues
from colloquia.issues.models import PaperVersion, QuestionPlacement
from colloquia.issues.records import IssueIn, QuestionIn
from colloquia.submissions.models import Call, Submission

OPEN, ANNOUNCED, CLOSED = 0, 1, 2


def announced_calls(now: datetime | None = None) -> QuerySet[Any]:
    """What the public sees: open ones by deadline, then announced ones, then closed ones, the latest first.

    ``place`` is OPEN, ANNOUNCED or CLOSED, ``asked`` the number of questions.
    """
    now = now or timezone.now()
    ends = Coalesce("closed_early_at", "closes_at")
    rows: QuerySet[Any] = Call.objects.filter(announced_at__isnull=False)
    ordered: QuerySet[Any] = (
        rows.select_related("consultation", "paper_version__paper")
        .annotate(
            ends=ends,
            asked=Count("questions"),
            place=Case(
                When(ends__lte=now, then=Value(CLOSED)),
                When(opens_at__gt=now, then=Value(ANNOUNCED)),
                default=Value(OPEN),
                output_field=IntegerField(),
            ),
        )
        .order_by(
            "place",
            Case(When(place=OPEN, then=F("ends"))),
            Case(When(place=ANNOUNCED, then=F("opens_at"))),
            F("ends").desc(),
            "pk",
        )
    )
    return ordered


def open_calls(now: datetime | None = None) -> list[Call]:
    """The calls that are open, the one that closes first first. One query."""
    return list(announced_calls(now).filter(place=OPEN))


def drafts_of_calls() -> QuerySet[Call]:
    """Calls that only officers see, the latest first."""
    return (
        Call.objects.filter(announced_at=None)
        .select_related("consultation", "paper_version__paper", "created_by")
        .order_by("-created_at", "pk")
    )


def call_for(user: Any, slug: str) -> Call | None:
    """A call that the person may see: officers any, others what is announced. One query."""
    rows = Call.objects.select_related("consultation", "paper_version__paper")
    if not is_officer(user):
        rows = rows.filter(announced_at__isnull=False)
    return rows.filter(consultation__slug=slug).first()


def has_call(*, drafts: bool = False) -> Exists:
    """For a query over consultations: those with a call that is announced, or with any, ``drafts`` too."""
    rows = Call.objects.filter(consultation=OuterRef("pk"))
    return Exists(rows if drafts else rows.filter(announced_at__isnull=False))


def calls_asking(question_id: str, now: datetime | None = None) -> list[Call]:
    """Calls that ask a question and are announced or open. One query."""
    rows = announced_calls(now).filter(place__in=(OPEN, ANNOUNCED))
    return list(rows.filter(Q(pk__in=Call.objects.filter(questions__question=question_id).values("pk"))))


def asked_ids(call: Call) -> list[str]:
    """The ids of its questions in its order. One query."""
    return list(call.questions.order_by("position").values_list("question_id", flat=True))


def asked_of(call: Call) -> list[IssueIn]:
    """Its questions under their issues, with every wording. Five queries; none without a version."""
    if call.paper_version is None:
        return []
    wanted = set(asked_ids(call))
    return _under_issues(call.paper_version, wanted)


def offered_by(version: PaperVersion) -> list[IssueIn]:
    """Everything that a version of a paper can ask, under its issues. Four queries."""
    return _under_issues(version, None)


def _under_issues(version: PaperVersion, wanted: Iterable[str] | None) -> list[IssueIn]:
    keep = None if wanted is None else set(wanted)
    by_issue: dict[str, list[QuestionIn]] = {}
    for each in issues.questions_of(version):
        if keep is None or each.id in keep:
            by_issue.setdefault(each.issue_id, []).append(each)
    found = []
    for issue in issues.issues_of(version):
        issue.questions = by_issue.get(issue.id, [])
        if issue.questions:
            found.append(issue)
    return found


def without_wording(version: int | None, questions: Iterable[str]) -> list[str]:
    """Those of some questions of which a version of a paper holds the wording in no language, in its order.
    One query.
    """
    wanted = QuestionPlacement.objects.filter(version=version, question__in=list(questions), wordings=None)
    return list(wanted.order_by("position", "pk").values_list("question_id", flat=True))


def has_submissions(call: Call) -> bool:
    """Whether anything was received. One query."""
    return Submission.objects.filter(call=call).exists()


def audit_of_call(call: Call) -> QuerySet[AuditEntry]:
    """Who did what to a call, the latest first."""
    return audit_of(Call._meta.label_lower, str(call.pk)).order_by("-at", "-pk")
