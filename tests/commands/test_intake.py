"""``colloquia intake`` as an operator runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from colloquia import cli
from colloquia.accounts.models import User
from colloquia.core.models import OutgoingMail
from colloquia.submissions.models import Call, IntakeImport, Submission
from tests.submissions.conftest import call, make_call, questions, territories  # noqa: F401 -- fixtures
from tests.submissions.intake_samples import AWAY, MAIL, SHORT, mailbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def inbox(call: Call, bruno: User, settings: Any, tmp_path: Path) -> Path:  # noqa: F811 -- the fixture
    """A mailbox of two messages and an automatic reply, for a call that is open."""
    settings.DATA, settings.ATTACHMENTS = tmp_path / "data", tmp_path / "data" / "attachments"
    path = tmp_path / "inbox.mbox"
    path.write_bytes(mailbox(MAIL, SHORT, AWAY))
    return path


def run(*arguments: object) -> int:
    """The command on the small call; gives its status."""
    return cli.main(["intake", "small-call", *(str(argument) for argument in arguments)])


def test_dry_run_lists_and_takes_nothing_in(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(inbox, "--dry-run") == 1
    said = capsys.readouterr()
    assert (
        "1. inbox.mbox, message 1 → S-2026-00001: Zoë Example, 2026-11-23 09:00 UTC by the mail server, "
        "language not known, answers 1, files 2" in said.out.splitlines()
    )
    assert "Would be taken in: 2; taken in before: 0; not: 1." in said.out
    assert said.out.splitlines()[-1] == "Nothing was taken in."
    assert "message 3: is an automatic reply" in said.err
    assert Submission.objects.count() == 0


def test_taking_in_says_what_was_done_and_what_not(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    officer = ("--by", "bruno@secretariat.example")
    assert run(inbox, *officer, "--received", "2026-11-24") == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == ("Taken in: 2; taken in before: 0; not taken in: 1; waiting: 0.")
    assert run(inbox, *officer) == 1
    assert "Taken in: 0; taken in before: 2; not taken in: 1; waiting: 0." in capsys.readouterr().out
    assert Submission.objects.count() == 2
    assert OutgoingMail.objects.count() == 0


def test_an_import_that_was_begun_goes_on(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(inbox, "--dry-run")
    intake = IntakeImport.objects.get()
    intake.state, intake.options = "stopped", {**intake.options, "confirmed_by": User.objects.get().pk}
    intake.confirmed_at = intake.begun_at
    intake.save()
    assert run("--resume") == 1
    assert "Taken in: 2;" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["missing.mbox", "--by", "bruno@secretariat.example"], "there is no file or folder missing.mbox"),
        (["x"], "name the officer who stands for it"),
        (["x", "--by", "chen@elsewhere.example"], "there is no officer with the address"),
        (["--dry-run"], "give a folder or files"),
        (["--resume"], "was begun and not ended"),
        (["{inbox}", "--dry-run", "--publication", "named"], "say with --note"),
        (["{inbox}", "--dry-run", "--received", "yesterday"], "write it as 2026-11-30"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], reason: str, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*(each.format(inbox=inbox) for each in arguments)) == 1
    assert reason in capsys.readouterr().err
    assert Submission.objects.count() == 0
