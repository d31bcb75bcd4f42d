"""``colloquia verify`` finds one altered bit in every kind of stored thing, and says where it is."""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection

from colloquia.accounts.models import User
from colloquia.cli import CommandError
from colloquia.commands import verify
from colloquia.core import attachments, ledger
from colloquia.core.ledger import keys
from colloquia.core.models import Attachment, LedgerOpening
from colloquia.submissions.commitments import of_call
from colloquia.submissions.models import (
    Call,
    PublishedPart,
    PublishedSubmission,
    RetentionRun,
    Submission,
    TextVersion,
)
from colloquia.submissions.queries.integrity_acts import act_findings
from colloquia.submissions.queries.integrity_published import published_findings
from colloquia.submissions.queries.integrity_receipts import receipt_findings
from colloquia.submissions.records import FileIn, PartyIn
from colloquia.submissions.services import destroying, receipts, withdrawing
from tests.submissions.conftest import (  # noqa: F401 -- fixtures
    NAMED,
    call,
    make_call,
    questions,
    receive,
    territories,
)
from tests.submissions.made_public import made_public

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(
    receive: Callable[..., Submission],  # noqa: F811 -- the fixture
    bruno: User,
    tmp_path: Path,
    settings: Any,
) -> list[Submission]:
    """Three submissions: one public with a file, one withdrawn, one that waits; under a key of their own."""
    settings.DATA, settings.ATTACHMENTS = tmp_path, tmp_path / "attachments"
    file = attachments.receive(BytesIO(b"An annex that is looked at.\n"), name="annex.txt")
    public = receive(files=(FileIn(file, title="Annex"),))
    made_public(public, bruno)
    withdrawn = receive()
    withdrawing.withdraw(submission=withdrawn)
    joint = replace(NAMED, parties=(PartyIn("organisation", "Another House", "CH"),))
    last = receive(joint)
    announced = Call.objects.get()
    asked = announced.questions.order_by("position").values_list("question_id", flat=True)
    ledger.record("call.announced", about=announced, content=of_call(announced, asked))
    return [public, withdrawn, last]


def verified(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    """Exit status, and everything that was said."""
    parser = argparse.ArgumentParser()
    verify.configure(parser)
    capsys.readouterr()
    status = verify.run(parser.parse_args(more))
    said = capsys.readouterr()
    return status, said.out + said.err


def test_a_record_that_is_whole_holds(record: list[Submission], capsys: pytest.CaptureFixture[str]) -> None:
    status, said = verified(capsys)
    assert (status, "DIFFERS" in said) == (0, False)
    assert "Everything is as it was received." in said
    assert "Ledger: 22 checked, 0 differences" in said


def test_a_sender_who_stated_no_language_is_no_difference(
    receive: Callable[..., Submission],  # noqa: F811 -- the fixture
    bruno: User,
) -> None:
    shown = made_public(receive(replace(NAMED, language="")), bruno)
    assert shown.language == "en"
    found = [each.what for each in act_findings(lambda _done: None) if each.is_difference]
    assert found == []


class Flip(NamedTuple):
    """One bit of one column of one row: ``near`` is what stands in the value where it is flipped."""

    table: str
    column: str
    where: str
    place: str
    near: str = ""


FLIPS = [
    Flip("core_ledgerentry", "kind", "index=1", "Entry 1:"),
    Flip("core_ledgerentry", "at", "index=1", "Entry 1:"),
    Flip("core_ledgerentry", "commitment", "index=1", "Entry 1:"),
    Flip("core_ledgerentry", "leaf_hash", "index=1", "Entry 1:"),
    Flip("core_ledgernode", "hash", "level=0 AND index=2", "Node 2 of level 0:"),
    Flip("core_ledgernode", "hash", "level=1 AND index=1", "Node 1 of level 1:"),
    Flip("core_ledgernode", "hash", "level=2 AND index=0", "Node 0 of level 2:"),
    Flip("core_ledgerhead", "root", "size=3", "Head of 3 entries:"),
    Flip("core_ledgerhead", "at", "size=3", "Head of 3 entries:"),
    Flip("core_ledgerhead", "key", "size=3", "Head of 3 entries:"),
    Flip("core_ledgerhead", "signature", "size=3", "Head of 3 entries:"),
    Flip("core_ledgerkey", "public", "1=1", "Public key"),
    Flip("core_ledgersize", "size", "1=1", "Size of the ledger:"),
    Flip("core_ledgeropening", "salt", "entry_id=0", "Opening of entry 0:"),
    Flip("core_ledgeropening", "content", "entry_id=0", "Opening of entry 0:", near="00001"),
    Flip("submissions_submissionversion", "document", "ledger_index=0", "00001 version 1:", near="register"),
    Flip("submissions_submissionversion", "sha256", "ledger_index=0", "00001 version 1:"),
    Flip("submissions_submissionversion", "ledger_index", "ledger_index=0", "00001 version 1:"),
    Flip("submissions_submissionversion", "received_at", "ledger_index=0", "00001 version 1:", near=":"),
    Flip("submissions_submissionversion", "organisation", "ledger_index=0", "00001 version 1:"),
    Flip("submissions_submission", "received_at", "identifier LIKE '%%00001'", "00001:", near=":"),
    Flip("submissions_answer", "text", "position=1", "version 1: The stored answers"),
    Flip("submissions_answer", "secrecy_reason", "position=1", "version 1: The stored answers"),
    Flip("submissions_party", "name", "position=1", "version 1: The stored parties"),
    Flip("submissions_textversion", "text", "answer_id IS NOT NULL", "The text is not the one that was made"),
    Flip("submissions_publishedpart", "sha256", "position=1", "published part 1:"),
    Flip("submissions_publishedpart", "question_id", "position=1", "as published:"),
    Flip("core_attachment", "sha256", "1=1", "Received file"),
    Flip("core_attachment", "size", "1=1", "Received file"),
]


@pytest.mark.parametrize("flip", FLIPS, ids=lambda flip: f"{flip.table}.{flip.column}.{flip.where}")
def test_one_altered_bit_is_found_where_it_is(
    flip: Flip, record: list[Submission], capsys: pytest.CaptureFixture[str]
) -> None:
    alter(flip)
    status, said = verified(capsys)
    found = [line for line in said.splitlines() if line.startswith("  DIFFERS")]
    assert status == 1
    assert [line for line in found if flip.place in line] != [], said


def alter(flip: Flip) -> None:
    where = flip.where.replace("index=", '"index"=').replace('ledger_"index"', "ledger_index")
    with connection.cursor() as cursor:
        cast = (
            "::text"
            if connection.vendor == "postgresql" and flip.column in ("content", "received_at")
            else ""
        )
        cursor.execute(f'SELECT "{flip.column}"{cast} FROM {flip.table} WHERE {where} ORDER BY 1 LIMIT 1')
        value = cursor.fetchone()[0]
        altered = flipped(value, flip.near)
        back = "::jsonb" if connection.vendor == "postgresql" and flip.column == "content" else ""
        back = back or ("::timestamptz" if cast else "")
        cursor.execute(f'UPDATE {flip.table} SET "{flip.column}"=%s{back} WHERE {where}', [altered])
        assert cursor.rowcount >= 1


def flipped(value: Any, near: str) -> Any:
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, memoryview | bytes):
        data = bytearray(bytes(value))
        data[5] ^= 1
        return bytes(data)
    text = str(value)
    if not text:
        return "x"
    place = text.index(near) + len(near) - (1 if near != ":" else -1) if near else 0
    return f"{text[:place]}{chr(ord(text[place]) ^ 1)}{text[place + 1 :]}"


_EMPTIED = "UPDATE submissions_submissionversion SET document=''"
_NO_DOCUMENT = hashlib.sha256(b"[]").hexdigest()


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("DELETE FROM core_ledgernode WHERE level=1", "Node 0 of level 1: It is missing"),
        ("DELETE FROM core_ledgerhead WHERE size=2", "Head of 2 entries: It is missing"),
        ("DELETE FROM core_ledgeropening WHERE entry_id=0", "Entry 0 of the ledger does not open"),
        ("UPDATE submissions_submissionversion SET document='' WHERE ledger_index=0", "The document is not"),
        ("UPDATE submissions_submission SET version=2", "It says 2 versions"),
        ("UPDATE core_ledgernode SET level=40 WHERE level=2", "Node 0 of level 40"),
        ("UPDATE submissions_submissionfile SET secrecy='confidential'", "The column secrecy of file 1"),
        ("UPDATE submissions_submission SET withdrawn_at=NULL", "Whether it was withdrawn is not"),
        ("UPDATE submissions_submission SET withdrawn_at=received_at", "Whether it was withdrawn is not"),
        (
            f"UPDATE submissions_submission SET destroyed_at=received_at; {_EMPTIED}",
            "It says that it was destroyed; no entry",
        ),
        (
            "DELETE FROM submissions_publishedpart; DELETE FROM submissions_publishedsubmission",
            "Whether it is public is not",
        ),
        ("UPDATE submissions_publishedsubmission SET organisation='Mallory'", "The column organisation"),
        ("UPDATE submissions_publishedsubmission SET is_anonymous=(1=1)", "The column is_anonymous"),
        (
            "UPDATE consultations_consultation SET slug='another-call'",
            "It stands in the call another-call; the document answers small-call",
        ),
        (
            f"UPDATE submissions_submissionversion SET document='[]', sha256='{_NO_DOCUMENT}'",
            "is not one that",
        ),
    ],
)
def test_what_is_missing_or_too_much_is_found(
    statement: str, place: str, record: list[Submission], capsys: pytest.CaptureFixture[str]
) -> None:
    with connection.cursor() as cursor:
        for each in statement.split(";"):
            cursor.execute(each)
    status, said = verified(capsys)
    assert (status, place in said) == (1, True), said


_BESIDE = f"""
UPDATE submissions_submission SET is_late=(1=1), channel='post', confirmed_at=NULL,
  entered_at='2020-01-01 00:00:00+00';
UPDATE submissions_submission SET withdrawn_at='2020-01-01 00:00:00+00' WHERE withdrawn_at IS NOT NULL;
UPDATE core_attachment SET name='other.txt';
UPDATE submissions_publishedsubmission SET is_late=(1=2), channel='mail', received_on='2020-01-01';
UPDATE submissions_publishedpart SET mining_reserved=(1=1);
UPDATE submissions_textversion SET text='[]', sha256='{_NO_DOCUMENT}' WHERE answer_id IS NOT NULL
"""
_NOT_SAID = "is not what the ledger committed to."


def test_facts_beside_the_document_are_covered(
    record: list[Submission], capsys: pytest.CaptureFixture[str]
) -> None:
    with connection.cursor() as cursor:
        for each in _BESIDE.split(";"):
            cursor.execute(each)
    said = verified(capsys)[1]
    public, withdrawn, waits = (each.identifier for each in record)
    found = {line.removeprefix("  DIFFERS  ") for line in said.splitlines() if "DIFFERS" in line}
    facts = ("mark of being late", "channel", "time of entry", "time of confirmation")
    assert found == {
        *(f"{name}: The {fact} {_NOT_SAID}" for name in (public, withdrawn, waits) for fact in facts),
        f"{withdrawn}: The time of withdrawal {_NOT_SAID}",
        f"{public} version 1: The column name of file 1 does not say what the document says.",
        f"Text {_text_of(public)} of {public}: The text is not that of the answer.",
        f"{public}, as published: It {_NOT_SAID}",
        f"{public}, published part 1: Its SHA-256 is another.",
        f"{public}, as published: The column is_late is not what was received.",
        f"{public}, as published: The column channel is not what was received.",
    }


def test_what_is_said_beside_a_public_text_is_covered(
    record: list[Submission], capsys: pytest.CaptureFixture[str]
) -> None:
    PublishedSubmission.objects.update(received_on="2020-01-01")
    PublishedPart.objects.filter(position=2).update(mining_reserved=True)
    status, said = verified(capsys)
    place = record[0].identifier
    assert status == 1
    assert f"{place}, as published: What is said of it {_NOT_SAID}" in said
    assert f"{place}, published part 2: What is said of it {_NOT_SAID}" in said
    assert f"{place}, published part 1" not in said


def test_entries_that_say_less_hold(record: list[Submission]) -> None:
    for opening in LedgerOpening.objects.all():
        for name in ("late", "channel", "entered", "confirmed", "said"):
            opening.content.pop(name, None)
        for part in opening.content.get("parts", ()):
            del part["said"]
        opening.save()
    submission = record[2]
    Submission.objects.filter(pk=submission.pk).update(is_late=True, confirmed_at=None)
    assert [*receipt_findings(int), *published_findings(int)] == []


def test_a_confirmation_has_its_entry(
    receive: Callable[..., Submission],  # noqa: F811 -- the fixture
) -> None:
    submission = receive(confirmed_at=None)
    receipts.confirm(submission=submission, code=receipts.confirmation_code(submission))
    assert list(receipt_findings(int)) == []
    Submission.objects.update(confirmed_at=None)
    where = [(each.where, each.what) for each in receipt_findings(int)]
    assert where == [(submission.identifier, f"The time of confirmation {_NOT_SAID}")]


def _text_of(identifier: str) -> int:
    return TextVersion.objects.get(version__submission__identifier=identifier, answer__isnull=False).pk


def test_one_altered_bit_in_a_file_is_found(
    record: list[Submission], capsys: pytest.CaptureFixture[str]
) -> None:
    path = Attachment.objects.get().path
    data = bytearray(path.read_bytes())
    data[3] ^= 1
    path.write_bytes(data)
    status, said = verified(capsys)
    assert (status, f"{path} does not hold the bytes" in said) == (1, True)
    path.unlink()
    status, said = verified(capsys)
    assert (status, f"{path} is missing" in said) == (1, True)


@pytest.mark.parametrize("place", [0, 20])
def test_an_altered_signing_key_is_found(
    place: int, record: list[Submission], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / keys.FILE
    text = path.read_text()
    path.write_text(f"{text[:place]}{'B' if text[place] == 'A' else 'A'}{text[place + 1 :]}")
    status, said = verified(capsys)
    assert (status, str(path) in said) == (1, True)


def test_content_that_is_no_json_any_more_is_named_and_the_rest_is_read(
    record: list[Submission], capsys: pytest.CaptureFixture[str]
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("This database holds no broken JSON.")
    with connection.cursor() as cursor:
        # Django's own constraint on JSON has to be gone round, as damage would.
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("UPDATE core_ledgeropening SET content='{broken' WHERE entry_id=1")
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    status, said = verified(capsys)
    found = [line for line in said.splitlines() if "DIFFERS" in line and "Opening" in line]
    assert (status, len(found)) == (1, 1)
    LedgerOpening.objects.filter(pk=1).delete()


def test_destroyed_openings_are_counted_and_the_ledger_stays_whole(
    record: list[Submission], capsys: pytest.CaptureFixture[str]
) -> None:
    before = ledger.head()
    RetentionRun.objects.create(call=record[1].call)
    destroying.destroy(record[1], keep_published=True)
    status, said = verified(capsys)
    assert status == 0, said
    assert "note  Openings: 2 were destroyed" in said
    assert "note  Documents: 1 were destroyed" in said
    assert ledger.head() == before


def test_a_head_kept_elsewhere_shows_that_the_ledger_was_rewritten(
    record: list[Submission], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "head.json"
    head = ledger.head(2)
    assert head is not None
    kept.write_text(json.dumps(head.as_json()))
    assert verified(capsys, "--head", str(kept))[0] == 0
    for change, words in (({"root": "00" * 32}, "rewritten"), ({"size": 99}, "Entries are missing")):
        kept.write_text(json.dumps(head.as_json() | change))
        with pytest.raises(CommandError, match=words):
            verified(capsys, "--head", str(kept))


def test_help_comes_at_once_and_a_receipt_needs_no_django() -> None:
    script = (
        "import sys; from colloquia.cli import main\n"
        "import colloquia.receipt_check\n"
        "try: main(['verify', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'numpy', 'rich', 'pyarrow'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
