"""Room for the files of drafts: whoever begins drafts without end leaves room for others, and for sending.

Nothing here is asked for when a draft is sent: its files are on the disk by then.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from colloquia.submissions.models import AnswerDraft, DraftFile, SubmissionFile
from colloquia.submissions.services.refusals import SubmissionRefused

MOST_OF_ONE = 2 * 1024 * 1024 * 1024
"""Bytes in all drafts of one account, or of one address that was confirmed."""
UNCONFIRMED_SHARE = 2
"""One part in so many is for drafts whose address nobody confirmed: anybody can begin such ones."""


def refuse_without_room(draft: AnswerDraft, size: int) -> None:
    """Raise SubmissionRefused where a file of this size finds no room. One query, outside of any transaction.

    It is asked before a file is taken in: files that arrive at one moment may go beyond a limit together.
    """
    refuse_full_disk(size)
    limit = settings.DRAFT_FILES_LIMIT
    if not limit:
        return
    own = Q(draft__owner=draft.owner_id) if draft.owner_id else Q(draft__email=draft.email)
    # What a draft that replaces a submission took over lies on the disk already.
    sealed = Exists(SubmissionFile.objects.filter(attachment=OuterRef("attachment")))
    held = DraftFile.objects.filter(~sealed).aggregate(
        all=Sum("attachment__size", default=0),
        unconfirmed=Sum("attachment__size", filter=Q(draft__confirmed_at=None), default=0),
        own=Sum("attachment__size", filter=own & ~Q(draft__confirmed_at=None), default=0),
    )
    if draft.confirmed_at is None and held["unconfirmed"] + size > limit // UNCONFIRMED_SHARE:
        raise SubmissionRefused(
            _(
                "There is no room for more files in drafts whose e-mail address is not confirmed. Confirm "
                "yours with the link in the message that was sent to it, and add the file again."
            )
        )
    if draft.confirmed_at is not None and held["own"] + size > MOST_OF_ONE:
        raise SubmissionRefused(
            _(
                "Your drafts hold too many files. Send a draft, or take files out of it, and add the file "
                "again."
            )
        )
    if held["all"] + _on_their_way() + size > limit:
        raise _no_room()


def refuse_full_disk(size: int) -> None:
    """Raise SubmissionRefused where so many bytes more would touch what is kept free for sending."""
    if settings.DISK_RESERVE and shutil.disk_usage(settings.DATA).free - size < settings.DISK_RESERVE:
        raise _no_room()


def _no_room() -> SubmissionRefused:
    return SubmissionRefused(
        _(
            "There is no room for more files at the moment. What is here is kept, and your answer can be "
            "sent without this file. Try again later, or write to the secretariat."
        )
    )


def _on_their_way() -> int:
    """Bytes of files that come in pieces and are not whole yet."""
    total = 0
    with suppress(FileNotFoundError), os.scandir(Path(settings.DATA) / "uploads") as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                total += entry.stat().st_size
    return total
