"""Announced calls compared with the entries about them: questions, times, terms and texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import DatabaseError

from colloquia.core.models import LedgerOpening
from colloquia.core.registry import Finding
from colloquia.submissions.commitments import of_call
from colloquia.submissions.models import Call

_SETTLED = ("call.announced", "call.changed")


def call_findings(tick: Callable[[int], None]) -> Iterator[Finding]:
    """Calls that say something else than what was announced, changed, extended and closed."""
    entries: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    openings = LedgerOpening.objects.filter(about_type=Call._meta.label_lower).order_by("pk")
    for about, kind, content in openings.values_list("about_id", "entry__kind", "content"):
        entries[int(about)].append((kind, content))
    keys = set(Call.objects.values_list("pk", flat=True))
    for done, key in enumerate(sorted(keys | set(entries)), start=1):
        tick(done)
        place = f"Call {key}"
        if key not in keys:
            yield Finding(place, "It was announced; its row is gone.")
            continue
        try:
            call = Call.objects.select_related("consultation").get(pk=key)
            yield from list(_of_call(call, f"Call {call.consultation.slug}", entries[key]))
        except (DatabaseError, ValueError, TypeError, KeyError, AttributeError):
            yield Finding(place, "It is not legible.")


def _of_call(call: Call, place: str, entries: list[tuple[str, Any]]) -> Iterator[Finding]:
    said: dict[str, Any] = {}
    closed = None
    for kind, content in entries:
        if kind in _SETTLED:
            said = dict(content)
        elif kind == "call.extended":
            said["closes"], closed = content["after"], None
        elif kind == "call.closed":
            closed = content["closed"]
    if bool(said) != (call.announced_at is not None):
        yield Finding(place, "Whether it was announced is not what the ledger says.")
        return
    if not said:
        return
    held = of_call(call, call.questions.order_by("position").values_list("question_id", flat=True))
    for name, value in said.items():
        same = _moment(value) == _moment(held[name]) if name in ("opens", "closes") else value == held[name]
        if not same:
            yield Finding(place, f"The {name} of the call are not what the ledger says.")
    if _moment(closed) != call.closed_early_at:
        yield Finding(place, "When it was closed early is not what the ledger says.")


def _moment(text: str | None) -> datetime | None:
    """The moment that an entry names, in whichever zone it was written."""
    return datetime.fromisoformat(text) if text else None
