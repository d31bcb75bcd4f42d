"""Taking in the results of an analysis as a run: checked, copied, indexed, and only then shown."""

from __future__ import annotations

import contextlib
import errno
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max

from colloquia.consultations.models import (
    Consultation,
    MachineBreakdown,
    MachineQuote,
    MachineTheme,
    Run,
    RunQuestion,
    SharedText,
)
from colloquia.consultations.services.checking import check_results
from colloquia.consultations.services.counting import count_themes
from colloquia.consultations.services.guessing import guess_states_of
from colloquia.consultations.services.proposing import ask_for_proposals
from colloquia.consultations.sources import submission_ids
from colloquia.core import audit, identifiers
from colloquia.engines.bulk.database import forget
from colloquia.engines.bulk.index import build_index
from colloquia.engines.store.manifest import file_digest

_BATCH = 500


def store_run(
    *,
    consultation: Consultation,
    folder: Path,
    by: Any = None,
    prior: Run | None = None,
    prior_sequence: int = 0,
) -> Run:
    """Take the results in ``folder`` (as ``colloquia analyse`` wrote them) in as the next run.

    The same results again give the run that there is. Killed half way, nothing is shown and the next call
    begins anew. The folder given stays as it is. Raises RunNotWhole, and OSError where there is no room.
    """
    analysis, manifest = check_results(folder)
    fingerprint = file_digest(folder / "manifest.json")
    name = f"{consultation.slug}-{fingerprint[:16]}"
    with _one_at_a_time(name):
        held = Run.objects.filter(folder_name=name, is_complete=True).first()
        if held is not None:
            return held
        _clear(name)
        try:
            _copy(folder, Path(settings.RUNS) / name)
            run = _begin(consultation, name, fingerprint, analysis, manifest, by)
            run.prior, run.prior_sequence = prior, prior_sequence
            _write_rows(run, analysis)
            guess_states_of(run, by=by)
            _reserve_ids(run)
            count_themes(run)
            run.is_complete = True
            with transaction.atomic():
                run.save(update_fields=["prior", "prior_sequence", "is_complete"])
                audit.record(run, "consultations.store_run", by=by, before={}, after={"folder": name})
                ask_for_proposals(run)
        except BaseException:
            # A full disk shall not be kept full by what was not stored.
            _clear(name)
            raise
        return Run.objects.select_related("consultation").get(pk=run.pk)


def _reserve_ids(run: Run) -> None:
    """A submission received here later shall not have the id of one that was analysed elsewhere."""
    identifiers.reserve(submission_ids(run))


@contextlib.contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    import fcntl

    root = Path(settings.RUNS)
    root.mkdir(parents=True, exist_ok=True)
    with (root / f".{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _clear(name: str) -> None:
    """Remove what an interrupted storing left."""
    for run in Run.objects.filter(folder_name=name, is_complete=False):
        for model in (MachineTheme, MachineQuote, SharedText, MachineBreakdown, RunQuestion):
            model._default_manager.filter(run=run).delete()
        run.delete()
    for left in (Path(settings.RUNS) / name, Path(settings.RUNS) / f".{name}.part"):
        shutil.rmtree(left, ignore_errors=True)
    forget(Path(settings.RUNS) / name)


def _copy(folder: Path, target: Path) -> None:
    import duckdb

    part = target.with_name(f".{target.name}.part")
    part.mkdir(mode=0o700)
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.is_symlink():
            shutil.copyfile(path, part / path.name)
    try:
        build_index(part)
    except duckdb.IOException as error:
        raise OSError(errno.EIO, f"the index of the run could not be written ({error})", str(part)) from error
    part.rename(target)


@transaction.atomic
def _begin(
    consultation: Consultation,
    name: str,
    fingerprint: str,
    analysis: dict[str, Any],
    manifest: dict[str, Any],
    by: Any,
) -> Run:
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    last = Run.objects.filter(consultation=consultation).aggregate(last=Max("number"))["last"] or 0
    return Run.objects.create(
        consultation=consultation,
        number=last + 1,
        folder_name=name,
        fingerprint=fingerprint,
        program=str(manifest.get("program", ""))[:60],
        begun_at=_moment(manifest.get("begun")),
        stored_by=by,
        funnel=analysis.get("funnel", {}),
        quality=analysis.get("quality", {}),
        parameters=analysis.get("parameters", {}),
        languages=analysis.get("languages", []),
        problems=analysis.get("problems", []),
        closed=analysis.get("closed", []),
        carried=analysis.get("carried") or {},
    )


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _write_rows(run: Run, analysis: dict[str, Any]) -> None:
    """All rows of the run, in batches that are transactions of their own."""
    themes = analysis["themes"]
    parents = {theme["parent_id"] for theme in themes} - {None, ""}
    _add(MachineTheme, (_theme(run, place, theme, parents) for place, theme in enumerate(themes)))
    quotes = [quote for theme in themes for quote in theme["quotes"]]
    _add(MachineQuote, (_quote(run, place, quote) for place, quote in enumerate(quotes)))
    _add(SharedText, (_shared(run, place, group) for place, group in enumerate(_groups(run.folder))))
    _add(MachineBreakdown, (_breakdown(run, item) for item in analysis["breakdowns"]))
    counted = {item["question_id"]: item for item in analysis["questions"]}
    questions = (analysis.get("paper") or {}).get("questions", [])
    _add(
        RunQuestion,
        (_question(run, place, item, counted.get(item["id"], {})) for place, item in enumerate(questions)),
    )


def _add(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    batch: list[models.Model] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            model._default_manager.bulk_create(batch)
            batch = []
    model._default_manager.bulk_create(batch)


def _theme(run: Run, place: int, theme: dict[str, Any], parents: set[str]) -> MachineTheme:
    return MachineTheme(
        run=run,
        theme_id=theme["theme_id"],
        question_id=theme["question_id"] or "",
        parent_id=theme["parent_id"] or "",
        is_parent=theme["theme_id"] in parents,
        label=theme["label"],
        terms=list(theme["terms"]),
        submissions=theme["submissions"],
        messages=theme["distinct_messages"],
        stability=theme["stability"],
        continues=theme.get("continues") or "",
        position=place,
    )


def _quote(run: Run, place: int, quote: dict[str, Any]) -> MachineQuote:
    return MachineQuote(
        run=run,
        quote_id=quote["quote_id"],
        theme_id=quote["theme_id"],
        question_id=quote["question_id"] or "",
        passage_id=quote["passage_id"],
        start=quote["start"],
        end=quote["end"],
        text=quote["text"],
        position=place,
    )


def _groups(folder: Path) -> list[dict[str, Any]]:
    """From the table: the summary does not name representatives of similar messages."""
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(folder / "groups.parquet").to_pylist()
    return rows


def _shared(run: Run, place: int, group: dict[str, Any]) -> SharedText:
    return SharedText(run=run, position=place, **{name: group[name] for name in _GROUP})


_GROUP = ("group_id", "kind", "members", "representative")


def _breakdown(run: Run, item: dict[str, Any]) -> MachineBreakdown:
    return MachineBreakdown(
        run=run,
        question_id=item["question_id"] or "",
        dimension=item["dimension"],
        base=item["base"],
        missing=item["missing"],
        overlapping=item["overlapping"],
        rows=item["rows"],
    )


def _question(run: Run, place: int, item: dict[str, Any], counted: dict[str, Any]) -> RunQuestion:
    return RunQuestion(
        run=run,
        question_id=item["id"],
        position=place,
        text=item["text"],
        issue_id=item["issue_id"],
        issue_title=item["issue_title"],
        grade=item.get("evidence", ""),
        machine_submissions=counted.get("submissions", 0),
        machine_messages=counted.get("distinct_messages", 0),
        machine_passages=counted.get("passages", 0),
    )
