"""Links for clearance, what colleagues said, and the draft as it would be sealed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from colloquia.core import private_links
from colloquia.submissions.models import AnswerDraft, Clearance, ClearanceRemark
from colloquia.submissions.records import Content, FileIn, Incoming, document_of


@dataclass(frozen=True, slots=True)
class DraftState:
    """The exact state of a draft: ``document`` as it would be sealed, without a time, and its SHA-256."""

    content: Content
    files: tuple[FileIn, ...]
    document: str
    sha256: str


def state_of(draft: AnswerDraft, files: tuple[FileIn, ...]) -> DraftState:
    """The state of a draft with these files. One query at most."""
    content = Content.from_json(draft.content).without_empty()
    document = document_of(
        Incoming(content=content, files=files), call=draft.call.consultation.slug, received=""
    )
    return DraftState(content, files, document.decode(), hashlib.sha256(document).hexdigest())


def clearance_of(token: str) -> Clearance | None:
    """The link behind an address while it is good: not ended, the draft not sent."""
    return (
        Clearance.objects.select_related("draft__call__consultation", "draft__owner", "draft__replaces")
        .filter(
            token_digest=private_links.digest(token),
            ended_at=None,
            draft__submission=None,
            draft__sent_version=None,
        )
        .first()
    )


def links_of(draft: AnswerDraft) -> list[Clearance]:
    """Every link of a draft, the first made first. One query."""
    return list(draft.clearances.order_by("created_at", "pk"))


def remarks_of(draft: AnswerDraft) -> list[ClearanceRemark]:
    """Everything said on a draft, in order. One query."""
    return list(
        ClearanceRemark.objects.filter(clearance__draft=draft)
        .select_related("clearance")
        .order_by("at", "pk")
    )


def remark_of(draft: AnswerDraft, remark_id: int) -> ClearanceRemark | None:
    """One remark on a draft."""
    return ClearanceRemark.objects.filter(clearance__draft=draft, pk=remark_id).first()


def recent_remarks(clearance: Clearance, within: timedelta) -> int:
    """How many were left through a link lately."""
    return clearance.remarks.filter(at__gt=timezone.now() - within).count()
