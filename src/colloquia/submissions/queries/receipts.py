"""What a sender may see of their own submission: by the private link, or by the account that sent it."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Prefetch, QuerySet

from colloquia.core import ledger, private_links
from colloquia.engines.ledger import Receipt
from colloquia.submissions.models import Submission, SubmissionFile, SubmissionVersion

_IDENTIFIER = re.compile(r"S-\d{4}-\d{5,9}")


def submission_of(key: str, user: Any) -> Submission | None:
    """The submission behind a private link, or under an id that this account sent; None for all others."""
    rows = Submission.objects.select_related("call__consultation", "published", "owner")
    if _IDENTIFIER.fullmatch(key):
        return rows.filter(identifier=key, owner_id=user.pk).first() if user.is_authenticated else None
    return rows.filter(link_digest=private_links.digest(key)).first()


def versions_of(submission: Submission) -> list[SubmissionVersion]:
    """Every version with its files, the latest first. Two queries."""
    files = SubmissionFile.objects.select_related("attachment").order_by("position")
    return list(submission.versions.prefetch_related(Prefetch("files", queryset=files)).order_by("-number"))


def version_of(submission: Submission, number: int | None = None) -> SubmissionVersion | None:
    """One version, or the latest."""
    return submission.versions.filter(number=submission.version if number is None else number).first()


def file_of(submission: Submission, number: int, position: int) -> SubmissionFile | None:
    """A file of a version by its place from 1."""
    return (
        SubmissionFile.objects.filter(
            version__submission=submission, version__number=number, position=position
        )
        .select_related("attachment")
        .first()
    )


def receipt_of(version: SubmissionVersion) -> Receipt | None:
    """The receipt of a version under the head that was signed with it; None once its salt is gone."""
    entry = ledger.entry_at(version.ledger_index) if version.ledger_index is not None else None
    if entry is None:
        return None
    try:
        return ledger.receipt(entry)
    except LookupError:
        return None


def submissions_of(user: Any) -> QuerySet[Submission]:
    """Submissions of an account, the latest first."""
    return (
        Submission.objects.filter(owner_id=user.pk)
        .select_related("call__consultation", "published")
        .order_by("-received_at", "-pk")
    )
