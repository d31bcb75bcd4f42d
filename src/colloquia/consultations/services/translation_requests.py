"""A service asked for machine translations in the background: in batches, stopped and resumed at will."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.endpoint import Endpoint, EndpointError, nonce
from colloquia.consultations.models import Run, TranslationRequest
from colloquia.consultations.models.translations import ServiceState, TranslationKind
from colloquia.consultations.queries.translating import live, source_digest, translators_bulk
from colloquia.consultations.services.translating import (
    TranslationConflict,
    TranslationRefused,
    Written,
    save_translation,
)
from colloquia.core import audit
from colloquia.core.jobs import enqueue
from colloquia.engines.bulk import PassageRow
from colloquia.engines.drafting import (
    LANGUAGES,
    Refusal,
    TranslationUnit,
    prompt_for_translation,
    read_translation,
)

TASK = "consultations.translate"
MOST = 2_000
"""Passages of one request."""
_BATCH = 10
_OPEN = (ServiceState.WAITING, ServiceState.RUNNING)


class ServiceRefused(Exception):
    """A service cannot be asked for this now; the message says why and what to do."""


def request_translations(
    *, run: Run, passages: Sequence[str], language: str, by: Any, here: bool = False
) -> TranslationRequest:
    """Ask for machine translations of passages. The worker does it, unless the caller will (``here``).

    Passages that have a translation which fits are passed over when their turn comes.

    Raises:
        ServiceRefused: no service is set up, it does not know the language, there are no passages or too
            many, or a request is under way.
    """
    wanted = list(dict.fromkeys(passages))
    if Endpoint.from_settings("translation") is None:
        raise ServiceRefused(_("No translation service is set up on this site."))
    if language not in LANGUAGES:
        raise ServiceRefused(_("The service does not translate into this language. Choose another one."))
    if not wanted:
        raise ServiceRefused(_("Choose at least one passage."))
    if len(wanted) > MOST:
        raise ServiceRefused(
            _("A service is asked for at most 2,000 passages at once. Choose fewer, then ask again.")
        )
    try:
        with transaction.atomic():
            row = TranslationRequest.objects.create(
                consultation=run.consultation, run=run, language=language, passages=wanted, asked_by=by
            )
            audit.record(row, "consultations.request_translations", by=by, before={})
            if not here:
                enqueue(TASK, row.pk)
    except IntegrityError as error:
        raise ServiceRefused(
            _("The service is translating passages of this consultation already; wait for its end.")
        ) from error
    return row


@transaction.atomic
def stop_request(*, request: int, by: Any) -> TranslationRequest:
    """Let a request end after the passage at hand. Raises ServiceRefused where it has ended."""
    row = TranslationRequest.objects.select_for_update(of=("self",)).get(pk=request)
    if row.state not in _OPEN:
        raise ServiceRefused(_("This request has ended already."))
    before = audit.snapshot(row, without=("passages", "remarks"))
    _end(row, ServiceState.STOPPED)
    audit.record(
        row, "consultations.stop_translations", by=by, before=before,
        after=audit.snapshot(row, without=("passages", "remarks")),
    )  # fmt: skip
    return row


def resume_request(*, request: int, by: Any, here: bool = False) -> TranslationRequest:
    """Go on with a request that was stopped or failed, from where it stood. Raises ServiceRefused."""
    try:
        with transaction.atomic():
            row = TranslationRequest.objects.select_for_update(of=("self",)).get(pk=request)
            if row.state not in (ServiceState.STOPPED, ServiceState.FAILED):
                raise ServiceRefused(_("Only a request that was stopped or has failed can be gone on with."))
            before = audit.snapshot(row, without=("passages", "remarks"))
            row.state, row.ended_at, row.problem = ServiceState.WAITING, None, {}
            row.save(update_fields=["state", "ended_at", "problem"])
            audit.record(
                row, "consultations.resume_translations", by=by, before=before,
                after=audit.snapshot(row, without=("passages", "remarks")),
            )  # fmt: skip
            if not here:
                enqueue(TASK, row.pk)
    except IntegrityError as error:
        raise ServiceRefused(
            _("The service is translating passages of this consultation already; wait for its end.")
        ) from error
    return row


def perform_request(request_id: int) -> None:
    """Do a request in this process; done again after a crash, it goes on from the last passage kept."""
    row = TranslationRequest.objects.select_related("run__consultation", "consultation", "asked_by").get(
        pk=request_id
    )
    if row.state not in _OPEN:
        return
    row.begun_at = row.begun_at or timezone.now()
    if not _advance(row, state=ServiceState.RUNNING, begun_at=row.begun_at):
        return
    endpoint = Endpoint.from_settings("translation")
    if endpoint is None:
        _fail(row, {"code": "off", "details": {}})
        return
    bulk = translators_bulk(row.run)
    while row.done < len(row.passages):
        names = row.passages[row.done : row.done + _BATCH]
        found = bulk.passages_by_id(names)
        for name in names:
            try:
                remark = _translate(row, endpoint, found.get(name))
            except EndpointError as error:
                _fail(row, {"code": error.code, "details": error.details})
                return
            row.done += 1
            if remark:
                row.remarks[name] = remark
            if not _advance(row, done=row.done, written=row.written, remarks=row.remarks):
                return
    _advance(row, state=ServiceState.DONE, ended_at=timezone.now())


def _translate(row: TranslationRequest, endpoint: Endpoint, passage: PassageRow | None) -> dict[str, Any]:
    """Have one passage translated and keep it; what a person should look at. Raises EndpointError."""
    if passage is None:
        return {"reason": "unknown"}
    held = live(row.consultation_id).filter(passage_id=passage.passage_id, language=row.language).first()
    if held is not None and held.source_sha256 == source_digest(passage.text):
        if held.request_id != row.pk:
            return {"reason": "held"}
        # Kept just before this task was broken off.
        row.written += 1
        return {}
    unit = TranslationUnit(passage.passage_id, passage.text, passage.language, row.language)
    try:
        prompt = prompt_for_translation(unit, nonce=nonce("translation", str(row.pk), passage.passage_id))
    except ValueError:
        return {"reason": "length"}
    completion = endpoint.complete(prompt.messages, max_tokens=prompt.max_tokens)
    answer = read_translation(completion.text, unit)
    if isinstance(answer, Refusal):
        return {"reason": answer.reason.value}
    written = Written(answer.text, TranslationKind.MACHINE, "service", completion.model, row)
    try:
        save_translation(
            run=row.run, passage_id=passage.passage_id, language=row.language, written=written,
            by=row.asked_by, seen=held.pk if held else 0,
        )  # fmt: skip
    except TranslationConflict:
        return {"reason": "held"}
    except TranslationRefused as error:
        return {"reason": error.code}
    row.written += 1
    numbers = {"missing": list(answer.missing_numbers), "added": list(answer.added_numbers)}
    return {name: found for name, found in numbers.items() if found}


def _advance(row: TranslationRequest, **values: Any) -> bool:
    """Write how far it has come; False where an officer stopped it meanwhile."""
    for name, value in values.items():
        setattr(row, name, value)
    return bool(TranslationRequest.objects.filter(pk=row.pk, state__in=_OPEN).update(**values))


def _fail(row: TranslationRequest, problem: dict[str, Any]) -> None:
    _advance(row, state=ServiceState.FAILED, ended_at=timezone.now(), problem=problem)


def _end(row: TranslationRequest, state: str) -> None:
    row.state, row.ended_at = state, timezone.now()
    row.save(update_fields=["state", "ended_at"])
