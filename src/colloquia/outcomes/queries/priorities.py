"""Rounds of priorities: who may see them, what a state answered, and the counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from colloquia.accounts.models import Role, RoleGrant
from colloquia.accounts.queries import states_of
from colloquia.accounts.rules import is_officer
from colloquia.consultations.models import Consultation
from colloquia.core.models import Territory
from colloquia.core.queries import members_of, territory_name
from colloquia.issues.models import IssuePlacement, PaperVersion
from colloquia.outcomes.models import PriorityAnswer, PriorityRound
from colloquia.outcomes.priority_counts import counted, told

ALL_FOCAL_POINTS = "focal_points"


@dataclass(frozen=True, slots=True)
class Results:
    """Counts of one round. ``counts`` hold None where a number is not told. ``states`` only where by name."""

    round: PriorityRound
    invited: int
    answered: int
    counts: dict[str, dict[str, int | None]]
    states: dict[str, dict[str, PriorityAnswer]]

    @property
    def keeps_back(self) -> bool:
        """Whether any number is not told."""
        return any(count is None for row in self.counts.values() for count in row.values())


def rounds_for(user: Any, consultation: Consultation) -> list[PriorityRound]:
    """Officers see all, focal points what their state is asked, everybody what is published."""
    rows = list(PriorityRound.objects.filter(consultation=consultation).select_related("paper_version"))
    if is_officer(user):
        return rows
    own = set(states_of(user).values_list("code", flat=True)) if user.is_authenticated else set()
    return [row for row in rows if row.published_at or (row.announced_at and own & set(row.invited))]


def round_for(user: Any, consultation: Consultation, number: int) -> PriorityRound | None:
    """One of them, or None."""
    return next((row for row in rounds_for(user, consultation) if row.pk == number), None)


def states_asked(user: Any, round_: PriorityRound) -> list[Territory]:
    """The states of a round for which the person answers."""
    if not user.is_authenticated:
        return []
    return list(states_of(user).filter(code__in=round_.invited))


def answers_of(round_: PriorityRound, territory: str) -> dict[str, PriorityAnswer]:
    """What a state answered, by issue."""
    rows = PriorityAnswer.objects.filter(round=round_, territory_id=territory).select_related("by")
    return {row.issue_id: row for row in rows}


def stamp(answers: dict[str, PriorityAnswer]) -> str:
    """A word for a state of the answers: another one, once anybody changed them."""
    latest = max((row.at for row in answers.values()), default=None)
    return f"{len(answers)}-{latest.isoformat() if latest else ''}"


def results_of(round_: PriorityRound) -> Results:
    """The counts, with what is not told kept back unless states are shown by name. One query."""
    rows = list(PriorityAnswer.objects.filter(round=round_).select_related("territory"))
    levels = [level["code"] for level in round_.levels]
    counts = counted(((r.territory_id, r.issue_id, r.level) for r in rows), round_.issue_ids, levels)
    answered = len({row.territory_id for row in rows})
    shown: dict[str, dict[str, int | None]] = (
        {issue: dict(row) for issue, row in counts.items()} if round_.shows_states else told(counts, answered)
    )
    states: dict[str, dict[str, PriorityAnswer]] = {}
    for row in rows if round_.shows_states else ():
        states.setdefault(row.territory_id, {})[row.issue_id] = row
    return Results(round_, len(round_.invited), answered, shown, states)


def invitable(grouping: str, on: Any) -> list[str]:
    """Codes of the territories that would be asked: those of a grouping, or all that have a focal point.

    Which territory is a state is not for the program to say: naming profiles call all of them territories.
    """
    states = Territory.objects.all()
    if grouping == ALL_FOCAL_POINTS:
        held = RoleGrant.objects.filter(role=Role.FOCAL_POINT, ended_at=None)
        states = states.filter(code__in=held.values("territory"))
    else:
        states = states.filter(code__in=members_of(grouping, on=on))
    return sorted(states.values_list("code", flat=True))


def issue_order(version: PaperVersion) -> list[str]:
    """The ids of the issues of a version in the order of the paper."""
    rows = IssuePlacement.objects.filter(version=version, is_withdrawn=False).order_by("position", "pk")
    return list(rows.values_list("issue_id", flat=True))


def without_answer(round_: PriorityRound, language: str) -> list[str]:
    """Names of the invited states that have not answered; for officers, while the round is open."""
    have = set(PriorityAnswer.objects.filter(round=round_).values_list("territory_id", flat=True))
    return [territory_name(code, language) for code in round_.invited if code not in have]


def published_rounds() -> QuerySet[PriorityRound]:
    """Rounds whose results are public."""
    return PriorityRound.objects.exclude(published_at=None).select_related("consultation")
