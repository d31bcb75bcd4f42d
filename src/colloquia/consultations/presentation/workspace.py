"""An officer's own page as tables and JSON: a table for each kind of work that waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from colloquia.consultations.models import AnalysisRequest, Consultation, Correction, Run
from colloquia.consultations.presentation import batches as batch_shape
from colloquia.consultations.queries.reading import BatchProgress
from colloquia.consultations.queries.workspace import TranslationsWaiting
from colloquia.core.tables import Column, Table
from colloquia.engines.languages.names import language_name

Found = Mapping[str, Any]


def tables(found: Found, language: str) -> list[Table]:
    """Batches, samples, translations, runs, requests, corrections, where found; in the order of the page."""
    made: dict[str, Callable[[Any, str], Table]] = {
        "batches": _batches,
        "samples": _samples,
        "translations": _translations,
        "runs": _runs,
        "requests": _requests,
        "corrections": _corrections,
    }
    return [make(found[name], language) for name, make in made.items() if name in found]


def headings() -> dict[str, str]:
    """What stands above each table, by its name."""
    return {
        "batches": _("Submissions to read"),
        "samples": _("Samples to code"),
        "translations": _("Translations waiting"),
        "runs": _("Runs to review or sign"),
        "requests": _("Analyses under way"),
        "corrections": _("Latest corrections"),
    }


def languages(waiting: Iterable[TranslationsWaiting], own: Sequence[str], language: str) -> list[Any]:
    """(code, name, whether who looks reads it) of languages in which passages wait, and of those noted."""
    codes = {item["language"] for row in waiting for item in row.run.languages if not item.get("supported")}
    return [
        (code, language_name(code, language), code in own)
        for code in sorted((codes | set(own)) - {"", "und"})
    ]


def _title(consultation: Consultation, language: str) -> str:
    return consultation.title(language)


def _at(name: str, run: Run, *arguments: Any) -> str:
    return f"{reverse(name, args=[run.consultation.slug, *arguments])}?run={run.number}"


def _batches(rows: Iterable[BatchProgress], language: str) -> Table:
    columns = (
        Column("title", _("Batch"), link="url", note="consultation"),
        Column("slug", _("Consultation"), "identifier", shown=False),
        Column("read", _("Read"), "number"),
        Column("total", _("Submissions"), "number"),
        Column("due", _("Due"), "date"),
        Column("state", _("State")),
    )
    listed = [
        {
            "title": batch_shape.name_of(row.batch),
            "url": reverse(
                "consultation_reading_batch", args=[row.batch.consultation.slug, row.batch.number]
            ),
            "consultation": _title(row.batch.consultation, language),
            "slug": row.batch.consultation.slug,
            "read": row.read,
            "total": row.total,
            "due": row.batch.due_on,
            "state": batch_shape.state_of(row),
        }
        for row in rows
    ]
    empty = _("No batch is assigned to you.")
    return Table("batches", _("My open batches, those due first"), columns, listed, empty=empty)


def _samples(rows: Iterable[Any], language: str) -> Table:
    columns = (
        Column("title", _("Sample"), link="url", note="consultation"),
        Column("coded", _("Coded"), "number"),
        Column("size", _("Passages"), "number"),
    )
    listed = [
        {
            "title": _("Sample %(number)s") % {"number": sample.number},
            "url": _at("consultation_sample", sample.run, sample.number),
            "consultation": _title(sample.run.consultation, language),
            "coded": coded,
            "size": sample.size,
        }
        for sample, coded in rows
    ]
    empty = _("No sample waits to be coded by you.")
    return Table("samples", _("Samples that I code"), columns, listed, empty=empty)


def _translations(rows: Iterable[TranslationsWaiting], language: str) -> Table:
    columns = (
        Column("consultation", _("Consultation"), link="url"),
        Column("waiting", _("Passages without a translation"), "number"),
        Column("passages", _("Passages in unsupported languages"), "number"),
    )
    listed = [
        {
            "consultation": _title(row.run.consultation, language),
            "url": _at("consultation_reading_queue", row.run),
            "waiting": row.waiting,
            "passages": row.passages,
        }
        for row in rows
        if row.waiting
    ]
    empty = _("No passage waits for a translation.")
    return Table(
        "translations", _("Passages without a translation, by consultation"), columns, listed, empty=empty
    )


def _runs(rows: Iterable[tuple[Run, str]], language: str) -> Table:
    words = {
        "review": _("waiting for review"),
        "sign": _("reviewed; you may sign it"),
        "other": _("reviewed by you; another officer must sign it"),
    }
    columns = (
        Column("run", _("Run"), link="url", note="consultation"),
        Column("state", _("State")),
        Column("stored", _("Stored"), "date"),
    )
    listed = [
        {
            "run": _("Run %(number)s") % {"number": run.number},
            "url": _at("consultation_sign", run),
            "consultation": _title(run.consultation, language),
            "state": words[what],
            "stored": run.stored_at,
        }
        for run, what in rows
    ]
    empty = _("No run waits for review or signature.")
    return Table(
        "runs", _("The latest run of each consultation, unless it is signed"), columns, listed, empty=empty
    )


def _requests(rows: Iterable[AnalysisRequest], language: str) -> Table:
    columns = (
        Column("consultation", _("Consultation"), link="url"),
        Column("state", _("State")),
        Column("done", _("Done"), "number"),
        Column("total", _("Of"), "number"),
        Column("asked_by", _("Asked for by")),
        Column("asked", _("Asked"), "date"),
    )
    listed = [
        {
            "consultation": _title(row.consultation, language),
            "url": reverse("consultation_analyse", args=[row.consultation.slug]),
            "state": row.get_state_display(),
            "done": row.done,
            "total": row.total or None,
            "asked_by": str(row.asked_by),
            "asked": row.asked_at,
        }
        for row in rows
    ]
    empty = _("No analysis is under way.")
    return Table("requests", _("Requests that have not ended"), columns, listed, empty=empty)


def _corrections(rows: Iterable[Correction], language: str) -> Table:
    columns = (
        Column("what", _("Correction"), link="url", note="consultation"),
        Column("by", _("By")),
        Column("at", _("When"), "date"),
        Column("undone", _("Undone by")),
    )
    listed = [
        {
            "what": row.get_kind_display(),
            "url": _at("consultation", row.run),
            "consultation": _title(row.run.consultation, language),
            "by": str(row.by),
            "at": row.at,
            "undone": str(row.undone_by) if row.undone_by else None,
        }
        for row in rows
    ]
    empty = _("Nobody has corrected anything yet.")
    return Table("corrections", _("The last ten corrections by anybody"), columns, listed, empty=empty)


def as_json(found: Found) -> dict[str, Any]:
    """The same for a program."""
    return {
        "batches": [
            {"consultation": row.batch.consultation.slug, **batch_shape.as_json(row)}
            for row in found["batches"]
        ],
        "samples": [
            {
                "consultation": sample.run.consultation.slug,
                "run": sample.run.number,
                "number": sample.number,
                "coded": coded,
                "size": sample.size,
            }
            for sample, coded in found.get("samples", ())
        ],
        "translations": [
            {"consultation": row.run.consultation.slug, "passages": row.passages, "waiting": row.waiting}
            for row in found["translations"]
        ],
        "runs": [
            {"consultation": run.consultation.slug, "run": run.number, "waits_for": what}
            for run, what in found.get("runs", ())
        ],
        "requests": [
            {"consultation": row.consultation.slug, "state": row.state, "done": row.done, "total": row.total}
            for row in found.get("requests", ())
        ],
        "corrections": [
            {
                "consultation": row.run.consultation.slug,
                "run": row.run.number,
                "number": row.number,
                "kind": row.kind,
                "by": str(row.by),
                "at": row.at.isoformat(),
                "undone": row.undone_at is not None,
            }
            for row in found.get("corrections", ())
        ],
    }
