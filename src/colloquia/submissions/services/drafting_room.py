"""Room for the files of drafts: whoever begins drafts without end leaves room for others, and for sending.

Nothing here is asked for when a draft is sent: its files are on the disk by then.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from colloquia.submissions.models import AnswerDraft, DraftFile, DraftUpload, SubmissionFile
from colloquia.submissions.services.refusals import SubmissionRefused

MOST_OF_ONE = 2 * 1024 * 1024 * 1024
"""Bytes in all drafts of one account, or of one address that was confirmed."""
_COUNTED = "submissions.drafts.bytes"
_SECONDS = 10
UNCONFIRMED_SHARE = 2
"""One part in so many is for drafts whose address nobody confirmed: anybody can begin such ones."""


def refuse_without_room(draft: AnswerDraft, size: int, *, comes_now: bool = True) -> None:
    """Raise SubmissionRefused where a file of this size finds no room. A few queries, in no transaction.

    It is asked before bytes are taken in; those that come later (``comes_now`` is False) are counted when
    they do. What arrives within some seconds may go beyond a limit together, and what was sent or taken out
    makes room some seconds later.
    """
    refuse_full_disk(size)
    limit = settings.DRAFT_FILES_LIMIT
    if not limit:
        return
    everything, unconfirmed, until = cache.get(_COUNTED) or _counted()
    if draft.confirmed_at is None and unconfirmed + size > limit // UNCONFIRMED_SHARE:
        raise SubmissionRefused(
            _(
                "There is no room for more files in drafts whose e-mail address is not confirmed. Confirm "
                "yours with the link in the message that was sent to it, and add the file again."
            )
        )
    if draft.confirmed_at is not None and _own(draft) + size > MOST_OF_ONE:
        raise SubmissionRefused(
            _(
                "Your drafts hold too many files. Send a draft, or take files out of it, and add the file "
                "again."
            )
        )
    if everything + size > limit:
        raise _no_room()
    left = until - time.time()
    if comes_now and left > 0:
        counted = (everything + size, unconfirmed + (size if draft.confirmed_at is None else 0), until)
        cache.set(_COUNTED, counted, left)


def _counted() -> tuple[int, int, float]:
    """Bytes in all drafts, those in drafts that nobody confirmed, and until when this is taken to hold.

    Counting ten thousand drafts takes a thirtieth of a second, which is too much for each file of a rush.
    """
    held = _held().aggregate(
        all=Sum("attachment__size", default=0),
        unconfirmed=Sum("attachment__size", filter=Q(draft__confirmed_at=None), default=0),
    )
    everything, unconfirmed = _on_their_way()
    everything, unconfirmed = everything + held["all"], unconfirmed + held["unconfirmed"]
    found = (everything, unconfirmed, time.time() + _SECONDS)
    cache.set(_COUNTED, found, _SECONDS)
    return found


def _own(draft: AnswerDraft) -> int:
    """Bytes in the drafts of the same account, or of the same confirmed address."""
    mine = Q(draft__owner=draft.owner_id) if draft.owner_id else Q(draft__email=draft.email)
    found = _held().filter(mine).exclude(draft__confirmed_at=None)
    return int(found.aggregate(bytes=Sum("attachment__size", default=0))["bytes"])


def _held() -> QuerySet[DraftFile]:
    """Files of drafts; what a draft that replaces a submission took over lies on the disk already."""
    return DraftFile.objects.filter(~Exists(SubmissionFile.objects.filter(attachment=OuterRef("attachment"))))


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


def _on_their_way() -> tuple[int, int]:
    """Bytes of files that come in pieces and are not whole yet, and those of drafts that nobody confirmed."""
    strangers = DraftUpload.objects.filter(file=None, draft__confirmed_at=None).values_list("pk", flat=True)
    unknown = {each.hex for each in strangers}
    total = unconfirmed = 0
    with suppress(FileNotFoundError), os.scandir(Path(settings.DATA) / "uploads") as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                size = entry.stat().st_size
                total += size
                unconfirmed += size if entry.name in unknown else 0
    return total, unconfirmed
