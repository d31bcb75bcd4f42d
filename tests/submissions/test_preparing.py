"""Texts, findings and hints after the receipt: once, also after a crash, and nothing of what is sealed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from colloquia.core.models import Attachment
from colloquia.submissions.models import (
    FileScan,
    Hint,
    PersonalDataFinding,
    Submission,
    TextFingerprint,
    TextVersion,
)
from colloquia.submissions.records import AnswerIn, FileIn, Incoming
from colloquia.submissions.services import receiving, scanning
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.text_languages import language_of
from tests.submissions.conftest import NAMED

Receive = Callable[..., Submission]
LETTER = (
    "A register of the works that were used in training would let authors see whether their works are "
    "among them, and ask for what the law gives them. It costs little where records are kept from the "
    "beginning."
)


def answer(text: str, **options: Any) -> Any:
    return replace(NAMED, answers=(AnswerIn("XX-01.q1", text),), **options)


def hints(submission: Submission) -> list[tuple[str, str | None]]:
    return [(each.kind, each.other.identifier if each.other else None) for each in submission.hints.all()]


@pytest.mark.parametrize(
    ("text", "stated", "call", "language"),
    [
        ("Наше мнение.", "", ["en", "ru"], ""),
        ("Наше мнение.", "ru", ["en", "ru"], "ru"),
        ("Answer X", "", ["en", "fr"], ""),
        ("Answer X", "", ["en"], "en"),
        ("نعم", "", ["en"], ""),
        ("我们认为应当登记", "", ["en", "zh-hans"], "zh"),
        ("はい、そう思います", "", ["en", "fr"], "ja"),
        (LETTER, "", ["fr"], "en"),
        (LETTER, "fr", ["fr"], "en"),
        ("1, 2, 3", "", ["en"], ""),
    ],
)
def test_no_language_is_made_up_of_a_short_text(
    text: str, stated: str, call: list[str], language: str
) -> None:
    assert language_of(text, stated, call) == language


def test_texts_are_made_once_with_language_pages_and_findings(
    receive: Receive, attach: Callable[..., Attachment]
) -> None:
    content = answer("Je m’appelle Marie Dupont et j’écris à propos du registre des œuvres.")
    submission = receive(content, files=(FileIn(attach()), FileIn(attach("broken.pdf", b"%PDF-1.4 broken"))))
    for _again in range(2):
        prepare(submission.pk)
    answered, read, broken = TextVersion.objects.order_by("pk")
    assert (answered.kind, answered.language, answered.tool) == ("received", "fr", "as received")
    assert [(each.category, each.rule) for each in answered.findings.all()] == [("name", "name.intro.fr")]
    assert (read.kind, read.text, read.problem) == ("extracted", "An annex of one line.\n", "")
    assert (broken.text, bool(broken.problem)) == ("", True)
    assert TextVersion.objects.filter(searched_at=None).count() == 0
    submission.refresh_from_db()
    assert submission.check_state == "waiting"


def test_what_is_sealed_is_not_read(receive: Receive, attach: Callable[..., Attachment]) -> None:
    secret = FileIn(attach("secret.txt", b"Sealed.\n"), secrecy="confidential", secrecy_reason="Trade secret")
    sealed = replace(answer(LETTER), publication="confidential")
    for submission in (receive(sealed, files=(FileIn(attach()),)), receive(answer("Yes."), files=(secret,))):
        prepare(submission.pk)
    assert [each.text for each in TextVersion.objects.all()] == ["Yes."]
    # Nor is it compared: that two texts are equal would tell what one of them says.
    other = receive(answer(LETTER), email="")
    prepare(other.pk)
    assert hints(other) == []


def test_withdrawn_and_replaced_versions_need_nothing(receive: Receive) -> None:
    submission = receive(answer(LETTER))
    receiving.replace(submission=submission, incoming=Incoming(content=answer("Shorter.")), at=timezone.now())
    prepare(submission.pk)
    assert [(each.version.number, each.text) for each in TextVersion.objects.all()] == [(2, "Shorter.")]
    Submission.objects.update(withdrawn_at=timezone.now())
    receive(answer(LETTER))
    Submission.objects.update(withdrawn_at=timezone.now())
    for key in Submission.objects.values_list("pk", flat=True):
        prepare(key)
    assert TextVersion.objects.count() == 1


def test_texts_and_files_that_came_twice_are_told_across_channels(
    receive: Receive, attach: Callable[..., Attachment]
) -> None:
    file = b"The same annex.\n"
    first = receive(answer(LETTER), email="", files=(FileIn(attach(content=file)),))
    same = receive(
        answer(f"  {LETTER.upper()}"), email="", channel="mail", files=(FileIn(attach(content=file)),)
    )
    near = receive(answer(LETTER.replace("costs little", "costs very little")), email="")
    other = receive(
        answer("Something else altogether, of about the same length as the others, on other matters.")
    )
    for each in (first, same, near, other):
        prepare(each.pk)
    assert hints(first) == []
    assert hints(same) == [("same_file", first.identifier), ("same_text", first.identifier)]
    assert same.hints.get(kind="same_text").detail == {"channels": ["mail", "web"], "version": 1}
    assert hints(near) == [("similar_text", first.identifier)]
    assert hints(other) == []
    prepare(same.pk)
    assert Hint.objects.count() == 3


def test_a_hint_names_one_other_however_many_there_are(receive: Receive) -> None:
    rows = [receive(answer(LETTER), email=f"p{number}@example.org") for number in range(4)]
    for each in rows:
        prepare(each.pk)
    assert hints(rows[0]) == []
    assert hints(rows[1]) == [("same_text", rows[0].identifier)]
    assert hints(rows[3]) == [("burst", None), ("same_text", rows[0].identifier)]
    assert rows[3].hints.get(kind="burst").detail["addresses"] == 4


def test_the_same_address_and_links_alone_are_told(receive: Receive) -> None:
    first = receive(answer(LETTER))
    links = receive(answer("https://example.org/a https://example.org/b buy"), channel="mail")
    hidden = receive(replace(answer("Another thing that we say."), publication="anonymous"))
    for each in (first, links, hidden):
        prepare(each.pk)
    assert hints(links) == [("links_only", None), ("same_sender", first.identifier)]
    assert hints(hidden) == []


def test_hints_of_an_earlier_version_go_with_it(receive: Receive) -> None:
    first, again = receive(answer(LETTER), email=""), receive(answer(LETTER), email="")
    prepare(first.pk)
    prepare(again.pk)
    receiving.replace(submission=again, incoming=Incoming(content=answer("Not so.")), at=timezone.now())
    prepare(again.pk)
    assert hints(again) == []


SCANNER = """#!/bin/sh
case "$1" in --version) echo "ClamAV 1.0.7/27000"; exit 0;; esac
for last; do :; done
if grep -q INFECTED "$last"; then echo "$last: Win.Test.EICAR_HDB-1 FOUND"; exit 1; fi
echo "$last: OK"; exit 0
"""


def test_files_are_scanned_where_a_scanner_is(
    receive: Receive,
    attach: Callable[..., Attachment],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    program = tmp_path / "clamscan"
    program.write_text(SCANNER)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    files = (FileIn(attach()), FileIn(attach("bad.txt", b"INFECTED")))
    submission = receive(replace(NAMED, answers=()), files=files)
    settings.CLAMAV = "off"
    prepare(submission.pk)
    assert (FileScan.objects.count(), TextVersion.objects.count()) == (0, 2)
    settings.CLAMAV = "auto"
    other = receive(replace(NAMED, answers=()), files=files)
    prepare(other.pk)
    assert [(each.result, each.signature, each.tool) for each in FileScan.objects.order_by("pk")] == [
        ("clean", "", "ClamAV 1.0.7/27000"),
        ("infected", "Win.Test.EICAR_HDB-1", "ClamAV 1.0.7/27000"),
    ]
    assert other.versions.get().texts.count() == 1
    assert "malware" in [kind for kind, _other in hints(other)]


def test_with_scans_required_nothing_is_read_before(
    receive: Receive, attach: Callable[..., Attachment], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CLAMAV = "required"
    monkeypatch.setenv("PATH", "/nonexistent")
    submission = receive(files=(FileIn(attach()),))
    prepare(submission.pk)
    assert scanning.program() == ""
    assert [each.kind for each in TextVersion.objects.all()] == ["received"]


KILLED = """
import os, signal, django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = {name!r}
from colloquia.submissions.models import TextVersion
from colloquia.submissions.services import preparing
from django.db.models.signals import post_save
def die(**given):
    if TextVersion.objects.count() == 2:
        os.kill(os.getpid(), signal.SIGKILL)
post_save.connect(die, sender=TextVersion)
preparing.prepare({key})
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the child opens the file of the database")
def test_killed_in_the_middle_it_goes_on(receive: Receive) -> None:
    answers = tuple(
        AnswerIn(f"XX-01.q{n}", f"My name is Jane Doe and my number is +41 22 338 91 1{n}.") for n in (1, 2)
    )
    submission = receive(replace(NAMED, answers=answers))
    program = KILLED.format(name=str(connection.settings_dict["NAME"]), key=submission.pk)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL
    # The second text was written and not committed: the first stands whole, with its findings.
    assert [each.findings.count() for each in TextVersion.objects.all()] == [2]
    prepare(submission.pk)
    assert [each.findings.count() for each in TextVersion.objects.all()] == [2, 2]
    assert PersonalDataFinding.objects.count() == 4
    assert TextFingerprint.objects.filter(kind="exact").count() == 0
