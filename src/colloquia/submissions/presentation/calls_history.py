"""What officers did to a call, field by field, with the words that changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.core.components import Change
from colloquia.core.models import AuditEntry
from colloquia.core.written import day_and_time
from colloquia.engines.languages.names import language_name
from colloquia.engines.papers.difference import difference
from colloquia.submissions.services.call_rows import CallValues, readable

_TIMES = frozenset({"opens_at", "closes_at", "deadline", "announced_at", "closed_early_at"})
_LISTS = frozenset({"languages", "stakeholders", "questions"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field that changed; ``language`` is that of its text, blank where it is no text."""

    label: str
    changes: tuple[Change, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One act of an officer."""

    who: str
    what: str
    at: datetime
    note: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """A field in which what another officer saved is not what this one typed."""

    label: str
    theirs: str
    yours: str
    language: str = ""


def steps_of(entries: Iterable[AuditEntry]) -> list[Step]:
    """The entries of the audit in words, in their order."""
    return [
        Step(each.actor_label, _act(each.verb), each.at, each.note, tuple(_fields(each))) for each in entries
    ]


def differing(theirs: CallValues, yours: CallValues) -> list[Differing]:
    """Where two wishes for one call differ."""
    before, after = readable(theirs), readable(yours)
    found = []
    for name in [*before, *(each for each in after if each not in before)]:
        if before.get(name) != after.get(name):
            label, language = label_of(name)
            words = _moment if name in _TIMES else _text
            found.append(Differing(label, words(before.get(name)), words(after.get(name)), language))
    return found


def label_of(name: str) -> tuple[str, str]:
    """A field in words, with the language of its text: ``titles (ar)`` is the title in Arabic."""
    plain, _space, rest = name.partition(" (")
    code = rest.removesuffix(")")
    words = {
        "titles": _("Title"),
        "introductions": _("Introduction"),
        "privacy_notices": _("Notice on privacy"),
        "publication_notices": _("Notice on publication"),
        "retention_notices": _("Notice on retention"),
        "languages": _("Languages of the call"),
        "stakeholders": _("Stakeholder groups"),
        "questions": _("Questions"),
        "paper_version": _("Version of the paper"),
        "opens_at": _("Opens"),
        "closes_at": _("Closes"),
        "deadline": _("Deadline"),
        "time_zone": _("Time zone of the venue"),
        "accepts_late": _("Late answers are kept and marked"),
        "retention_months": _("Months until sealed personal data are destroyed"),
        "contact": _("Address for questions"),
        "announced_at": _("Announced"),
        "closed_early_at": _("Closed early"),
        "reason": _("Reason"),
    }.get(plain, plain)
    if not code:
        return words, ""
    named = _("%(text)s: %(language)s") % {
        "text": words,
        "language": language_name(code, get_language() or "en"),
    }
    return named, code


def _act(verb: str) -> str:
    return {
        "submissions.draft_call": _("Drafted the call"),
        "submissions.change_call": _("Changed the call"),
        "submissions.announce_call": _("Announced the call"),
        "submissions.extend_call": _("Extended the call"),
        "submissions.close_call": _("Closed the call early"),
    }.get(verb, verb)


def _fields(entry: AuditEntry) -> Iterable[Field]:
    for name, values in entry.changes.items():
        label, language = label_of(name)
        if not isinstance(values, list) or len(values) != 2:
            continue
        if name in _TIMES:
            before, after = (_moment(value) for value in values)
        else:
            before, after = (_text(value) for value in values)
        if language or name in _LISTS:
            pieces = [(each.kind, each.text) for each in difference(before, after)]
        else:
            pieces = [("removed", before), ("added", after)]
        yield Field(label, tuple(Change(kind, text) for kind, text in pieces if text), language)


def _moment(value: Any) -> str:
    """A moment as an officer reads it; what is no moment stays as it is."""
    try:
        return day_and_time(datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return _("hidden") if value.get("redacted") else str(value)
    return str(value)
