"""Samples for double coding as pages, tables and JSON show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from colloquia.consultations.models import Sample
from colloquia.consultations.presentation.agreement import of_label
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.double_coding import CoderProgress, Difference, Measured
from colloquia.core.components import Coverage
from colloquia.core.tables import Column, Table
from colloquia.core.written import with_thousands
from colloquia.engines.bulk import PassageRow


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage that coders coded differently, with what each said in words."""

    passage: PassageRow | None
    passage_id: str
    answers: list[tuple[str, str]]
    machine: str
    passage_url: str
    correct_url: str


def url(visit: Visit, name: str, *arguments: str) -> str:
    """An address of a sample, which always names its run: there may be a later one."""
    return f"{reverse(name, args=[visit.slug, *arguments])}?run={visit.run.number}"


def state_of(sample: Sample) -> str:
    """Where a sample stands."""
    return _("closed") if sample.closed_at else _("being coded")


def table(visit: Visit, rows: Sequence[Sample], progress: Mapping[int, Sequence[CoderProgress]]) -> Table:
    """The samples of a run."""
    columns = (
        Column("title", _("Sample"), link="url"),
        Column("number", _("Number"), "number", shown=False),
        Column("question", _("Question"), "identifier"),
        Column("size", _("Passages"), "number"),
        Column("population", _("Drawn from"), "number"),
        Column("seed", _("Seed"), "identifier"),
        Column("coders", _("Coders")),
        Column("finished", _("Have finished"), "number"),
        Column("state", _("State")),
        Column("drawn", _("Drawn"), "date"),
    )
    listed = [
        {
            "title": _("Sample %(number)s") % {"number": row.number},
            "url": url(visit, "consultation_sample", str(row.number)),
            "number": row.number,
            "question": row.question_id or None,
            "size": row.size,
            "population": row.population,
            "seed": str(row.seed),
            "coders": ", ".join(str(one.coder) for one in progress[row.pk]),
            "finished": sum(one.has_finished for one in progress[row.pk]),
            "state": state_of(row),
            "drawn": row.made_at,
        }
        for row in rows
    ]
    empty = _("No sample of this run has been drawn yet.")
    return Table("samples", _("Samples for double coding"), columns, listed, empty=empty)


def bar(one: CoderProgress) -> Coverage:
    """How far a coder has come."""
    values = {
        "name": str(one.coder),
        "coded": with_thousands(one.coded),
        "total": with_thousands(one.total),
    }
    if one.has_finished:
        sentence = _("%(name)s has coded %(coded)s of %(total)s passages and has finished.") % values
    else:
        sentence = _("%(name)s has coded %(coded)s of %(total)s passages.") % values
    return Coverage(sentence, done=one.coded, total=one.total)


def shown(visit: Visit, sample: Sample, differences: Sequence[Difference]) -> list[Shown]:
    """Differences with the words of the passages, and the way to where an officer decides."""
    labels = {theme["id"]: theme["label"] for theme in sample.themes}
    passages = visit.bulk.passages_by_id([item.passage_id for item in differences])
    return [
        Shown(
            passages.get(item.passage_id),
            item.passage_id,
            [(str(coder), of_label(labels, themes)) for coder, themes in item.answers],
            _machine(labels, item),
            url(visit, "consultation_passage", item.passage_id),
            correction_url(visit, sample, [item.passage_id]),
        )
        for item in differences
    ]


def _machine(labels: Mapping[str, str], item: Difference) -> str:
    return _("did not code it") if item.machine is None else of_label(labels, item.machine)


def differences_table(visit: Visit, sample: Sample, differences: Sequence[Difference]) -> Table:
    """The same for a spreadsheet: a column for each coder."""
    labels = {theme["id"]: theme["label"] for theme in sample.themes}
    coders = sorted(sample.coders.all(), key=lambda person: person.pk)
    passages = visit.bulk.passages_by_id([item.passage_id for item in differences])
    columns = (
        Column("passage_id", _("Passage"), "identifier"),
        Column("text", _("Text"), language="language"),
        Column("language", _("Language code"), "identifier"),
        *(Column(f"coder_{coder.pk}", str(coder)) for coder in coders),
        Column("machine", _("The machine, when the sample was drawn")),
    )
    rows = []
    for item in differences:
        passage = passages.get(item.passage_id)
        row: dict[str, Any] = {
            "passage_id": item.passage_id,
            "text": passage.text if passage else None,
            "language": passage.language if passage else None,
            "machine": _machine(labels, item),
        }
        row |= {f"coder_{coder.pk}": of_label(labels, themes) for coder, themes in item.answers}
        rows.append(row)
    return Table(
        f"differences-{sample.number}",
        _("Passages coded differently"),
        columns,
        rows,
        empty=_("All coders gave every passage the same themes."),
    )


def correction_url(visit: Visit, sample: Sample, passage_ids: Sequence[str]) -> str:
    """Where an officer decides on passages: the page of corrections, with these chosen."""
    back = url(visit, "consultation_sample", str(sample.number))
    query = [("run", str(visit.run.number)), ("question", sample.question_id), ("back", back)]
    query += [("passage", name) for name in passage_ids]
    address = visit.url("consultation_correct", "move").partition("?")[0]
    return f"{address}?{urlencode(query)}" if address else ""


def as_json(sample: Sample, progress: Sequence[CoderProgress]) -> dict[str, Any]:
    """A sample with how far it is; no code of anybody."""
    return {
        "number": sample.number,
        "question": sample.question_id or None,
        "size": sample.size,
        "population": sample.population,
        "seed": sample.seed,
        "stratified_by": sample.stratified_by or None,
        "without_shared": sample.without_shared,
        "drawn_at": sample.made_at.isoformat(),
        "closed_at": sample.closed_at.isoformat() if sample.closed_at else None,
        "coders": [
            {"name": str(one.coder), "coded": one.coded, "finished": one.has_finished} for one in progress
        ],
    }


def measured_json(found: Measured) -> dict[str, Any]:
    """The measures of a closed sample."""
    return asdict(found)
