"""Samples that several officers coded: how far each has come, how far they agree, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, QuerySet

from colloquia.consultations.models import Coding, Run, Sample
from colloquia.consultations.queries.remembered import Remembered
from colloquia.engines import agreement as engine

Measure = dict[str, Any]
"""The fields of ``engines.agreement.Agreement``."""


@dataclass(frozen=True, slots=True)
class CoderProgress:
    """How many of a sample's passages a coder has coded, and whether they said that they have finished."""

    coder: Any
    coded: int
    total: int
    has_finished: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """What a closed sample says of agreement; every measure as the engine gave it.

    ``coders`` holds for each person (by key, in that order) the measures beside the machine. ``themes``
    holds for each theme id and label its uses by people, and measures among people and beside the machine.
    """

    alpha: Measure
    percentage: Measure
    machine_alpha: Measure
    machine_percentage: Measure
    coders: tuple[dict[str, Any], ...]
    themes: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that coders coded differently: theme ids by coder, what all gave, and what only some did."""

    passage_id: str
    answers: tuple[tuple[Any, tuple[str, ...]], ...]
    agreed: tuple[str, ...]
    disputed: tuple[str, ...]
    machine: tuple[str, ...] | None


_measured: Remembered[Measured] = Remembered(32)


def samples_of(run: Run) -> QuerySet[Sample]:
    """The samples of a run, latest first, with who drew and closed them and their coders. Two queries."""
    rows = Sample.objects.filter(run=run).order_by("-number")
    return rows.select_related("made_by", "closed_by").prefetch_related("coders")


def samples_to_code(person: Any) -> list[tuple[Sample, int]]:
    """Open samples that a person still has to finish, with how many passages they have coded. Two queries."""
    rows = Sample.objects.filter(coders=person, closed_at=None).select_related("run__consultation")
    open_ones = [row for row in rows.order_by("pk") if person.pk not in row.finished]
    counted = dict(
        Coding.objects.filter(sample__in=open_ones, coder=person)
        .order_by()
        .values_list("sample")
        .annotate(coded=Count("pk"))
    )
    return [(row, counted.get(row.pk, 0)) for row in open_ones]


def progress_of(samples: Iterable[Sample]) -> dict[int, list[CoderProgress]]:
    """By key of the sample how far each of its coders has come. One query and those of the coders."""
    listed = list(samples)
    counts = Coding.objects.filter(sample__in=listed).order_by().values_list("sample", "coder")
    counted = {(sample, coder): n for sample, coder, n in counts.annotate(n=Count("pk"))}
    return {
        sample.pk: [
            CoderProgress(
                coder,
                counted.get((sample.pk, coder.pk), 0),
                len(sample.passages),
                coder.pk in sample.finished,
            )
            for coder in sorted(sample.coders.all(), key=lambda person: person.pk)
        ]
        for sample in listed
    }


def codings_of(sample: Sample) -> list[engine.Coding]:
    """What every coder said, and None for what they did not code, for the engine. Two queries.

    Coders go by their key.
    """
    said = {
        (name, coder): frozenset(themes)
        for name, coder, themes in Coding.objects.filter(sample=sample)
        .order_by()
        .values_list("passage_id", "coder", "themes")
    }
    coders = sorted(coder.pk for coder in sample.coders.all())
    return [
        engine.Coding(name, str(coder), said.get((name, coder)))
        for name in sample.passages
        for coder in coders
    ]


def measured(sample: Sample) -> Measured | None:
    """The agreement on a closed sample, None while anybody codes. No query where it was stored."""
    if sample.closed_at is None:
        return None
    if sample.result:
        return Measured(**sample.result)
    return _measured.get((sample.pk, sample.closed_at), lambda: compute(sample))


def compute(sample: Sample) -> Measured:
    """The agreement on the codings of a sample as they stand."""
    codings = codings_of(sample)
    machine = {name: frozenset(themes) for name, themes in sample.machine.items()}
    seed = sample.seed
    coders = sorted({coding.coder for coding in codings}, key=int)
    ids = [theme["id"] for theme in sample.themes]
    among = {one.code: one for one in engine.per_code(codings, codes=ids, seed=seed)}
    beside = {one.code: one for one in engine.per_code(codings, codes=ids, machine=machine, seed=seed)}
    given = [coding.codes for coding in codings if coding.codes is not None]
    return Measured(
        asdict(engine.krippendorff_alpha(codings, seed=seed)),
        asdict(engine.percentage_agreement(codings, seed=seed)),
        asdict(engine.krippendorff_alpha(codings, machine=machine, seed=seed)),
        asdict(engine.percentage_agreement(codings, machine=machine, seed=seed)),
        tuple(_beside_machine(coder, codings, machine, seed) for coder in coders),
        tuple(
            {
                "id": theme["id"],
                "label": theme["label"],
                "uses": sum(theme["id"] in codes for codes in given),
                "alpha": asdict(among[theme["id"]].alpha),
                "kappa": asdict(among[theme["id"]].kappa),
                "percentage": asdict(among[theme["id"]].percentage),
                "machine_kappa": asdict(beside[theme["id"]].kappa),
            }
            for theme in sample.themes
        ),
    )


def _beside_machine(
    coder: str, codings: list[engine.Coding], machine: dict[str, frozenset[str]], seed: int
) -> dict[str, Any]:
    own = [coding for coding in codings if coding.coder == coder]
    return {
        "coder": int(coder),
        "alpha": asdict(engine.krippendorff_alpha(own, machine=machine, seed=seed)),
        "percentage": asdict(engine.percentage_agreement(own, machine=machine, seed=seed)),
    }


def differences_of(sample: Sample) -> list[Difference]:
    """Where coders of a closed sample differ, the widest apart first; nothing while anybody codes."""
    if sample.closed_at is None:
        return []
    people = {str(coder.pk): coder for coder in sample.coders.all()}
    return [
        Difference(
            one.unit,
            tuple((people[coder], tuple(sorted(codes))) for coder, codes in one.answers),
            tuple(sorted(one.agreed)),
            tuple(sorted(one.disputed)),
            tuple(sample.machine[one.unit]) if one.unit in sample.machine else None,
        )
        for one in engine.disagreements(codings_of(sample))
    ]
