"""What officers settle about a consultation itself: titles, notes, closing date, the run shown, states."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.services.publishing import taken_back_said
from colloquia.consultations.services.recounting import counts_changed
from colloquia.core import audit


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be settled. ``shown_run`` is a number, None where nothing is public."""

    titles: Mapping[str, str]
    notes: Mapping[str, str] = field(default_factory=dict)
    closed_on: date | None = None
    shown_run: int | None = None
    states: Sequence[str] = ()


class SettingsConflict(Exception):
    """Somebody else changed the settings since the officer looked; ``fields`` are what differs now."""

    def __init__(self, now: Settings) -> None:
        self.now = now
        super().__init__("settings changed")


def settings_of(consultation: Consultation) -> Settings:
    """The settings as they stand."""
    shown = consultation.shown_run
    return Settings(
        dict(consultation.titles),
        dict(consultation.notes),
        consultation.closed_on,
        shown.number if shown is not None and consultation.is_public else None,
        tuple(consultation.state_stakeholders),
    )


def fingerprint(settings: Settings) -> str:
    """A name for settings, by which a form knows what it was made from."""
    values = [
        sorted(settings.titles.items()), sorted(settings.notes.items()), str(settings.closed_on),
        settings.shown_run, sorted(settings.states),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


@transaction.atomic
def change_settings(
    *, consultation: Consultation, settings: Settings, by: Any, seen: str, note: str = ""
) -> Consultation:
    """Settle these things at once. ``seen`` is the fingerprint of what the officer was looking at.

    Where the states change, every run that is not signed is counted again, and needs review again.

    Raises:
        SettingsConflict: where somebody else changed them since; nothing is written.
        ValidationError: where there is no title, no such whole run, or one that holds what is public no more.
    """
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    before, now = audit.snapshot(row), settings_of(row)
    if fingerprint(now) != seen:
        raise SettingsConflict(now)
    titles = _texts(settings.titles)
    if not titles:
        raise ValidationError(_("Give the consultation a title in one language at least."))
    row.titles, row.notes = titles, _texts(settings.notes)
    if row.closes_at is None:  # a call has its own deadline, which moves by the acts of the call
        row.closed_on = settings.closed_on
    if settings.shown_run != now.shown_run:
        row.is_public = settings.shown_run is not None
        if settings.shown_run is not None:
            row.shown_run = _whole_run(row, settings.shown_run)
    states = sorted(set(settings.states))
    recount = states != sorted(now.states)
    row.state_stakeholders = states
    row.save(update_fields=["titles", "notes", "closed_on", "is_public", "shown_run", "state_stakeholders"])
    audit.record(row, "consultations.change_settings", by=by, before=before, note=note.strip())
    if recount:
        counts_changed(row, by=by)
    return row


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def _whole_run(consultation: Consultation, number: int) -> Run:
    run = Run.objects.filter(consultation=consultation, number=number, is_complete=True).first()
    if run is None:
        raise ValidationError(_("There is no such run, or it is not stored whole. Choose one from the list."))
    if said := taken_back_said(run):
        raise ValidationError(said)
    return run
