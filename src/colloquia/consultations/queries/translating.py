"""Translations of passages: which there are, whether they still fit, and which the next run takes in."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from colloquia.consultations.models import AnalysisRequest, Consultation, Run, Translation
from colloquia.consultations.queries.coverage import unsupported_languages
from colloquia.consultations.queries.remembered import Remembered
from colloquia.consultations.queries.state import bulk_of
from colloquia.engines.bulk.translators import STALE, Held, Source, TranslatedDocument, TranslatorsBulk


@dataclass(frozen=True, slots=True)
class Standing:
    """A translation in effect, and where it stands with a run.

    ``is_stale`` where the passage now reads otherwise. ``entered`` is the number of the run that first took
    these very words in, 0 where this one did not; ``enters`` says that the next one will. A passage that the
    program can compare itself enters with its own words, and its translation serves readers alone.
    """

    row: Translation
    is_stale: bool
    entered: int
    enters: bool


def source_digest(text: str) -> str:
    """The SHA-256 by which a translation knows the text that it translates."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def translators_bulk(run: Run) -> TranslatorsBulk:
    """The run's bulk as in effect, as translators need it."""
    bulk = bulk_of(run)
    return TranslatorsBulk(bulk.folder, bulk.overlay)


def target_languages(run: Run) -> tuple[str, ...]:
    """Languages into which passages may be translated: those of the run's encoder, English first."""
    from colloquia.engines.meaning.encoders import ENCODERS

    encoder = ENCODERS.get(str(run.parameters.get("encoder", "")))
    codes = (
        encoder.languages if encoder else {item["language"] for item in run.languages if item["supported"]}
    )
    return tuple(sorted(codes | {"en"}, key=lambda code: (code != "en", code)))


def live(consultation: Consultation | int) -> QuerySet[Translation]:
    """Translations in effect, the earliest first."""
    return Translation.objects.filter(consultation=consultation, replaced_at=None).order_by("pk")


def translations_for(
    consultation: Consultation | int, passages: Iterable[str] | Mapping[str, str], language: str
) -> dict[str, Translation]:
    """Of each passage the translation to be shown to who reads ``language``: into it, else into English,
    else the earliest. One query.

    ``passages`` are ids; where they are given with their texts, translations of other wordings are left out.
    """
    texts = passages if isinstance(passages, Mapping) else None
    rows = live(consultation).filter(passage_id__in=list(passages))
    found: dict[str, Translation] = {}
    for row in sorted(rows, key=lambda item: (item.language == language, item.language == "en", -item.pk)):
        if texts is None or row.source_sha256 == source_digest(texts[row.passage_id]):
            found[row.passage_id] = row
    return found


def history_of(consultation: Consultation, passage_ids: Iterable[str]) -> dict[str, list[Translation]]:
    """Every translation that there ever was of passages, the latest first. One query."""
    found: dict[str, list[Translation]] = defaultdict(list)
    rows = Translation.objects.filter(consultation=consultation, passage_id__in=list(passage_ids))
    for row in rows.select_related("by").order_by("-pk"):
        found[row.passage_id].append(row)
    return dict(found)


def standings(run: Run, passage_ids: Iterable[str] | None = None) -> list[Standing]:
    """Translations in effect of these passages, or of all, each with where it stands. Two queries at most."""
    rows = live(run.consultation_id)
    if passage_ids is not None:
        rows = rows.filter(passage_id__in=list(passage_ids)).select_related("by")
    return _standings(run, list(rows))


def _standings(run: Run, rows: list[Translation]) -> list[Standing]:
    bulk = translators_bulk(run)
    sources, inside = bulk.sources(row.passage_id for row in rows), bulk.translated_documents()
    chosen = _chosen(run, rows, sources, inside)
    first = _first_runs(run) if inside else {}
    found = []
    for row in rows:
        document = inside.get(f"{row.passage_id}.{row.language}")
        in_run = document is not None and document.sha256 == source_digest(row.text)
        entered = first.get(row.pk, run.number) if in_run else 0
        found.append(Standing(row, not _fits(row, sources), entered, row.pk in chosen and not in_run))
    return found


def _first_runs(run: Run) -> dict[int, int]:
    """Of translations the number of the run that took them in first. One query."""
    made = AnalysisRequest.objects.filter(
        consultation=run.consultation_id, result__number__lte=run.number
    ).order_by("-result__number")
    return {
        key: number
        for number, keys in made.values_list("result__number", "translations")
        if number is not None
        for key in keys
    }


def entering(run: Run) -> list[int]:
    """Keys of the translations that a run made from this one takes in, in the order in which they came.

    They still fit, are of passages that the program cannot compare itself, and into a language in which it
    can; of several one a passage: that which an earlier run took in, else English, else the earliest.
    """
    rows = list(live(run.consultation_id))
    bulk = translators_bulk(run)
    sources = bulk.sources(row.passage_id for row in rows)
    return sorted(_chosen(run, rows, sources, bulk.translated_documents()))


def _chosen(
    run: Run,
    rows: Iterable[Translation],
    sources: Mapping[str, Source],
    inside: Mapping[str, TranslatedDocument],
) -> set[int]:
    waiting, targets = set(unsupported_languages(run)), set(target_languages(run))
    best: dict[str, Translation] = {}
    for row in rows:
        if not _fits(row, sources) or row.language not in targets:
            continue
        if sources[row.passage_id].language not in waiting:
            continue
        held = best.get(row.passage_id)
        if held is None or _rank(row, inside) < _rank(held, inside):
            best[row.passage_id] = row
    return {row.pk for row in best.values()}


def _fits(row: Translation, sources: Mapping[str, Source]) -> bool:
    source = sources.get(row.passage_id)
    return source is not None and source.sha256 == row.source_sha256


def _rank(row: Translation, inside: Mapping[str, TranslatedDocument]) -> tuple[bool, bool, int]:
    return f"{row.passage_id}.{row.language}" not in inside, row.language != "en", row.pk


@dataclass(frozen=True, slots=True)
class Overview:
    """All translations in effect, counted: what the bulk is told of each, with its language."""

    held: tuple[tuple[str, Held], ...]
    entering: int
    stale: int

    def into(self, language: str = "") -> list[Held]:
        """Those into a language; all without one."""
        return [item for code, item in self.held if not language or code == language]


_overviews: Remembered[Overview] = Remembered(8)


def overview(run: Run) -> Overview:
    """All translations in effect and where they stand. One query where none changed since the last look."""
    rows = Translation.objects.filter(consultation=run.consultation_id)
    state = rows.aggregate(Max("pk"), Max("at"), live=Count("pk", filter=Q(replaced_at=None)))
    return _overviews.get((run.pk, run.version, *state.values()), lambda: _overview(run))


def _overview(run: Run) -> Overview:
    found = standings(run)
    return Overview(
        tuple(
            (
                item.row.language,
                Held(item.row.passage_id, STALE if item.is_stale else item.row.kind, bool(item.entered)),
            )
            for item in found
        ),
        sum(item.enters for item in found),
        sum(item.is_stale for item in found),
    )
