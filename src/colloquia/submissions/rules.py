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
    FileScan,
    ImportSource,
    Publication,
    PublishedPart,
    ScanResult,
    Secrecy,
    Submission,
    SubmissionFile,
)
from colloquia.submissions.secrets_told import hides_forms, is_hidden_form

can_check = is_officer | is_reviewer

rules.add_perm("submissions.work", is_officer)
rules.add_perm("submissions.check", can_check)


def has_opened(user: Any, submission: Submission) -> bool:
    """Whether what is sealed of this version is open to the person now: another officer granted it."""
    return (
        is_officer(user)
        and submission.seal_requests.filter(
            act="unseal",
            granted=True,
            asked_by_id=user.pk,
            version=submission.version,
            open_until__gt=timezone.now(),
        ).exists()
    )


def reads_published(_user: Any, attachment: Attachment) -> bool:
    """Anybody may read a file that is published."""
    return PublishedPart.objects.filter(attachment=attachment).exists()


def guards_sealed(user: Any, attachment: Attachment) -> bool | None:
    """Whether the general door gives out a file of this room; None where the file is not of this room.

    It gives officers what named senders meant for the public. What is confidential, an anonymous sender's, an
    earlier version, withdrawn, infected or still a draft stays shut there for everybody: the pages of the
    check give out what may be seen, under a name that says nothing, and record each look at what was sealed.
    """
    if is_infected(attachment):
        return False
    if PublishedPart.objects.filter(attachment=attachment).exists():
        return True
    files = list(SubmissionFile.objects.filter(attachment=attachment).select_related("version__submission"))
    if not files:
        return False if DraftFile.objects.filter(attachment=attachment).exists() else None
    return can_check(user) and any(
        not is_sealed(each) and each.version.publication == Publication.NAMED for each in files
    )


def is_infected(attachment: Attachment) -> bool:
    """Whether the latest scan took the bytes for malware."""
    latest = FileScan.objects.filter(sha256=attachment.sha256).order_by("-pk").first()
    return latest is not None and latest.result == ScanResult.INFECTED


def is_sealed(file: SubmissionFile) -> bool:
    """Whether only two people together may open a file. ``version__submission`` is read with it."""
    submission = file.version.submission
    return (
        file.secrecy == Secrecy.CONFIDENTIAL
        or file.version.publication == Publication.CONFIDENTIAL
        or (file.is_original and hides_forms(file.version))
        or is_hidden_form(file)
        or file.version.number != submission.version
        or submission.withdrawn_at is not None
        or submission.destroyed_at is not None
    )


def guards_imported(user: Any, attachment: Attachment) -> bool | None:
    """Whether the person may read what an import was given: only who sent it in; sealed texts are in it."""
    if not ImportSource.objects.filter(attachment=attachment).exists():
        return None
    return bool(user.is_authenticated and attachment.received_from_id == user.pk)


def register() -> None:
    """Let the core know who may read the files of this room."""
    register_reader("submissions.published", reads_published)
    register_guard("submissions.sealed", guards_sealed)
    register_guard("submissions.imported", guards_imported)
