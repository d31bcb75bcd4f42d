"""Files of drafts find room or are refused with a sentence; what is sent is never refused for it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from colloquia.core.models import Attachment
from colloquia.submissions.models import AnswerDraft, DraftFile
from colloquia.submissions.services import drafting_files, drafting_room, sending, uploads
from colloquia.submissions.services.refusals import SubmissionRefused

Make = Callable[..., AnswerDraft]


@pytest.fixture(autouse=True)
def room(settings: Any, tmp_path: Path, db: None) -> None:
    """A site that takes 1000 bytes in drafts."""
    settings.DATA, settings.ATTACHMENTS = tmp_path, tmp_path / "attachments"
    settings.DRAFT_FILES_LIMIT, settings.DISK_RESERVE = 1000, 0
    cache.clear()


def add(draft: AnswerDraft, size: int, letter: bytes = b"x") -> DraftFile:
    return drafting_files.add_file(draft=draft, stream=BytesIO(letter * size), name="annex.txt")


def test_a_stranger_leaves_room_for_those_who_confirmed(make_draft: Make) -> None:
    stranger, another = make_draft(confirmed_at=None), make_draft(confirmed_at=None)
    add(stranger, 400)
    with pytest.raises(SubmissionRefused, match="Confirm yours"):
        add(another, 101)
    with pytest.raises(SubmissionRefused, match="Confirm yours"):
        uploads.begin_upload(draft=another, name="annex.txt", size=101)
    known = make_draft(email="grace@example.org")
    add(known, 600)
    with pytest.raises(SubmissionRefused, match="no room for more files"):
        add(known, 1)
    assert [row.attachment.size for row in DraftFile.objects.order_by("pk")] == [400, 600]
    # What is sent is not refused, and leaves its room to others.
    sent = sending.send(draft=known)
    assert sent.versions.get().files.count() == 1
    cache.clear()
    add(make_draft(email="rosa@example.org"), 600, b"y")


def test_what_is_on_its_way_counts_and_a_full_disk_is_said(make_draft: Make, settings: Any) -> None:
    draft, stranger = make_draft(), make_draft(confirmed_at=None)
    upload = uploads.begin_upload(draft=draft, name="a.txt", size=600)
    uploads.put_piece(upload=upload, offset=0, piece=b"x" * 600)
    unknown = uploads.begin_upload(draft=stranger, name="b.txt", size=400)
    uploads.put_piece(upload=unknown, offset=0, piece=b"x" * 300)
    for again in (False, True):
        if again:
            cache.clear()
        with pytest.raises(SubmissionRefused, match="no room for more files"):
            add(draft, 101)
        with pytest.raises(SubmissionRefused, match="Confirm yours"):
            add(stranger, 201)
    settings.DISK_RESERVE = 1 << 60
    with pytest.raises(SubmissionRefused, match="your answer can be sent without this file"):
        uploads.put_piece(upload=unknown, offset=300, piece=b"x")
    assert uploads.held(unknown) == 300
    assert uploads.finish_upload(upload=upload).attachment.size == 600


def test_one_address_does_not_take_all(make_draft: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting_room, "MOST_OF_ONE", 300)
    add(make_draft(confirmed_at=None), 250)
    add(make_draft(), 200)
    with pytest.raises(SubmissionRefused, match="Your drafts hold too many files"):
        add(make_draft(), 101)


def test_what_a_draft_refuses_leaves_no_bytes(
    make_draft: Make, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting_files, "MOST_FILES", 0)
    with pytest.raises(SubmissionRefused, match="0 files already"):
        add(make_draft(), 10)
    assert Attachment.objects.count() == 0
    assert [path for path in settings.ATTACHMENTS.glob("*/*") if path.is_file()] == []
