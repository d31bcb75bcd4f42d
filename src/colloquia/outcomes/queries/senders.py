"""Whose submission a page of what became of it may speak of, and to whom."""

from __future__ import annotations

from dataclasses import dataclass

from colloquia.consultations.models import Consultation
from colloquia.core import private_links
from colloquia.submissions.models import (
    CheckState,
    Publication,
    PublishedSubmission,
    RespondentKind,
    Submission,
)

OPEN_KINDS = (
    RespondentKind.STATE,
    RespondentKind.OFFICE,
    RespondentKind.INTERGOVERNMENTAL,
    RespondentKind.ORGANISATION,
)


@dataclass(frozen=True, slots=True)
class Known:
    """A submission as its own sender may know it; ``standing`` is a word for where it stands.

    ``standing``: ``published``, ``confidential``, ``waiting``, ``withheld`` or ``withdrawn``. ``is_checked``:
    the secretariat has looked through it.
    """

    identifier: str
    consultation: Consultation
    standing: str
    is_checked: bool = True


def public_submission(identifier: str) -> Known | None:
    """A published submission of a named state, office or organisation; None for anybody else's."""
    row = (
        PublishedSubmission.objects.filter(identifier=identifier, is_anonymous=False, kind__in=OPEN_KINDS)
        .select_related("call__consultation__shown_run")
        .first()
    )
    return Known(row.identifier, row.call.consultation, "published") if row else None


def submission_by_token(token: str) -> Known | None:
    """The submission of a private link; None where there is none (any more)."""
    return _known(link_digest=private_links.digest(token))


def submission_by_identifier(identifier: str) -> Known | None:
    """The same by its id, for a page that its sender has reached already."""
    return _known(identifier=identifier)


def _known(**wanted: str) -> Known | None:
    row = (
        Submission.objects.filter(confirmed_at__isnull=False, **wanted)
        .select_related("call__consultation__shown_run")
        .first()
    )
    if row is None:
        return None
    checked = row.check_state in (CheckState.READY, CheckState.PUBLISHED, CheckState.WITHHELD)
    return Known(row.identifier, row.call.consultation, _standing(row), checked)


def _standing(row: Submission) -> str:
    if row.withdrawn_at is not None:
        return "withdrawn"
    version = row.versions.filter(number=row.version).values_list("publication", flat=True).first()
    if version == Publication.CONFIDENTIAL:
        return "confidential"
    if PublishedSubmission.objects.filter(submission=row).exists():
        return "published"
    return "withheld" if row.check_state == CheckState.WITHHELD else "waiting"
