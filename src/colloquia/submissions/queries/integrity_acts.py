"""What was done with a submission compared with the entries about it: withdrawn, published, destroyed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from colloquia.core.models import LedgerEntry, LedgerOpening
from colloquia.core.pieces import legible, rows
from colloquia.core.registry import Finding
from colloquia.submissions.models import (
    Publication,
    PublishedSubmission,
    RespondentKind,
    RetentionRun,
    Submission,
    SubmissionVersion,
)

_SIZE = 200
_PUBLIC = {"submission.published", "submission.republished"}
_OF_PUBLICATION = _PUBLIC | {"submission.unpublished"}
_REPEATED = ("is_late", "channel")
_NAMES = ("organisation", "on_behalf_of", "territory_id")


def act_findings(tick: Callable[[int], None]) -> Iterator[Finding]:
    """Submissions that are withdrawn, destroyed, public or not public without the entry that says so."""
    ended, chunk = _calls_whose_retention_ended(), []
    fields = ("identifier", "withdrawn_at", "destroyed_at", "call_id", *_REPEATED)
    for done, (key, row) in enumerate(rows(Submission.objects.all(), *fields), start=1):
        if row is not None:
            chunk.append((key, row))
        if len(chunk) == _SIZE:
            yield from _of_several(chunk, ended)
            chunk = []
        tick(done)
    yield from _of_several(chunk, ended)


def _of_several(chunk: list[tuple[int, tuple[Any, ...]]], ended: set[int]) -> Iterator[Finding]:
    keys = [key for key, _row in chunk]
    kinds = _kinds(keys)
    public = _public(keys)
    stored = _versions(keys)
    for key, (identifier, withdrawn, destroyed, call, *repeated) in chunk:
        held = kinds[key]
        if destroyed is None and (withdrawn is not None) != ("submission.withdrawn" in held):
            yield Finding(identifier, "Whether it was withdrawn is not what the ledger says.")
        if destroyed is not None and "submission.destroyed" not in held and call not in ended:
            yield Finding(identifier, "It says that it was destroyed; no entry of the ledger does.")
        last = next((kind for kind in reversed(held) if kind in _OF_PUBLICATION), "")
        if (last in _PUBLIC) != (key in public):
            yield Finding(identifier, "Whether it is public is not what the ledger says.")
        if public.get(key):
            said = dict(zip(("call_id", *_REPEATED), (call, *repeated), strict=True))
            for name in (each for each in said if said[each] != public[key][each]):
                yield Finding(f"{identifier}, as published", f"The column {name} is not what was received.")
            yield from _named(identifier, public[key], stored.get((key, public[key]["version"])))


def _named(identifier: str, public: dict[str, Any], version: dict[str, Any] | None) -> Iterator[Finding]:
    """Who is named in public, beside what the sealed version says of it."""
    if version is None:
        return
    named = version["publication"] == Publication.NAMED
    person = version["kind"] == RespondentKind.PERSON
    said = {
        **{name: version[name] or "" if named else "" for name in _NAMES},
        **{name: version[name] for name in ("kind", "stakeholder", "language")},
        "name": version["name"] if named and person else "",
        "is_anonymous": not named,
    }
    if not named and not public["stakeholder"]:
        # It is left out where it names the sender.
        del said["stakeholder"]
    if not version["language"]:
        # Of a sender who stated none, the language of the texts is shown.
        del said["language"]
    for name, value in said.items():
        if (public[name] or "") != (value or ""):
            yield Finding(f"{identifier}, as published", f"The column {name} is not what was received.")


def _kinds(keys: list[int]) -> dict[int, list[str]]:
    """The acts about each, in the order of the ledger."""
    found: dict[int, list[str]] = defaultdict(list)
    openings = LedgerOpening.objects.filter(
        about_type=Submission._meta.label_lower, about_id__in=[str(key) for key in keys]
    )
    for about, kind in openings.order_by("pk").values_list("about_id", "entry__kind"):
        found[int(about)].append(kind)
    return found


def _public(keys: list[int]) -> dict[int, dict[str, Any]]:
    fields = (
        "version",
        "is_anonymous",
        "name",
        "kind",
        "stakeholder",
        "language",
        "call_id",
        *_REPEATED,
        *_NAMES,
    )
    found = legible(PublishedSubmission.objects.filter(pk__in=keys), *fields)
    return {key: dict(zip(fields, row, strict=True)) if row else {} for key, row in found.items()}


def _versions(keys: list[int]) -> dict[tuple[int, int], dict[str, Any]]:
    fields = ("submission_id", "number", "publication", "name", "kind", "stakeholder", "language", *_NAMES)
    found = legible(SubmissionVersion.objects.filter(submission__in=keys), *fields)
    read = [dict(zip(fields, row, strict=True)) for row in found.values() if row]
    return {(each["submission_id"], each["number"]): each for each in read}


def _calls_whose_retention_ended() -> set[int]:
    """Calls with a run of the schedule that is under way, or whose entry stands in the ledger."""
    runs = RetentionRun.objects.values_list("call_id", "ended_at", "ledger_index")
    stands = set(LedgerEntry.objects.filter(kind="retention.destroyed").values_list("pk", flat=True))
    return {call for call, ended, index in runs if ended is None or index in stands}
