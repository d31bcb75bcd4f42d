"""Organisations as pages show them: rows, both sides of a proposal, decisions, and how names were joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from colloquia.consultations.models import OrganisationDecision
from colloquia.consultations.models.organisations import OrganisationVerdict
from colloquia.consultations.presentation import grounds
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.organisations import organisations_bulk
from colloquia.consultations.queries.state import decisions_of, settlement_of
from colloquia.consultations.services.organisation_refusals import said
from colloquia.consultations.services.organisations import Outcome
from colloquia.core.tables import Column, Table
from colloquia.core.written import day_and_time
from colloquia.engines.bulk.organisations import NameCounts, OrganisationRow, WrittenName
from colloquia.engines.bulk.proposals import ProposalRow
from colloquia.engines.organisations import Reason

MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation with everything in the words of the page. ``url`` is its own page."""

    row: OrganisationRow
    url: str
    territories: tuple[str, ...]
    languages: tuple[str, ...]
    others: tuple[str, ...]
    by_officers: bool

    @property
    def name(self) -> str:
        """The name that it is shown by."""
        return self.row.name


def shape(visit: Visit, row: OrganisationRow) -> Organisation:
    """A row of the bulk as pages show it."""
    settlement = settlement_of(visit.run)
    return Organisation(
        row,
        visit.url("consultation_organisation", row.written_key),
        tuple(visit.territory(code) for code in row.countries),
        tuple(visit.tongue(code) for code in row.languages),
        tuple(name for name in row.spellings if name != row.name),
        row.key in set(settlement.organisations.values()),
    )


def organisation_table(visit: Visit, rows: Iterable[OrganisationRow], base: str, total: int) -> Table:
    """The list of organisations, as a page of it or as a file."""
    columns = (
        Column("name", _("Organisation"), link="url"),
        Column("submissions", _("Submissions"), "number"),
        Column("other_names", _("Other names as written")),
        Column("stakeholders", _("Stakeholder group")),
        Column("territories", _("Established in")),
        Column("territory_codes", _("Territory codes"), "identifier", shown=False),
        Column("channels", _("Channel")),
        Column("languages", _("Language")),
        Column("joined", _("Names joined by"), shown=False),
    )
    return Table(
        "organisations",
        _("Organisations"),
        columns,
        (_cells(shape(visit, row)) for row in rows),
        base=base,
        empty=_("No submission names an organisation like this."),
        total=total,
    )


def _cells(item: Organisation) -> dict[str, Any]:
    row = item.row
    joined = ""
    if item.by_officers:
        joined = _("officers")
    elif item.others:
        joined = _("the machine, since they are written alike")
    return {
        "name": item.name,
        "url": item.url,
        "submissions": row.submissions,
        "other_names": "; ".join(item.others),
        "stakeholders": "; ".join(row.stakeholders),
        "territories": "; ".join(item.territories),
        "territory_codes": "; ".join(row.countries),
        "channels": "; ".join(row.channels),
        "languages": "; ".join(item.languages),
        "joined": joined,
    }


def organisation_json(visit: Visit, row: OrganisationRow) -> dict[str, Any]:
    """An organisation as JSON."""
    item = shape(visit, row)
    return {
        "id": row.written_key,
        "url": visit.permanent("consultation_organisation", row.written_key),
        "name": item.name,
        "submissions": row.submissions,
        "names": list(row.spellings),
        "stakeholders": list(row.stakeholders),
        "territories": list(row.countries),
        "channels": list(row.channels),
        "languages": list(row.languages),
        "joined_by": "officers" if item.by_officers else "machine" if item.others else None,
    }


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two organisations of a proposal, with its first submissions as (id, address)."""

    organisation: Organisation
    samples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal. ``names`` are those to choose from, most used first; ``number`` is its place on the page.

    ``refusal`` says why the answer given was not taken; ``answer`` and ``name`` are what was given.
    """

    number: int
    row: ProposalRow
    sides: tuple[Side, Side]
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    names: tuple[str, ...]
    refusal: str = ""
    answer: str = ""
    name: str = ""

    @property
    def is_part(self) -> bool:
        """Whether the second is proposed as a part of the first."""
        return self.row.kind == "part of"


def cards(
    visit: Visit,
    rows: Sequence[ProposalRow],
    held: dict[str, OrganisationRow],
    refused: Sequence[Outcome],
) -> list[Card]:
    """Proposals whose organisations are in ``held``, with what was answered in vain."""
    answered = {outcome.choice.keys: outcome for outcome in refused}
    samples = organisations_bulk(visit.run).samples(held) if held else {}
    made = []
    for number, row in enumerate(rows):
        if any(key not in held for key in row.keys):
            continue
        one, other = (
            Side(
                shape(visit, held[key]),
                tuple((name, visit.url("consultation_submission", name)) for name in samples[key]),
            )
            for key in row.keys
        )
        pros, cons = (
            tuple(
                grounds.said(reason, visit.territory) for reason in row.reasons if reason.against is against
            )
            for against in (False, True)
        )
        names = name_choices([held[key] for key in row.keys])
        card = Card(number, row, (one, other), pros, cons, names)
        if (outcome := answered.get(row.keys)) is not None:
            given = outcome.choice
            card = replace(card, refusal=str(outcome.refusal), answer=given.verdict.value, name=given.name)
        made.append(card)
    return made


def name_choices(rows: Iterable[OrganisationRow]) -> tuple[str, ...]:
    """Names under which organisations could be shown as one: that of the most mentioned first."""
    ordered = sorted(rows, key=lambda row: -row.submissions)
    names = [row.name for row in ordered] + [name for row in ordered for name in row.spellings]
    return tuple(dict.fromkeys(names))[:MOST_NAMES]


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A name as written on the page of its organisation; ``joined`` says what put it there."""

    row: WrittenName
    territory: str
    joined: str


def written_lines(visit: Visit, organisation: OrganisationRow) -> list[WrittenLine]:
    """The names of an organisation, as senders wrote them."""
    rows = organisations_bulk(visit.run).written([organisation.key])
    first = rows[0].body if rows else ""
    lines = []
    for row in rows:
        joined = _("joined by officers") if row.body != first else ""
        if row.body == first and row.key != rows[0].key:
            joined = _("written alike")
        lines.append(WrittenLine(row, visit.territory(row.country), joined))
    return lines


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in words, and where it can be undone."""

    row: OrganisationDecision
    what: str
    reasons: tuple[str, ...]
    undo_url: str

    @property
    def when(self) -> str:
        """The moment of the decision."""
        return day_and_time(self.row.at)


def decision_lines(visit: Visit, rows: Iterable[OrganisationDecision]) -> list[DecisionLine]:
    """Decisions for their page."""
    return [
        DecisionLine(
            row,
            said(row),
            tuple(grounds.said(Reason(*reason), visit.territory) for reason in row.reasons),
            visit.url("consultation_organisation_undo", str(row.number)) if row.undone_at is None else "",
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Summary:
    """How organisations were counted, for the page on method. Decisions are those that hold for the run."""

    received: int
    counts: NameCounts
    joined: int
    apart: int
    parts: int
    split: int
    frozen: bool
    url: str

    @property
    def without(self) -> int:
        """Submissions that name no organisation, or come from a person."""
        return self.received - self.counts.submissions

    @property
    def decisions(self) -> int:
        """All decisions that hold."""
        return self.joined + self.apart + self.parts + self.split


def summary(visit: Visit) -> Summary:
    """How names became organisations in this run."""
    verdicts: list[str] = [decision.verdict for decision in decisions_of(visit.run)]
    return Summary(
        int(visit.run.funnel.get("received", 0)),
        organisations_bulk(visit.run).name_counts(),
        verdicts.count(OrganisationVerdict.SAME.value),
        verdicts.count(OrganisationVerdict.DIFFERENT.value),
        verdicts.count(OrganisationVerdict.PART.value),
        verdicts.count(OrganisationVerdict.SPLIT.value),
        visit.run.is_signed,
        visit.url("consultation_organisations"),
    )
