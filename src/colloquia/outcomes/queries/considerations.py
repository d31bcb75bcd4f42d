"""Preliminary considerations: which a person may see, in which version, with which comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from colloquia.accounts.models import Organisation, Role, RoleGrant
from colloquia.accounts.queries import states_of
from colloquia.accounts.rules import is_officer
from colloquia.consultations.models import Consultation, Run
from colloquia.core.models import Territory
from colloquia.issues.models import Question
from colloquia.outcomes.models import (
    Consideration,
    ConsiderationComment,
    ConsiderationState,
    ConsiderationVersion,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A consideration as it is public: the texts and passages of the version that was published."""

    row: Consideration
    texts: dict[str, str]
    passages: list[str]
    comments: list[ConsiderationComment]


def considerations_of(consultation: Consultation) -> QuerySet[Consideration]:
    """Every consideration, by issue and number; for officers."""
    return Consideration.objects.filter(consultation=consultation).select_related(
        "written_by", "published_by"
    )


def may_comment(user: Any) -> bool:
    """Whether somebody is a focal point or a confirmed member of an organisation at all."""
    if not user.is_authenticated:
        return False
    focal = RoleGrant.objects.filter(user_id=user.pk, role=Role.FOCAL_POINT, ended_at=None)
    return bool(focal.exists() or organisations_of(user).exists())


def open_to(user: Any, consultation: Consultation, now: Any) -> list[Consideration]:
    """Considerations on which the person may comment now."""
    if not user.is_authenticated:
        return []
    rows = considerations_of(consultation).exclude(state=ConsiderationState.WITHDRAWN)
    rows = rows.filter(comments_until__gt=now)
    if states_of(user).exists():
        return list(rows)
    return list(rows.filter(organisations_comment=True)) if organisations_of(user).exists() else []


def bodies_of(user: Any, row: Consideration) -> tuple[list[Territory], list[Organisation]]:
    """For whom the person may comment on a consideration."""
    states = list(states_of(user))
    return states, list(organisations_of(user)) if row.organisations_comment else []


def organisations_of(user: Any) -> QuerySet[Organisation]:
    """Confirmed organisations to which a person belongs for sure."""
    return Organisation.objects.filter(
        confirmed_at__isnull=False,
        memberships__user_id=user.pk,
        memberships__confirmed_at__isnull=False,
        memberships__ended_at=None,
    ).distinct()


def published(**wanted: Any) -> list[Shown]:
    """What is public, by issue and number; ``wanted`` narrows it. Three queries."""
    rows = list(
        Consideration.objects.filter(published_version__isnull=False, **wanted).select_related("consultation")
    )
    versions = {
        (each.consideration_id, each.number): each
        for each in ConsiderationVersion.objects.filter(consideration__in=rows)
    }
    comments: dict[int, list[ConsiderationComment]] = {}
    shown = ConsiderationComment.objects.filter(
        consideration__in=rows, shown_at__isnull=False, withdrawn_at=None
    )
    for each in shown.select_related("territory"):
        comments.setdefault(each.consideration_id, []).append(each)
    found = []
    for row in rows:
        version = versions[row.pk, row.published_version or 0]
        found.append(Shown(row, version.texts, version.passages, comments.get(row.pk, [])))
    return found


def of_question(question_id: str) -> list[Shown]:
    """What is public on the issue of a question. Four queries, one where there is nothing."""
    issue = Question.objects.filter(pk=question_id).values_list("issue_id", flat=True).first()
    if (
        issue is None
        or not Consideration.objects.filter(issue_id=issue, published_version__isnull=False).exists()
    ):
        return []
    return published(issue_id=issue)


def cited_run(consultation: Consultation) -> Run | None:
    """The run of which passages are cited: the one that is shown, else the latest."""
    if consultation.shown_run_id:
        return consultation.shown_run
    return consultation.runs.filter(is_complete=True).order_by("-number").first()


def sees_all(user: Any) -> bool:
    """Whether a person sees drafts and every comment."""
    return bool(is_officer(user))
