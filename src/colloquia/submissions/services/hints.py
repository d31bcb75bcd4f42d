"""What an officer should look at: texts and files that came more than once, and other signs. No verdicts.

Each new text is compared through its fingerprints, so that a thousand equal letters cost a thousand steps:
a hint names the first submission with that text, never all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models, transaction

from colloquia.engines.duplicates.fingerprints import ALIKE, alike, fingerprint
from colloquia.submissions.models import (
    FileScan,
    Hint,
    Publication,
    ScanResult,
    Submission,
    SubmissionFile,
    SubmissionVersion,
    TextFingerprint,
    TextVersion,
)
from colloquia.submissions.queries.checking_texts import Unit, open_units

BURST = timedelta(minutes=1)
BURST_FROM = 3
"""Addresses from which the same text within ``BURST`` is told of."""
_COMPARED = 5
_FEWEST_LETTERS = 20
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,2000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A hint that is not written yet."""

    kind: str
    other: Submission | None = None
    file: SubmissionFile | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def find_hints(version: SubmissionVersion) -> None:
    """Write the hints of a version. Done again, it adds only what is new; those of earlier versions go.

    Confidential parts are compared with nothing: that they equal something would tell what they say.
    """
    units = open_units(version)
    for unit in units:
        remember(version, unit)
    found = [
        *_same_texts(version, units),
        *_same_files(version, units),
        *_same_sender(version),
        *_links_only(units),
        *_malware(version),
    ]
    with transaction.atomic():
        Submission.objects.select_for_update(of=("self",)).get(pk=version.submission_id)
        known = Hint.objects.filter(submission_id=version.submission_id)
        known.filter(dismissed_at=None).exclude(detail__version=version.number).delete()
        told = set(known.filter(detail__version=version.number).values_list("kind", "other", "file"))
        Hint.objects.bulk_create(
            [
                Hint(
                    submission_id=version.submission_id,
                    kind=each.kind,
                    other=each.other,
                    file=each.file,
                    detail={**each.detail, "version": version.number},
                )
                for each in found
                if (each.kind, each.other.pk if each.other else None, each.file.pk if each.file else None)
                not in told
            ]
        )


def remember(version: SubmissionVersion, unit: Unit) -> None:
    """Keep the fingerprints of a text, once."""
    if unit.text is None or unit.text.fingerprints.exists():
        return
    made = fingerprint(unit.text.text)
    rows = [("exact", made.exact)] if made.exact else []
    rows += [("band", value) for value in made.bands]
    TextFingerprint.objects.bulk_create(
        [
            TextFingerprint(
                call_id=version.submission.call_id, text_version=unit.text, kind=kind, value=value
            )
            for kind, value in rows
        ]
    )


def forget(submission: Submission) -> None:
    """Remove the fingerprints of all texts of a submission."""
    TextFingerprint.objects.filter(text_version__version__submission=submission).delete()


def _others(version: SubmissionVersion) -> models.QuerySet[TextVersion]:
    """Texts of the latest versions of other submissions to the call that count."""
    return TextVersion.objects.filter(
        version__submission__call_id=version.submission.call_id,
        version__number=models.F("version__submission__version"),
        version__submission__withdrawn_at=None,
        version__submission__destroyed_at=None,
    ).exclude(version__submission_id=version.submission_id)


def _same_texts(version: SubmissionVersion, units: list[Unit]) -> Iterator[Found]:
    told: set[int] = set()
    for unit in units:
        if unit.text is None:
            continue
        marks = list(unit.text.fingerprints.values_list("kind", "value"))
        exact = [value for kind, value in marks if kind == "exact"]
        bands = [value for kind, value in marks if kind == "band"]
        same = _first(version, "exact", exact)
        for other in same[:1]:
            if other.version.submission_id not in told:
                told.add(other.version.submission_id)
                yield Found("same_text", other.version.submission, detail=_between(version, other))
        if same:
            yield from _burst(version, exact)
            continue
        for other in _first(version, "band", bands):
            share = alike(unit.text.text, other.text)
            if share >= ALIKE and other.version.submission_id not in told:
                told.add(other.version.submission_id)
                detail = {**_between(version, other), "share": round(share, 2)}
                yield Found("similar_text", other.version.submission, detail=detail)
                break


def _first(version: SubmissionVersion, kind: str, values: list[str]) -> list[TextVersion]:
    """The first few other texts with one of the fingerprints, in order of receipt."""
    if not values:
        return []
    marked = TextFingerprint.objects.filter(
        call_id=version.submission.call_id, kind=kind, value__in=values
    ).values("text_version")
    rows = _others(version).filter(pk__in=marked).select_related("version__submission")
    return list(rows.order_by("version__submission__received_at", "pk")[:_COMPARED])


def _between(version: SubmissionVersion, other: TextVersion) -> dict[str, Any]:
    return {"channels": sorted({version.submission.channel, other.version.submission.channel})}


def _burst(version: SubmissionVersion, exact: list[str]) -> Iterator[Found]:
    """Whether the same text came from several addresses within a minute."""
    at = version.received_at
    marked = TextFingerprint.objects.filter(
        call_id=version.submission.call_id, kind="exact", value__in=exact
    ).values("text_version")
    addresses = (
        _others(version)
        .filter(pk__in=marked, version__received_at__range=(at - BURST, at + BURST))
        .exclude(version__email="")
        .order_by()
        .values_list("version__email", flat=True)
        .distinct()[:100]
    )
    count = len({*addresses, version.email} - {""})
    if count >= BURST_FROM:
        yield Found("burst", detail={"addresses": count, "seconds": int(BURST.total_seconds())})


def _same_files(version: SubmissionVersion, units: list[Unit]) -> Iterator[Found]:
    for unit in units:
        if unit.file is None:
            continue
        other = (
            SubmissionFile.objects.filter(
                attachment__sha256=unit.file.attachment.sha256,
                secrecy="public",
                version__submission__call_id=version.submission.call_id,
                version__number=models.F("version__submission__version"),
                version__submission__withdrawn_at=None,
                version__submission__destroyed_at=None,
            )
            .exclude(version__publication=Publication.CONFIDENTIAL)
            .filter(version__submission__lt=version.submission_id)
            .select_related("version__submission")
            .order_by("version__submission")
            .first()
        )
        if other is not None:
            yield Found("same_file", other.version.submission, file=unit.file)


def _same_sender(version: SubmissionVersion) -> Iterator[Found]:
    """Another submission from the address; only among senders who wish to be named."""
    if not version.email or version.publication != Publication.NAMED:
        return
    other = (
        SubmissionVersion.objects.filter(
            submission__call_id=version.submission.call_id,
            number=models.F("submission__version"),
            submission__withdrawn_at=None,
            submission__destroyed_at=None,
            publication=Publication.NAMED,
            email__iexact=version.email,
        )
        .filter(submission__lt=version.submission_id)
        .select_related("submission")
        .order_by("submission")
        .first()
    )
    if other is not None:
        channels = sorted({version.submission.channel, other.submission.channel})
        yield Found("same_sender", other.submission, detail={"channels": channels})


def _links_only(units: list[Unit]) -> Iterator[Found]:
    text = "\n".join(each.text.text for each in units if each.text)
    links = len(_LINK.findall(text))
    if links and sum(map(str.isalpha, _LINK.sub(" ", text))) < _FEWEST_LETTERS:
        yield Found("links_only", detail={"links": links})


def _malware(version: SubmissionVersion) -> Iterator[Found]:
    for file in version.files.select_related("attachment"):
        scan = FileScan.objects.filter(sha256=file.attachment.sha256).order_by("-pk").first()
        if scan is not None and scan.result == ScanResult.INFECTED:
            yield Found("malware", file=file, detail={"signature": scan.signature})
