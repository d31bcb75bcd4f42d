"""Submissions compared with their versions, and with what the ledger committed to beside the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from colloquia.core.models import LedgerOpening
from colloquia.core.pieces import legible, rows
from colloquia.core.registry import Finding
from colloquia.submissions.models import Submission, SubmissionVersion

_SIZE = 200
_RECEIVED, _CONFIRMED, _WITHDRAWN = "submission.received", "submission.confirmed", "submission.withdrawn"
_COUNTED = "submission.counted_in_time"
_NAMES = {
    "late": "mark of being late",
    "channel": "channel",
    "entered": "time of entry",
    "confirmed": "time of confirmation",
    "withdrawn": "time of withdrawal",
}


def second(moment: datetime | None) -> str:
    """A time as entries of the ledger state it: UTC, to the second; blank for none."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def stated(submission: Submission) -> dict[str, Any]:
    """What the entry of a receipt commits to beside the document: facts that the sender does not write."""
    return {
        "late": submission.is_late,
        "channel": str(submission.channel),
        "entered": second(submission.entered_at),
        "confirmed": second(submission.confirmed_at),
    }


def receipt_findings(tick: Callable[[int], None]) -> Iterator[Finding]:
    """Submissions whose time of receipt or latest version is not that of their versions, or that are late,
    confirmed, withdrawn or came otherwise than the ledger says. Entries that do not say it are passed over.
    """
    fields = (
        "identifier", "received_at", "version", "destroyed_at", "is_late", "channel", "entered_at",
        "confirmed_at", "withdrawn_at",
    )  # fmt: skip
    chunk: list[tuple[int, tuple[Any, ...]]] = []
    for done, (key, row) in enumerate(rows(Submission.objects.all(), *fields), start=1):
        if row is None:
            yield Finding(f"Submission {key}", "Its row is not legible.")
        else:
            chunk.append((key, row))
        if len(chunk) == _SIZE:
            yield from _of_several(chunk)
            chunk = []
        tick(done)
    yield from _of_several(chunk)


def _of_several(chunk: list[tuple[int, tuple[Any, ...]]]) -> Iterator[Finding]:
    keys = [key for key, _row in chunk]
    numbers: dict[int, dict[int, datetime]] = defaultdict(dict)
    found = SubmissionVersion.objects.filter(submission__in=keys)
    for submission, number, moment in found.values_list("submission_id", "number", "received_at"):
        numbers[submission][number] = moment
    entries = _entries(keys)
    for key, row in chunk:
        identifier, received, version, destroyed, *facts = row
        if numbers[key].get(1) != received:
            yield Finding(identifier, "The time of receipt is not that of its first version.")
        elif sorted(numbers[key]) != list(range(1, version + 1)):
            yield Finding(identifier, f"It says {version} versions; there are {len(numbers[key])}.")
        if destroyed is None:
            yield from _facts(identifier, facts, entries[key])


def _facts(identifier: str, facts: list[Any], entries: dict[str, dict[str, Any]]) -> Iterator[Finding]:
    """The columns beside the document, next to what the entries state of them."""
    late, channel, entered, confirmed, withdrawn = facts
    holds = {
        "late": late,
        "channel": channel,
        "entered": second(entered),
        "confirmed": second(confirmed),
        "withdrawn": second(withdrawn),
    }
    said = {name: entries[_RECEIVED][name] for name in _NAMES if name in entries.get(_RECEIVED, {})}
    # The address may be confirmed later, and the sender may withdraw later: entries of their own say so.
    said |= {"confirmed": entries[_CONFIRMED].get("confirmed", "")} if _CONFIRMED in entries else {}
    said |= (
        {"withdrawn": entries[_WITHDRAWN].get("withdrawn", "")} if _WITHDRAWN in entries and withdrawn else {}
    )
    # An extension of the call may make it come in time.
    said |= {"late": entries[_COUNTED].get("late")} if _COUNTED in entries and "late" in said else {}
    for name, value in said.items():
        if holds[name] != value:
            yield Finding(identifier, f"The {_NAMES[name]} is not what the ledger committed to.")


def _entries(keys: list[int]) -> dict[int, dict[str, dict[str, Any]]]:
    """By submission and kind, what the entries commit to."""
    openings = LedgerOpening.objects.filter(
        about_type=Submission._meta.label_lower,
        about_id__in=[str(key) for key in keys],
        entry__kind__in=(_RECEIVED, _CONFIRMED, _WITHDRAWN, _COUNTED),
    )
    places = dict(openings.values_list("pk", "about_id"))
    kinds = dict(openings.values_list("pk", "entry__kind"))
    found: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for index, content in legible(openings, "content").items():
        if content and isinstance(content[0], dict) and index in places:
            found[int(places[index])][kinds[index]] = content[0]
    return found
