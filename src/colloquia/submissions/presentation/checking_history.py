"""What was done with a submission, act by act, with the values that changed; no sealed word stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.core.models import AuditEntry
from colloquia.core.tables import Words
from colloquia.submissions.models import Submission
from colloquia.submissions.presentation.checking_words import KINDS

MOST = 500
_INNER = frozenset({"changed", "part"})
"""Fields that serve the program and tell an officer nothing."""
_ACTS: dict[str, Words] = {
    "submissions.receive": gettext_lazy("Received"),
    "submissions.confirm": gettext_lazy("The address was confirmed"),
    "submissions.replace": gettext_lazy("Replaced by a new version"),
    "submissions.enter_wish": gettext_lazy("The wish of the sender was entered"),
    "submissions.begin_replacement": gettext_lazy("A new version was begun"),
    "submissions.withdraw": gettext_lazy("Withdrawn by the sender"),
    "submissions.count_in_time": gettext_lazy("Counted as in time, after an extension"),
    "submissions.prepare": gettext_lazy("Prepared for the check"),
    "submissions.take": gettext_lazy("Taken for the check"),
    "submissions.assign": gettext_lazy("Assigned"),
    "submissions.give_back": gettext_lazy("Given back to the queue"),
    "submissions.note": gettext_lazy("A note was written"),
    "submissions.ask_sender": gettext_lazy("The sender was asked"),
    "submissions.set_hint_aside": gettext_lazy("A hint was set aside"),
    "submissions.redact": gettext_lazy("Personal data was decided on"),
    "submissions.say_language": gettext_lazy("The language was said"),
    "submissions.make_ready": gettext_lazy("Ready to be published"),
    "submissions.withhold": gettext_lazy("Withheld"),
    "submissions.reopen": gettext_lazy("The check was taken up again"),
    "submissions.publish": gettext_lazy("It was published"),
    "submissions.unpublish": gettext_lazy("Taken out of the public"),
    "submissions.ask_seal": gettext_lazy("It was asked to open or destroy what is sealed"),
    "submissions.grant_seal": gettext_lazy("The request was granted"),
    "submissions.refuse_seal": gettext_lazy("The request was refused"),
    "submissions.look_at_sealed": gettext_lazy("What is sealed was looked at"),
    "submissions.destroy": gettext_lazy("What was sealed was destroyed"),
}

_FIELDS: dict[str, Words] = {
    "file given out": gettext_lazy("The file is given out"),
    "language": gettext_lazy("Language"),
    "published version": gettext_lazy("Version that is public"),
    "looked at": gettext_lazy("Looked at"),
    "request": gettext_lazy("Request"),
}
"""What acts name that is no field of a submission."""
_PART = re.compile(r"part (\d+)(?:, characters (\d+) to (\d+))?")
_DECIDED = re.compile(r"(\w+) (redacted|kept)")


@dataclass(frozen=True, slots=True)
class Changed:
    """A field, and its value before and after an act; blank where there was none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Done:
    """One act on a submission."""

    who: str
    what: Words
    at: datetime
    note: str
    changes: tuple[Changed, ...]


def history_of(submission: Submission) -> list[Done]:
    """The acts on a submission, latest first. One query."""
    rows = AuditEntry.objects.filter(
        object_type=Submission._meta.label_lower, object_id=str(submission.pk)
    ).order_by("-pk")[:MOST]
    return [
        Done(row.actor_label, _ACTS.get(row.verb, row.verb), row.at, _place(row.note), tuple(_changes(row)))
        for row in rows
    ]


def _changes(row: AuditEntry) -> Iterator[Changed]:
    for name, values in row.changes.items():
        if name not in _INNER and isinstance(values, list) and len(values) == 2:
            yield Changed(_label(name), _value(name, values[0]), _value(name, values[1]))


def _label(name: str) -> str:
    """The name of the field as forms have it; acts may name what is no field."""
    if name in _FIELDS:
        return str(_FIELDS[name])
    try:
        field: Any = Submission._meta.get_field(name)
    except FieldDoesNotExist:
        return _place(name)
    words = str(getattr(field, "verbose_name", name))
    return words[:1].upper() + words[1:]


def _place(text: str) -> str:
    """A place in a part, in words of the page; any other text as it is."""
    found = _PART.fullmatch(text)
    if found is None:
        return text
    if found[2] is None:
        return _("Part %(part)s") % {"part": found[1]}
    words = {"part": found[1], "start": found[2], "end": found[3]}
    return _("Part %(part)s, characters %(start)s to %(end)s") % words


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if decided := _DECIDED.fullmatch(str(value)):
        kind = KINDS.get(decided[1], decided[1])
        words = _("%(kind)s: redacted") if decided[2] == "redacted" else _("%(kind)s: kept")
        return words % {"kind": kind}
    try:
        choices: dict[Any, Any] = dict(getattr(Submission._meta.get_field(name), "flatchoices", ()) or ())
    except FieldDoesNotExist:
        choices = {}
    return str(choices.get(value, value))
