"""Officers' decisions on organisations: joined, kept apart, parts, split; none contradicts another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from colloquia.consultations.models import Consultation, OrganisationDecision, Run
from colloquia.consultations.models.consultation import new_version
from colloquia.consultations.models.organisations import OrganisationVerdict
from colloquia.consultations.queries.organisations import organisations_bulk, organisations_by_key
from colloquia.consultations.queries.state import as_decision, decisions_of
from colloquia.consultations.services.organisation_refusals import (
    OrganisationsRefused,
    contradicts,
    joined_by,
    meanwhile,
)
from colloquia.consultations.services.recounting import counts_changed
from colloquia.core import audit
from colloquia.engines.bulk.organisations import known_names
from colloquia.engines.organisations import Reason
from colloquia.engines.organisations.settling import Decision, Known, Settlement, settle

LONGEST = 300
_VERBS = {
    OrganisationVerdict.SAME: "consultations.join_organisations",
    OrganisationVerdict.DIFFERENT: "consultations.keep_organisations_apart",
    OrganisationVerdict.PART: "consultations.name_part_of_organisation",
    OrganisationVerdict.SPLIT: "consultations.split_organisation",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What an officer decided. ``keys`` are organisations in effect; for a split, names as written.

    Of a part the whole comes first. ``name`` is how the organisation is shown from now on. ``reasons`` are
    those of the proposal.
    """

    verdict: OrganisationVerdict
    keys: tuple[str, ...]
    name: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a choice: the decision, or why there is none."""

    choice: Choice
    decision: OrganisationDecision | None = None
    refusal: OrganisationsRefused | None = None


def decide(*, run: Run, choices: Sequence[Choice], by: Any, seen: int) -> list[Outcome]:
    """Decide several things at once, in order. One that is refused stops no other; each says why.

    ``seen`` is the ``organisations_sequence`` of the consultation that the officer was looking at: where
    others have since decided on the same organisations, the choice is refused and tells of it. Counts of
    runs that are not signed follow in the background, and what was reviewed of them needs review again.
    """
    names = _Names(run, [key for choice in choices for key in choice.keys])
    with transaction.atomic():
        table = _Table(run, by, seen, names)
        found = [_outcome(table, choice) for choice in choices]
        table.close()
    return found


def decide_one(*, run: Run, choice: Choice, by: Any, seen: int) -> OrganisationDecision:
    """The same for one choice. Raises OrganisationsRefused, and writes nothing then."""
    (outcome,) = decide(run=run, choices=[choice], by=by, seen=seen)
    if outcome.decision is None:
        raise outcome.refusal or OrganisationsRefused("unknown")
    return outcome.decision


def undo_decision(*, run: Run, number: int, by: Any) -> OrganisationDecision:
    """Take a decision back; it stays on record. Raises OrganisationsRefused, for instance where others rest
    on it.
    """
    names = _Names(run, ())
    with transaction.atomic():
        table = _Table(run, by, 0, names)
        row = table.rows.get(number)
        if row is None:
            gone = OrganisationDecision.objects.filter(consultation=run.consultation_id, number=number)
            raise OrganisationsRefused("undone" if gone.exists() else "no decision")
        table.undo(row)
        table.close()
    return row


class _Names:
    """What the run says of the names that an officer chose; read before anything is locked."""

    def __init__(self, run: Run, keys: Iterable[str]) -> None:
        fresh = Run.objects.select_related("consultation").get(pk=run.pk)
        self.folder = fresh.folder
        self.keys = set(keys)
        decisions = decisions_of(fresh)
        settlement = settle(decisions, self._look(key for one in decisions for key in one.keys))
        meant = {settlement.of(key) for key in self.keys}
        self.shown = {key: row.name for key, row in organisations_by_key(fresh, meant).items()}
        self.written = organisations_bulk(fresh).written(meant) if meant else []
        self.keys |= {row.key for row in self.written}
        self.known = self._look(self._asked)

    def _look(self, keys: Iterable[str]) -> Known:
        self._asked = self.keys | set(keys)
        return known_names(self.folder, self._asked)

    def knowing(self, decisions: Iterable[Decision]) -> Known:
        """What the run knows of the keys of these decisions too."""
        keys = {key for one in decisions for key in one.keys}
        if not keys <= self._asked:
            self.known = self._look(keys)
        return self.known


class _Table:
    """The decisions of a consultation, locked, as they grow by what is decided at once."""

    def __init__(self, run: Run, by: Any, seen: int, names: _Names) -> None:
        self.by = by
        self.names = names
        self.consultation = Consultation.objects.select_for_update().get(pk=run.consultation_id)
        self.run = Run.objects.get(pk=run.pk)
        if self.run.is_signed:
            raise OrganisationsRefused("signed")
        self.run.consultation = self.consultation
        every = OrganisationDecision.objects.filter(consultation=self.consultation).select_related(
            "by", "undone_by"
        )
        self.rows = {row.number: row for row in every if row.undone_at is None}
        self.theirs = [
            row
            for row in every
            if (row.number > seen) != ((row.undone_number or 0) > seen)
            and (row.undone_by_id if row.undone_at else row.by_id) != by.pk
        ]
        self.decisions = decisions_of(self.run)
        self.known = names.knowing([*self.decisions, *map(as_decision, self.theirs)])
        self.settlement: Settlement = settle(self.decisions, self.known)
        self.changed = False

    def refuse_meanwhile(self, keys: Sequence[str]) -> None:
        met = {one.number for one in self.settlement.touching(keys, map(as_decision, self.theirs))}
        if met:
            raise meanwhile([row for row in self.theirs if row.number in met])

    def joined(self, one: str, other: str, after: Settlement | None = None) -> OrganisationsRefused:
        """Why the two cannot be kept apart: what makes them one."""
        chain = (after or self.settlement).joins(one, other)
        rows = [self.rows[step.number] for step in chain]
        return joined_by(rows) if rows else OrganisationsRefused("machine")

    def refuse_contradiction(self, after: Settlement, new: int = 0, *, undoing: bool = False) -> None:
        before = {one.apart.number for one in self.settlement.contradictions}
        for one in after.contradictions:
            if one.apart.number in before:
                continue
            joined = [self.rows[step.number] for step in one.joined if step.number != new]
            if one.apart.number == new:
                raise joined_by(joined) if joined else OrganisationsRefused("machine")
            raise contradicts(self.rows[one.apart.number], joined, undoing=undoing)

    def add(self, choice: Choice, names: Sequence[str]) -> OrganisationDecision:
        number = self.consultation.organisations_sequence + 1
        decision = Decision(number, choice.verdict.value, choice.keys, choice.name)  # type: ignore[arg-type]
        after = settle([*self.decisions, decision], self.known)
        self.refuse_contradiction(after, number)
        self.refuse_meanwhile(choice.keys)
        row = OrganisationDecision.objects.create(
            consultation=self.consultation,
            verdict=choice.verdict,
            number=number,
            keys=list(choice.keys),
            names=list(names),
            name=choice.name,
            reasons=[[item.ground, item.value, item.against] for item in choice.reasons],
            by=self.by,
        )
        self.decisions.append(decision)
        self.rows[number] = row
        self._step(after)
        values = {
            "names": list(names),
            "shown as": choice.name,
            "reasons": [str(item) for item in choice.reasons],
        }
        audit.record(row, _VERBS[choice.verdict], by=self.by, before={}, after=values)
        return row

    def undo(self, row: OrganisationDecision) -> None:
        rest = [one for one in self.decisions if one.number != row.number]
        after = settle(rest, self.known)
        self.refuse_contradiction(after, undoing=True)
        before = audit.snapshot(row)
        row.undone_by, row.undone_at = self.by, timezone.now()
        row.undone_number = self.consultation.organisations_sequence + 1
        row.save(update_fields=["undone_by", "undone_at", "undone_number"])
        self.decisions = rest
        self._step(after)
        audit.record(row, "consultations.undo_organisation_decision", by=self.by, before=before)

    def _step(self, after: Settlement) -> None:
        self.settlement = after
        self.consultation.organisations_sequence += 1
        self.changed = True

    def close(self) -> None:
        """Make what was decided count."""
        if not self.changed:
            return
        self.consultation.organisations_version = new_version()
        self.consultation.save(update_fields=["organisations_sequence", "organisations_version"])
        counts_changed(self.consultation, by=self.by)


def _outcome(table: _Table, choice: Choice) -> Outcome:
    try:
        return Outcome(choice, table.add(*_sound(table, choice)))
    except OrganisationsRefused as refusal:
        return Outcome(choice, None, refusal)


def _sound(table: _Table, choice: Choice) -> tuple[Choice, list[str]]:
    """The choice with keys in effect and a tidy name, and the names of what it is about."""
    name = " ".join(choice.name.split())
    if len(name) > LONGEST:
        raise OrganisationsRefused("long name")
    if not name and choice.verdict in (OrganisationVerdict.SAME, OrganisationVerdict.SPLIT):
        raise OrganisationsRefused("no name")
    if choice.verdict == OrganisationVerdict.SPLIT:
        return Choice(choice.verdict, choice.keys, name, choice.reasons), _to_split(table, choice.keys)
    settlement, shown = table.settlement, table.names.shown
    if len(choice.keys) < 2:
        raise OrganisationsRefused("too few")
    named = {settlement.of(key): name for key, name in shown.items()}
    keys = tuple(dict.fromkeys(settlement.of(key) for key in choice.keys))
    if not set(keys) <= set(named):
        raise OrganisationsRefused("unknown")
    names = [settlement.names.get(key) or named[key] for key in keys]
    if choice.verdict == OrganisationVerdict.SAME:
        if len(keys) < 2:
            raise OrganisationsRefused("one already")
        return Choice(choice.verdict, keys, name, choice.reasons), names
    if len(keys) < 2:
        raise table.joined(choice.keys[0], choice.keys[1])
    if tuple(sorted(keys[:2])) in settlement.apart():
        raise OrganisationsRefused("apart already")
    return Choice(choice.verdict, keys[:2], "", choice.reasons), names[:2]


def _to_split(table: _Table, keys: Sequence[str]) -> list[str]:
    if not keys:
        raise OrganisationsRefused("no names")
    written = {row.key: row.name for row in table.names.written}
    if not set(keys) <= set(written):
        raise OrganisationsRefused("unknown")
    settlement = table.settlement
    meant = settlement.of(keys[0])
    if any(settlement.of(key) != meant for key in keys):
        raise OrganisationsRefused("several")
    others = [key for key in written if key not in keys and settlement.of(key) == meant]
    if not others:
        raise OrganisationsRefused("all names")
    trial = Decision(table.consultation.organisations_sequence + 1, "split", tuple(keys))
    after = settle([*table.decisions, trial], table.known)
    for other in others:
        if after.of(other) == after.of(keys[0]):
            # Their own joining, not the machine's, holds them together.
            raise table.joined(keys[0], other, after)
    return [written[key] for key in keys]
