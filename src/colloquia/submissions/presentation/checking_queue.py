"""The queue as a table, on the page and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core.filters import Choice, Filter, FilterBar
from colloquia.core.queries import profile
from colloquia.core.tables import Column, Table, Words
from colloquia.engines.jurisdictions import Profile
from colloquia.engines.languages.names import language_name
from colloquia.submissions.models import (
    Call,
    Channel,
    CheckState,
    Publication,
    RespondentKind,
    SubmissionVersion,
)
from colloquia.submissions.presentation.checking_words import hint_names
from colloquia.submissions.queries.checking_queue import Narrowed, Row, counts, is_named, values

_STATES, _CHANNELS = dict(CheckState.choices), dict(Channel.choices)
_KINDS, _WISHES = dict(RespondentKind.choices), dict(Publication.choices)
_OF_STATES = (RespondentKind.STATE, RespondentKind.OFFICE)


def who(version: SubmissionVersion, territory: str = "") -> str:
    """Who sent it, as far as those who check may know; a state or its office by the name of ``territory``."""
    if version.publication == Publication.ANONYMOUS:
        return _("Anonymous sender")
    if version.publication == Publication.CONFIDENTIAL:
        return _("Confidential sender")
    state = territory if version.kind in _OF_STATES else ""
    return version.organisation or state or version.name or str(_KINDS.get(version.kind, version.kind))


def table(rows: Iterable[Row], slug: str, language: str, *, total: int | None = None) -> Table:
    """One page of the queue. One query, for the names of states."""
    names = profile()
    return Table(
        "queue",
        _("Submissions to check"),
        _columns(),
        [_line(row, slug, language, names) for row in rows],
        empty=_("No submission matches. Remove a filter to see more."),
        total=total,
    )


def whole_table(chunks: Iterable[list[Row]], slug: str, language: str) -> Table:
    """The whole queue for a file, row after row."""
    names = profile()

    def lines() -> Iterator[Mapping[str, Any]]:
        for rows in chunks:
            for row in rows:
                yield _line(row, slug, language, names)

    return Table("queue", _("Submissions to check"), _columns(), lines())


def bar(query: Any, call: Call, language: str) -> tuple[FilterBar, Narrowed]:
    """The filters in force, and what they narrow the queue to. Three queries."""
    found = counts(call)
    items = [
        Filter("state", _("Check"), choices=[Choice(key, name, found[key]) for key, name in _STATES.items()]),
        Filter(
            "assigned",
            _("Assigned to"),
            choices=[Choice("me", _("Me")), Choice("nobody", _("Nobody")), Choice("others", _("Others"))],
        ),
        Filter("channel", _("Channel"), choices=[Choice(key, name) for key, name in _CHANNELS.items()]),
        Filter(
            "language",
            _("Language"),
            choices=[Choice(code, language_name(code, language)) for code in values(call, "language")],
        ),
        Filter("wish", _("Wish of the sender"), choices=[Choice(key, name) for key, name in _WISHES.items()]),
        Filter("findings", _("With findings that wait for a decision"), "switch"),
        Filter("hints", _("With hints"), "switch"),
        Filter("late", _("Received after the deadline"), "switch"),
    ]
    read = FilterBar.read(query, items)
    wanted = Narrowed(
        state=read.value("state"),
        assigned=read.value("assigned"),
        channel=read.value("channel"),
        language=read.value("language"),
        wish=read.value("wish"),
        late=bool(read.value("late")),
        hints=bool(read.value("hints")),
        findings=bool(read.value("findings")),
    )
    return read, wanted


def _columns() -> tuple[Column, ...]:
    return (
        Column("identifier", _("Id"), "identifier", link="url"),
        Column("sender", _("Sender"), note="about"),
        Column("state", _("Check"), note="seal"),
        Column("state_code", _("Check (code)"), "identifier", shown=False),
        Column("assigned", _("Assigned to")),
        Column("received_at", _("Received"), "date", note="lateness"),
        Column("days", _("Days since the receipt"), "number", shown=False),
        Column("late", _("After the deadline"), shown=False),
        Column("channel", _("Channel")),
        Column("language", _("Language")),
        Column("wish", _("Wish of the sender"), shown=False),
        Column("findings", _("Findings to decide"), "number"),
        Column("hints", _("Hints")),
    )


def _line(row: Row, slug: str, language: str, names: Profile) -> dict[str, Any]:
    submission, version = row.submission, row.version
    is_state = version.kind in _OF_STATES and is_named(version)
    state = names.name(version.territory_id, language) if version.territory_id and is_state else ""
    sender = who(version, state)
    late: Words = _("after the deadline") if submission.is_late else ""
    return {
        "identifier": submission.identifier,
        "url": reverse("check", args=[slug, submission.identifier]),
        "sender": sender,
        "about": " · ".join(
            part for part in (str(_KINDS.get(version.kind, "")), state if state != sender else "") if part
        ),
        "state": str(_STATES[submission.check_state]),
        "seal": _("Another officer is asked to open or destroy") if row.seal_requests else "",
        "state_code": submission.check_state,
        "assigned": str(submission.assigned_to) if submission.assigned_to else None,
        "received_at": submission.received_at,
        "days": (timezone.now() - submission.received_at).days,
        "lateness": late,
        "late": _("yes") if submission.is_late else _("no"),
        "channel": str(_CHANNELS[submission.channel]),
        "language": language_name(version.language, language) if version.language else None,
        "wish": str(_WISHES[version.publication]),
        "findings": row.findings,
        "hints": " · ".join(hint_names(row.hints)) or None,
    }
