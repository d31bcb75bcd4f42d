"""What is public compared with what the ledger committed to when it was published."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q

from colloquia.core.models import LedgerOpening
from colloquia.core.pieces import legible, rows
from colloquia.core.registry import Finding
from colloquia.engines.ledger import NotCanonical, canonical
from colloquia.submissions.models import PublishedPart, PublishedSubmission, Submission
from colloquia.submissions.queries.integrity_receipts import second

_SIZE = 200
_OF_ROW = (
    "kind", "is_anonymous", "name", "organisation", "on_behalf_of", "territory_id", "parties", "stakeholder",
    "language", "channel", "received_on", "is_late", "sealed_parts", "redactions", "published_at",
    "changed_at",
)  # fmt: skip
_OF_PART = (
    "title", "is_file", "language", "is_redacted", "is_public_version", "rights_statement", "mining_reserved",
)  # fmt: skip


def committed(key: int) -> dict[str, Any]:
    """What the entry about a publication commits to: ids and hashes of what is public. Two queries.

    ``said`` is the SHA-256 over the canonical JSON of the columns beside a text or a file, so that an opening
    that outlives what was public repeats nothing of it.
    """
    row = legible(PublishedSubmission.objects.filter(pk=key), "identifier", "version", *_OF_ROW)[key] or ()
    return _stated(row, _parts([key])[key])


def published_findings(tick: Callable[[int], None]) -> Iterator[Finding]:
    """Published rows and parts that are not what the latest entry about their publication committed to."""
    chunk: list[tuple[int, tuple[Any, ...]]] = []
    found = rows(PublishedSubmission.objects.all(), "identifier", "version", *_OF_ROW)
    for done, (key, row) in enumerate(found, start=1):
        if row is None:
            yield Finding(f"Published submission {key}", "Its row is not legible.")
        else:
            chunk.append((key, row))
        if len(chunk) == _SIZE:
            yield from _of_several(chunk)
            chunk = []
        tick(done)
    yield from _of_several(chunk)


def _of_several(chunk: list[tuple[int, tuple[Any, ...]]]) -> Iterator[Finding]:
    keys = [key for key, _row in chunk]
    latest, parts = _committed(keys), _parts(keys)
    for key, row in chunk:
        held, said = _stated(row, parts[key]), latest.get(str(key))
        if _without_said(said) != _without_said(held):
            yield Finding(f"{row[0]}, as published", "It is not what the ledger committed to.")
        elif said is not None:
            yield from _described(row[0], said, held)
        for part in parts[key]:
            if (part["file"] or part["text"]) != part["sha256"]:
                yield Finding(f"{row[0]}, published part {part['position']}", "Its SHA-256 is another.")


def _described(identifier: str, said: dict[str, Any], held: dict[str, Any]) -> Iterator[Finding]:
    """The columns beside texts and files. Entries that commit to none of them are passed over."""
    if said.get("said", held["said"]) != held["said"]:
        yield Finding(
            f"{identifier}, as published", "What is said of it is not what the ledger committed to."
        )
    for before, now in zip(said["parts"], held["parts"], strict=True):
        if before.get("said", now["said"]) != now["said"]:
            yield Finding(
                f"{identifier}, published part {now['position']}",
                "What is said of it is not what the ledger committed to.",
            )


def _stated(row: tuple[Any, ...], parts: list[dict[str, Any]]) -> dict[str, Any]:
    said = dict(zip(_OF_ROW, row[2:], strict=True))
    said |= {name: second(said[name]) for name in ("published_at", "changed_at")}
    said["received_on"] = said["received_on"].isoformat()
    return {
        "submission": row[0],
        "version": row[1],
        "said": _digest(said),
        "parts": [
            {
                **{name: part[name] for name in ("position", "question", "file", "text")},
                "said": _digest({name: part[name] for name in _OF_PART}),
            }
            for part in parts
        ],
    }


def _digest(said: dict[str, Any]) -> str:
    try:
        return hashlib.sha256(canonical(said)).hexdigest()
    except NotCanonical:
        return ""


def _without_said(content: dict[str, Any] | None) -> dict[str, Any] | None:
    if not isinstance(content, dict):
        return None
    parts = [{name: each[name] for name in each if name != "said"} for each in content.get("parts", ())]
    return {name: content[name] for name in content if name != "said"} | {"parts": parts}


def _committed(keys: list[int]) -> dict[str, Any]:
    """By submission, what the latest entry about its publication commits to."""
    found = LedgerOpening.objects.filter(
        Q(entry__kind="submission.published") | Q(entry__kind="submission.republished"),
        about_type=Submission._meta.label_lower,
        about_id__in=[str(key) for key in keys],
    )
    places = dict(found.order_by("pk").values_list("pk", "about_id"))
    contents = legible(found, "content")
    latest = {}
    for index in sorted(places):
        content = contents[index]
        latest[places[index]] = content[0] if content else None
    return latest


def _parts(keys: list[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    fields = (
        "published_id", "position", "question_id", "sha256", "attachment__sha256", "text_version__sha256",
        *_OF_PART,
    )  # fmt: skip
    for row in PublishedPart.objects.filter(published__in=keys).order_by("position").values(*fields):
        row |= {
            "question": row["question_id"],
            "file": row["attachment__sha256"] or "",
            "text": row["text_version__sha256"] or "",
        }
        found[row["published_id"]].append(row)
    return found
