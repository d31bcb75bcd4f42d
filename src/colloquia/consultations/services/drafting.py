"""Asking a model for drafts, one theme after the other; what was asked already is not asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from colloquia.consultations.endpoint import Completion, Endpoint, EndpointError, nonce
from colloquia.consultations.models import Draft, DraftRequest, Run, RunQuestion, ThemeInEffect
from colloquia.consultations.models.drafts import DraftKind
from colloquia.consultations.models.requests import RequestState
from colloquia.consultations.queries.drafting import brief_of, parties_of
from colloquia.consultations.services.draft_decisions import DraftRefused
from colloquia.core import audit
from colloquia.core.jobs import enqueue
from colloquia.engines import drafting as engine

TASK = "consultations.draft"
MOST_THEMES = 60


def request_drafts(
    *, run: Run, kind: str, themes: Sequence[str], language: str, by: Any, here: bool = False
) -> DraftRequest:
    """Ask for a name of each theme, or summary sentences on it; the worker does it, or the caller (``here``).

    Raises:
        DraftRefused: drafting is off, the run is signed, or these themes cannot be drafted on now.
    """
    if Endpoint.from_settings("drafting") is None:
        raise DraftRefused("off")
    if run.is_signed:
        raise DraftRefused("signed")
    if language not in engine.LANGUAGES:
        raise DraftRefused("language")
    rows = ThemeInEffect.objects.filter(run=run, theme_id__in=list(themes), is_live=True)
    found = {row.theme_id: row for row in rows}
    names = [name for name in dict.fromkeys(themes) if name in found]
    if not names or kind not in DraftKind.values:
        raise DraftRefused("themes")
    if len(names) > MOST_THEMES:
        raise DraftRefused("many")
    questions = {found[name].question_id for name in names}
    with transaction.atomic():
        Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
        under_way = DraftRequest.objects.filter(
            run=run, kind=kind, state__in=(RequestState.WAITING, RequestState.RUNNING)
        )
        busy = {name for other in under_way for name in other.themes if name not in other.outcomes}
        if busy & set(names):
            raise DraftRefused("under way")
        row = DraftRequest.objects.create(
            run=run,
            kind=kind,
            question_id=questions.pop() if len(questions) == 1 else "",
            themes=names,
            language=language,
            asked_by=by,
        )
        audit.record(row, "consultations.request_drafts", by=by, before={})
        if not here:
            enqueue(TASK, row.pk)
    return row


@transaction.atomic
def ask_again(*, request: int, by: Any, here: bool = False) -> DraftRequest:
    """Take up a request that failed; what it has done already is not asked again. Raises DraftRefused."""
    row = DraftRequest.objects.select_for_update(of=("self",)).select_related("run").get(pk=request)
    if row.state != RequestState.FAILED:
        raise DraftRefused("not failed")
    if Endpoint.from_settings("drafting") is None:
        raise DraftRefused("off")
    if row.run.is_signed:
        raise DraftRefused("signed")
    before = audit.snapshot(row)
    row.state, row.problem, row.ended_at = RequestState.WAITING, {}, None
    row.save(update_fields=["state", "problem", "ended_at"])
    audit.record(row, "consultations.ask_drafts_again", by=by, before=before)
    if not here:
        enqueue(TASK, row.pk)
    return row


@transaction.atomic
def give_up(*, request: int, by: Any) -> DraftRequest:
    """End a request; drafts that it has brought stay. Raises DraftRefused."""
    row = DraftRequest.objects.select_for_update(of=("self",)).get(pk=request)
    if not row.is_under_way:
        raise DraftRefused("ended")
    before = audit.snapshot(row)
    _end(row, RequestState.FAILED, {"code": "given up", "details": {}})
    audit.record(row, "consultations.give_up_drafts", by=by, before=before)
    return row


def perform(request_id: int) -> None:
    """Ask the model about each theme that was not asked about yet. Called by the worker; may be called again.

    What goes wrong with the endpoint ends the request with its words; what was brought stays.
    """
    row = DraftRequest.objects.select_related("run__consultation", "asked_by").get(pk=request_id)
    if not row.is_under_way:
        return
    endpoint = Endpoint.from_settings("drafting")
    if endpoint is None:
        _end(row, RequestState.FAILED, {"code": "off", "details": {}})
        return
    row.state = RequestState.RUNNING
    row.save(update_fields=["state"])
    try:
        parties = parties_of(row.run)
        for theme in row.themes:
            if theme not in row.outcomes and not _draft(row, theme, endpoint, parties):
                return
    except EndpointError as error:
        _end(row, RequestState.FAILED, {"code": error.code, "details": error.details})
    except Exception:
        # Whatever it is, the officer must not see a request at work for ever; the worker's log has the rest.
        _end(row, RequestState.FAILED, {"code": "broken off", "details": {}})
        raise
    else:
        _end(row, RequestState.DONE, {})


def _end(row: DraftRequest, state: str, problem: dict[str, Any]) -> None:
    row.state, row.problem, row.ended_at = state, problem, timezone.now()
    row.save(update_fields=["state", "problem", "ended_at"])


def _draft(row: DraftRequest, name: str, endpoint: Endpoint, parties: frozenset[str]) -> bool:
    """Ask about one theme and keep what came of it; False where the request was given up meanwhile."""
    run = Run.objects.select_related("consultation").get(pk=row.run_id)
    theme = ThemeInEffect.objects.filter(run=run, theme_id=name, is_live=True).first()
    if theme is None:
        return _keep(row, name, run, [], {"reason": "theme"})
    fence = nonce(f"run {run.pk}", name)
    brief = brief_of(run, theme)
    try:
        if row.kind == DraftKind.NAME:
            prompt = engine.prompt_for_name(brief, row.language, nonce=fence)
        else:
            question = RunQuestion.objects.filter(run=run, question_id=theme.question_id).first()
            prompt = engine.prompt_for_summary(
                brief, question.text if question else "", row.language, nonce=fence
            )
    except ValueError:
        return _keep(row, name, run, [], {"reason": "no passages"})
    completion = endpoint.complete(prompt.messages, max_tokens=prompt.max_tokens)
    provenance = _provenance(completion, prompt, run)
    drafts, outcome = _read(row.kind, completion.text, prompt, parties)
    for draft in drafts:
        draft.question_id, draft.theme_id = theme.question_id, name
        draft.provenance = {**provenance, "dropped": outcome["dropped"]}
    return _keep(row, name, run, drafts, {**outcome, "provenance": provenance})


def _provenance(completion: Completion, prompt: engine.Prompt, run: Run) -> dict[str, Any]:
    return {
        **completion.provenance(prompt.version),
        "shown": len(prompt.passages),
        "left_out": prompt.left_out,
        "sequence": run.sequence,
    }


def _read(
    kind: str, answer: str, prompt: engine.Prompt, parties: frozenset[str]
) -> tuple[list[Draft], dict[str, Any]]:
    """Drafts of which every quotation was found, and what became of the rest."""
    if kind == DraftKind.NAME:
        name = engine.read_name(answer, prompt, parties=parties)
        if isinstance(name, engine.Refusal):
            return [], _refused(name)
        drafts = [Draft(text=name.name, evidence=_evidence(name.quotes))]
        dropped = name.dropped
    else:
        summary = engine.read_summary(answer, prompt, parties=parties)
        if isinstance(summary, engine.Refusal):
            return [], _refused(summary)
        drafts = [Draft(text=item.text, evidence=_evidence(item.quotes)) for item in summary.sentences]
        dropped = summary.dropped
    return drafts, {"kept": len(drafts), "dropped": [_dropped(item) for item in dropped]}


def _refused(refusal: engine.Refusal) -> dict[str, Any]:
    return {"reason": str(refusal.reason), "text": refusal.text, "dropped": []}


def _dropped(refusal: engine.Refusal) -> dict[str, str]:
    return {"reason": str(refusal.reason), "text": refusal.text}


def _evidence(quotes: Sequence[engine.CheckedQuote]) -> list[dict[str, Any]]:
    return [{"quote": item.pop("text"), **item} for item in (asdict(quote) for quote in quotes)]


@transaction.atomic
def _keep(row: DraftRequest, name: str, run: Run, drafts: list[Draft], outcome: dict[str, Any]) -> bool:
    locked = DraftRequest.objects.select_for_update(of=("self",)).get(pk=row.pk)
    row.outcomes = locked.outcomes
    if locked.state != RequestState.RUNNING:
        return False
    if name not in locked.outcomes:
        for draft in drafts:
            draft.run, draft.request, draft.kind, draft.language = run, locked, row.kind, row.language
            draft.asked_by = row.asked_by
        Draft.objects.bulk_create(drafts)
        locked.outcomes[name] = outcome
        locked.save(update_fields=["outcomes"])
    return True
