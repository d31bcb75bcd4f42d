"""An import whose program is killed goes on where it was, and takes nothing twice."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from colloquia.accounts.models import User
from colloquia.core.models import Attachment
from colloquia.submissions.models import Call, IntakeImport, Submission, SubmissionFile
from colloquia.submissions.services import intake_looking, intake_taking
from tests.submissions.intake_samples import MAIL, mailbox

pytestmark = pytest.mark.django_db(transaction=True)

# Runs in a process of its own, on the database of the test, and kills itself at one statement that writes.
PROGRAM = """
import os, signal, sys
from pathlib import Path
name, data, intake, at = sys.argv[1:]
os.environ["DJANGO_SETTINGS_MODULE"] = "colloquia.settings"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = name
settings.DATA, settings.ATTACHMENTS = Path(data), Path(data) / "attachments"
import django
django.setup()
from django.db import connection
from colloquia.submissions.services import intake_taking
written = 0

def killing(execute, sql, params, many, context):
    global written
    if sql.split()[0] in ("INSERT", "UPDATE", "DELETE"):
        written += 1
        if written == int(at):
            os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

with connection.execute_wrapper(killing):
    intake_taking.take(int(intake))
"""
MESSAGES = 3


@pytest.fixture
def confirmed(call: Call, bruno: User, settings: Any, tmp_path: Path) -> IntakeImport:
    """An import of three messages with a file each, looked at and confirmed."""
    settings.DATA, settings.ATTACHMENTS = tmp_path, tmp_path / "attachments"
    messages = [MAIL.replace("<1@", f"<{number}@") for number in range(MESSAGES)]
    intake = intake_looking.begin(
        call=call,
        uploads=[(BytesIO(mailbox(*messages)), "inbox.mbox")],
        options={},
        by=bruno,
        background=False,
    )
    intake_looking.look(intake.pk)
    intake.refresh_from_db()
    return intake_taking.confirm(intake_id=intake.pk, digest=intake.digest, by=bruno, background=False)


def run(intake: IntakeImport, data: Path, at: int) -> int:
    """Take in by another process, killed before its nth write; gives its status."""
    name = str(connection.settings_dict["NAME"])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, name, str(data), str(intake.pk), str(at)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode


def unclaimed() -> int:
    """Received files that belong to no submission and to no import."""
    held = SubmissionFile.objects.values("attachment")
    return Attachment.objects.exclude(pk__in=held).exclude(name="inbox.mbox").count()


def test_killed_again_and_again_every_message_is_taken_in_once(
    confirmed: IntakeImport, tmp_path: Path
) -> None:
    # Amid receiving a file, amid sealing, and between two items.
    statuses = [run(confirmed, tmp_path, at) for at in (5, 17, 40)]
    assert statuses == [-9, -9, -9]
    assert 0 < Submission.objects.count() < MESSAGES
    assert intake_taking.take(confirmed.pk)
    assert list(confirmed.items.order_by("position").values_list("state", flat=True)) == ["taken"] * MESSAGES
    assert sorted(Submission.objects.values_list("identifier", flat=True)) == [
        f"S-2026-{number:05d}" for number in range(1, MESSAGES + 1)
    ]
    assert SubmissionFile.objects.count() == 2 * MESSAGES
    assert unclaimed() == 0


def test_without_keys_the_same_message_would_be_taken_in_twice(confirmed: IntakeImport) -> None:
    """The control: what was taken in and not marked is found again by its key alone."""
    summary = confirmed.items.get(position=1).summary
    assert intake_taking.take(confirmed.pk)
    for key, expected in (("kept", MESSAGES), ("", MESSAGES + 1)):
        if not key:
            Submission.objects.update(source_key="")
        confirmed.items.filter(position=1).update(state="waiting", submission=None, summary=summary)
        IntakeImport.objects.filter(pk=confirmed.pk).update(state="running")
        assert intake_taking.take(confirmed.pk)
        assert Submission.objects.count() == expected
