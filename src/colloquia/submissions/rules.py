"""Who may run calls, check what came in, and read what is sealed."""

from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone

from colloquia.accounts.rules import is_officer, is_reviewer
from colloquia.core.models import Attachment
from colloquia.core.rules import register_guard, register_reader
from colloquia.submissions.models import (
    DraftFile,
    PublishedPart,
    Secrecy,
    Submission,
    SubmissionFile,
)

can_check = is_officer | is_reviewer

rules.add_perm("submissions.work", is_officer)
rules.add_perm("submissions.check", can_check)


def has_opened(user: Any, submission: Submission) -> bool:
    """Whether what is sealed of this submission is open to the person now: another officer granted it."""
    return submission.seal_requests.filter(
        act="unseal", granted=True, asked_by_id=user.pk, open_until__gt=timezone.now()
    ).exists()


def reads_published(_user: Any, attachment: Attachment) -> bool:
    """Anybody may read a file that is published."""
    return PublishedPart.objects.filter(attachment=attachment).exists()


def guards_sealed(user: Any, attachment: Attachment) -> bool | None:
    """Whether the person may read a file of this room; None where the file is not of this room.

    Officers read what senders meant for the public. What is confidential, an earlier version, withdrawn or
    still a draft stays shut for them too, until two people opened it.
    """
    if PublishedPart.objects.filter(attachment=attachment).exists():
        return True
    files = list(SubmissionFile.objects.filter(attachment=attachment).select_related("version__submission"))
    if not files:
        return False if DraftFile.objects.filter(attachment=attachment).exists() else None
    return can_check(user) and any(_is_open(user, each) for each in files)


def _is_open(user: Any, file: SubmissionFile) -> bool:
    submission = file.version.submission
    sealed = (
        file.secrecy == Secrecy.CONFIDENTIAL
        or file.version.publication == "confidential"
        or file.version.number != submission.version
        or submission.withdrawn_at is not None
    )
    return not sealed or has_opened(user, submission)


def register() -> None:
    """Let the core know who may read the files of this room."""
    register_reader("submissions.published", reads_published)
    register_guard("submissions.sealed", guards_sealed)
