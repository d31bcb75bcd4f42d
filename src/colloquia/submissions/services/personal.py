"""What this room keeps of a person with an account: drafts and submissions, to be taken away or erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from colloquia.core.models import Attachment
from colloquia.core.registry import PersonalData
from colloquia.submissions.models import (
    AnswerDraft,
    ClearanceRemark,
    DraftFile,
    RedactionDecision,
    Submission,
    SubmissionFile,
)
from colloquia.submissions.services.destroying import destroy_drafts


def records(person: Any) -> dict[str, Any]:
    """Drafts with what colleagues remarked on them, and submissions with every version as it was received."""
    drafts = AnswerDraft.objects.filter(owner=person).select_related("call__consultation")
    submissions = Submission.objects.filter(owner=person).select_related("call__consultation")
    return {
        "drafts": [_draft(draft) for draft in drafts],
        "submissions": [_submission(submission) for submission in submissions],
        "redactions_that_you_decided": RedactionDecision.objects.filter(by=person).count(),
    }


def files(person: Any) -> Iterator[tuple[str, Attachment]]:
    """The files of drafts and submissions, by the id of the submission or the number of the draft."""
    for draft_file in DraftFile.objects.filter(draft__owner=person).select_related("attachment"):
        yield f"draft-{draft_file.draft_id}-{draft_file.attachment.name}", draft_file.attachment
    rows = SubmissionFile.objects.filter(version__submission__owner=person)
    for row in rows.select_related("attachment", "version__submission"):
        name = f"{row.version.submission.identifier}-v{row.version.number}-{row.attachment.name}"
        yield name, row.attachment


def erase(person: Any) -> dict[str, int]:
    """Destroy drafts that were not sent. Submissions stay until the end of their retention, without account.

    Whoever has a private link goes on with it: what was sent belongs to the record, and to those on whose
    behalf it was sent.
    """
    unsent = AnswerDraft.objects.filter(owner=person, submission=None, sent_version=None)
    drafts = destroy_drafts(unsent, by=person)
    AnswerDraft.objects.filter(owner=person).update(owner=None, email="")
    return {"drafts": drafts, "submissions_left_without_account": _let_go(person)}


def _let_go(person: Any) -> int:
    return Submission.objects.filter(owner=person).update(owner=None)


def _draft(draft: AnswerDraft) -> dict[str, Any]:
    remarks = ClearanceRemark.objects.filter(clearance__draft=draft)
    return {
        "call": draft.call.consultation.slug,
        "begun": draft.created_at,
        "saved": draft.saved_at,
        "email": draft.email,
        "content": draft.content,
        "remarks": list(remarks.values("name", "question_id", "text", "approves", "at")),
    }


def _submission(submission: Submission) -> dict[str, Any]:
    return {
        "id": submission.identifier,
        "call": submission.call.consultation.slug,
        "received": submission.received_at,
        "withdrawn": submission.withdrawn_at,
        "sealed_data_destroyed": submission.destroyed_at,
        "versions": [
            {
                "number": version.number,
                "received": version.received_at,
                "email": version.email,
                "sha256": version.sha256,
                "document": json.loads(version.document) if version.document else None,
            }
            for version in submission.versions.order_by("number")
        ],
    }


SOURCE = PersonalData(name="submissions", records=records, files=files, erase=erase, order=20)
