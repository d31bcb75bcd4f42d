"""Rounds of priorities: drafted, announced to states, answered once by each, published as counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.accounts.rules import is_focal_point, is_officer
from colloquia.consultations.models import Consultation
from colloquia.core import audit, ledger
from colloquia.core.models import Territory
from colloquia.issues.models import PaperVersion
from colloquia.outcomes import commitments
from colloquia.outcomes.models import PriorityAnswer, PriorityRound
from colloquia.outcomes.queries.priorities import answers_of, issue_order, results_of, stamp
from colloquia.outcomes.services.refusals import OutcomeConflict, OutcomeRefused

ANNOUNCED, ANSWERED, PUBLISHED = "priorities.announced", "priorities.answered", "priorities.published"
LONGEST_REMARK = 2000


@transaction.atomic
def save_round(
    *,
    consultation: Consultation,
    by: Any,
    round_: PriorityRound | None = None,
    seen: int = 0,
    paper_version: PaperVersion,
    titles: Mapping[str, str],
    introductions: Mapping[str, str],
    issue_ids: Sequence[str],
    levels: Sequence[Mapping[str, Any]],
    invited: Sequence[str],
    shows_states: bool,
    opens_at: datetime,
    closes_at: datetime,
    time_zone: str,
) -> PriorityRound:
    """Draft a round, or change one that is not announced.

    Raises:
        OutcomeRefused: no officer, announced already, or something is missing.
        OutcomeConflict: somebody changed it since ``seen``.
    """
    _officers_only(by)
    row = _locked(round_) if round_ is not None else PriorityRound(consultation=consultation, created_by=by)
    if row.announced_at is not None:
        raise OutcomeRefused(_("This round was announced; what states were told is not changed any more."))
    if row.pk and seen != row.version:
        raise OutcomeConflict(str(row), str(row.version))
    order = issue_order(paper_version)
    reasons = []
    if not any(titles.values()):
        reasons.append(_("Give the round a title in at least one language."))
    if not set(issue_ids) <= set(order) or not issue_ids:
        reasons.append(_("Choose at least one issue of this version of the paper."))
    if len({level["code"] for level in levels}) != len(levels) or len(levels) < 2:
        reasons.append(_("Give at least two levels, each with a code of its own."))
    if not invited:
        reasons.append(_("Nobody would be asked. Choose states, or give focal points their role first."))
    if closes_at <= opens_at:
        reasons.append(_("A round closes after it opens."))
    if reasons:
        raise OutcomeRefused(*reasons)
    before = audit.snapshot(row) if row.pk else {}
    row.paper_version, row.titles, row.introductions = paper_version, dict(titles), dict(introductions)
    row.issue_ids = [issue for issue in order if issue in set(issue_ids)]
    row.levels, row.invited = [dict(level) for level in levels], sorted(set(invited))
    row.shows_states, row.time_zone = shows_states, time_zone
    row.opens_at, row.closes_at = opens_at, closes_at
    row.version += 1 if row.pk else 0
    row.save()
    audit.record(row, "outcomes.save_round", by=by, before=before)
    return row


@transaction.atomic
def announce_round(*, round_: PriorityRound, by: Any) -> PriorityRound:
    """Tell the states. From now on issues, levels, times and what is shown stay. Raises OutcomeRefused."""
    _officers_only(by)
    row = _locked(round_)
    if row.announced_at is not None:
        return row
    if row.closes_at <= timezone.now():
        raise OutcomeRefused(_("The round would be closed already. Choose a later time first."))
    before = audit.snapshot(row)
    row.announced_at = timezone.now()
    row.save(update_fields=["announced_at"])
    audit.record(row, "outcomes.announce_round", by=by, before=before)
    ledger.record(ANNOUNCED, about=row, content=commitments.of_round(row))
    return row


@transaction.atomic
def answer_round(
    *,
    round_: PriorityRound,
    territory: Territory,
    levels: Mapping[str, str],
    remarks: Mapping[str, str],
    seen: str,
    by: Any,
    now: datetime | None = None,
) -> dict[str, PriorityAnswer]:
    """Set what a state answers, as a whole: a level for each issue, or none. Sent again, it changes nothing.

    ``now`` is when the request reached the server.

    Raises:
        OutcomeRefused: not the focal point of an invited state, closed, or an unknown level.
        OutcomeConflict: another focal point of the state changed the answers since ``seen``.
    """
    row = _locked(round_)
    if not is_focal_point(by, territory.pk) or territory.pk not in row.invited:
        raise OutcomeRefused(_("Only the focal point of a state that is asked answers for it."))
    if not row.is_open(now):
        raise OutcomeRefused(_("This round is not open. What was answered before stands."))
    codes = {level["code"] for level in row.levels}
    wanted = {issue: levels.get(issue, "") for issue in row.issue_ids if levels.get(issue)}
    if not set(wanted.values()) <= codes:
        raise OutcomeRefused(_("Choose one of the levels for each issue."))
    if not wanted:
        raise OutcomeRefused(_("Choose a level for at least one issue."))
    notes = {issue: remarks.get(issue, "").strip()[:LONGEST_REMARK] for issue in wanted}
    held = answers_of(row, territory.pk)
    before = {issue: f"{each.level} {each.remark}".strip() for issue, each in held.items()}
    after = {issue: f"{level} {notes[issue]}".strip() for issue, level in wanted.items()}
    if before == after:
        return held
    if seen != stamp(held):
        last = max(held.values(), key=lambda each: each.at, default=None)
        raise OutcomeConflict(str(last.by) if last else "", stamp(held))
    PriorityAnswer.objects.filter(round=row, territory=territory).delete()
    at = timezone.now()
    PriorityAnswer.objects.bulk_create(
        [
            PriorityAnswer(
                round=row, territory=territory, issue_id=issue, level=level, remark=notes[issue], by=by, at=at
            )
            for issue, level in wanted.items()
        ]
    )
    audit.record(row, "outcomes.answer_round", by=by, note=territory.pk)
    answers = answers_of(row, territory.pk)
    content = commitments.of_answers(row, territory.pk, answers.values())
    ledger.record(ANSWERED, about=row, content=content)
    return answers


@transaction.atomic
def review_results(*, round_: PriorityRound, by: Any, now: datetime | None = None) -> PriorityRound:
    """Say that the counts were read, so that a second officer may publish them. Raises OutcomeRefused."""
    _officers_only(by)
    row = _locked(round_)
    if row.published_at is not None or row.reviewed_at is not None:
        return row
    if not row.is_closed(now):
        raise OutcomeRefused(_("Results are reviewed once the round is closed."))
    before = audit.snapshot(row)
    row.reviewed_at, row.reviewed_by = timezone.now(), by
    row.save(update_fields=["reviewed_at", "reviewed_by"])
    audit.record(row, "outcomes.review_round", by=by, before=before)
    return row


@transaction.atomic
def publish_results(*, round_: PriorityRound, by: Any, now: datetime | None = None) -> PriorityRound:
    """Publish the counts of a closed round that another officer reviewed. Raises OutcomeRefused."""
    _officers_only(by)
    row = _locked(round_)
    if row.published_at is not None:
        return row
    if not row.is_closed(now):
        raise OutcomeRefused(_("Results are published once the round is closed."))
    if row.reviewed_at is None:
        raise OutcomeRefused(_("An officer must review the results before another publishes them."))
    if row.reviewed_by_id == by.pk:
        raise OutcomeRefused(_("Who reviewed the results cannot publish them; a second officer must."))
    before = audit.snapshot(row)
    row.published_at, row.published_by = timezone.now(), by
    row.save(update_fields=["published_at", "published_by"])
    audit.record(row, "outcomes.publish_round", by=by, before=before)
    results = results_of(row)
    content = {"round": row.pk, "answered": results.answered, "invited": results.invited}
    digest = commitments.digest({"counts": results.counts})
    ledger.record(PUBLISHED, about=row, content={**content, "counts": digest})
    return row


def _locked(round_: PriorityRound) -> PriorityRound:
    return PriorityRound.objects.select_for_update(of=("self",)).get(pk=round_.pk)


def _officers_only(by: Any) -> None:
    if not is_officer(by):
        raise OutcomeRefused(_("Only an officer does this."))
