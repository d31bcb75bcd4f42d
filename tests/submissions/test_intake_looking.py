"""What an import would make is listed before anything is taken in, whatever was sent in."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from colloquia.accounts.models import User
from colloquia.core.models import Attachment
from colloquia.engines.answer_forms.writing import write
from colloquia.submissions.call_form import form_of
from colloquia.submissions.models import (
    Call,
    ImportItem,
    ImportState,
    IntakeImport,
    ItemState,
    Submission,
)
from colloquia.submissions.presentation.intake import items_table
from colloquia.submissions.queries import intake as queries
from colloquia.submissions.services import destroying, intake_looking, intake_staging, intake_taking
from colloquia.submissions.services.refusals import SubmissionRefused
from tests.engines.answer_forms.conftest import fill, saved, tick
from tests.engines.intake.test_probe import spread_workbook
from tests.submissions.intake_samples import AWAY, MAIL, SHORT, TABLE, mailbox, packed

OPTIONS = {"publication": "confidential", "received": "2026-11-25T12:00:00+00:00"}
HOSTILE = ("../../escaped.txt", "/absolute.txt", "a\\..\\back.txt", "con\x07trol\u202e.txt", "x" * 300)
Look = Callable[..., IntakeImport]


@pytest.fixture
def look(call: Call, bruno: User, settings: Any, tmp_path: Path) -> Look:
    """Sends files in and looks at them."""
    settings.DATA, settings.ATTACHMENTS = tmp_path / "data", tmp_path / "data" / "attachments"

    def make(files: dict[str, bytes], *folders: Path, kind: str = "", **more: Any) -> IntakeImport:
        intake = intake_looking.begin(
            call=call, uploads=[(BytesIO(data), name) for name, data in files.items()], folders=folders,
            options={**OPTIONS, **more}, kind=kind, by=bruno, background=False,
        )  # fmt: skip
        intake_looking.look(intake.pk)
        intake.refresh_from_db()
        return intake

    return make


def take(intake: IntakeImport) -> list[str]:
    """Confirm and take in; gives what became of each item."""
    intake_taking.confirm(intake_id=intake.pk, digest=intake.digest, by=intake.begun_by, background=False)
    assert intake_taking.take(intake.pk)
    return list(intake.items.order_by("position").values_list("state", flat=True))


def told(intake: IntakeImport) -> str:
    """Everything that is said about an import and its items."""
    items = [each["message"] for item in intake.items.all() for each in item.problems]
    return " ".join([*(each["message"] for each in intake.report["troubles"]), *items])


def test_messages_of_a_mailbox(look: Look) -> None:
    intake = look({"inbox.mbox": mailbox(MAIL, SHORT, AWAY, SHORT)})
    assert (intake.state, intake.kind, intake.total) == (ImportState.LOOKED_AT, "mbox", 4)
    first = intake.items.get(position=1).summary
    assert (first["received_at"], first["email"], first["expected"]) == (
        "2026-11-23T09:00:05+00:00", "zoe@example.org", "S-2026-00001",
    )  # fmt: skip
    assert "is the same as inbox.mbox, message 2" in told(intake)
    assert (queries.counts_of(intake)["waiting"], queries.repeated(intake)) == (3, 1)
    assert Submission.objects.count() == 0
    assert take(intake) == ["taken", "taken", "refused", "there"]
    version = Submission.objects.get(identifier="S-2026-00001").versions.get()
    assert [(each.attachment.name, each.is_original) for each in version.files.all()] == [
        ("Our answer.eml", True), ("paper.pdf", False),
    ]  # fmt: skip
    assert version.answers.get().text == "We think a register is needed.\nFrom here on we agree."
    assert [item.summary for item in ImportItem.objects.filter(state=ItemState.TAKEN)] == [{}, {}]


def test_the_same_mailbox_again_takes_nothing_twice(look: Look) -> None:
    take(look({"inbox.mbox": mailbox(MAIL, SHORT)}))
    again = look({"other.mbox": mailbox(SHORT, MAIL), "one.eml": MAIL.replace("\n", "\r\n").encode()})
    assert set(again.items.values_list("state", flat=True)) == {"there"}
    assert Submission.objects.count() == 2


def test_rows_of_a_table_with_their_files(look: Look) -> None:
    intake = look({"in.zip": packed({"answers.csv": TABLE, "files/letter.pdf": b"%PDF-1.4 letter"})})
    rows = [item.summary for item in intake.items.order_by("position")]
    assert [row["content"]["organisation"] or row["content"]["name"] for row in rows] == [
        "Example Publishers", "Li", "Mo",
    ]  # fmt: skip
    assert rows[0]["received_at"] == "2026-11-20T14:05:00+00:00"
    assert [file["name"] for file in rows[0]["files"]] == ["letter.pdf"]
    assert rows[1]["content"]["answers"][0]["text"] == "=1+1"
    assert "“Atlantis” is no country or territory of the list" in told(intake)
    assert 'names the file "missing.pdf", which was not found' in told(intake)
    assert take(intake) == ["taken"] * 3
    assert Submission.objects.filter(versions__publication="confidential").count() == 3


def test_times_of_a_table_are_those_of_the_venue(look: Look, call: Call) -> None:
    call.time_zone = "Asia/Tokyo"
    call.save()
    table = b"Name,Date,XX-01.q1\nAda,2026-11-20 17:05,A.\nLi,2026-11-20T08:05:00Z,B.\nMo,2027-11-20,C.\n"
    intake = look({"answers.csv": table})
    moments = [item.summary["received_at"] for item in intake.items.order_by("position")]
    assert moments[:2] == ["2026-11-20T17:05:00+09:00", "2026-11-20T08:05:00+00:00"]
    assert "lies in the future" in told(intake)


def test_the_date_of_a_message_counts_where_no_server_says_when(look: Look, call: Call) -> None:
    call.time_zone, call.opens_at = "Asia/Tokyo", datetime(2026, 11, 10, tzinfo=UTC)
    call.save()
    early, none = SHORT.replace("24 Nov 2026", "2 Sep 2026"), SHORT.replace("Date: ", "X-Date: ")
    mails = {"a.eml": SHORT, "b.eml": early.replace("<2@", "<3@"), "c.eml": none.replace("<2@", "<4@")}
    intake = look({name: text.encode() for name, text in mails.items()} | {"d.mbox": mailbox(MAIL)})
    rows = [item.summary for item in intake.items.order_by("where")]
    given = OPTIONS["received"]
    assert [(row["received_at"], row["received_by"]) for row in rows] == [
        ("2026-11-24T08:30:00+00:00", "sender"), (given, "default"), (given, "default"),
        ("2026-11-23T09:00:05+00:00", "server"),
    ]  # fmt: skip
    assert "is dated 2026-09-02 17:30 JST" in told(intake)
    shown = [row["received"] for row in items_table(call, intake.items.order_by("where"), 4).rows]
    assert shown[0] == "24 November 2026, 17:30 JST"


def test_what_stands_in_a_column_that_fits_nothing_is_told_and_kept(look: Look) -> None:
    table = (
        "Name;E-mail;Mobile;XX-01.q1;ZZ-99.q9;Remarks for the desk\n"
        "Ada;ada@example.org;+41 79 000 00 00;A register.;off;7 a\n"
        "Li;not-an-address;;B.;;8 b\n"
        "Mo;mo@example.org;;;;\n"
    )
    intake = look({"answers.csv": table.encode()})
    assert "“not-an-address” is no e-mail address" in told(intake)
    named = [each["message"] for each in intake.report["troubles"]]
    assert sorted(re.findall("“([^”]+)”", " ".join(named))) == ["Mobile", "Remarks for the desk", "ZZ-99.q9"]
    assert intake.items.get(state=ItemState.REFUSED).where == "answers.csv, row 4"
    extra = [item.summary["extra"] for item in intake.items.filter(state=ItemState.WAITING)]
    kept = [{**each.get("left_out", {}), **each.get("closed", {})} for each in extra]
    assert kept == [{"ZZ-99.q9": "off", "Remarks for the desk": "7 a"}, {"Remarks for the desk": "8 b"}]
    assert extra[1]["email"] == "not-an-address"
    take(intake)
    assert '"ZZ-99.q9":"off"' in Submission.objects.earliest("pk").versions.get().document


def test_a_filled_form_is_read_by_question(look: Look, call: Call, placed: list[str]) -> None:
    document = Document(BytesIO(write(form_of(call, "en"))))
    for code in ("R1.4", "R8.2"):
        tick(document, code)
    fill(document, "R3", "Paper Guild")
    fill(document, "XX-01.q2", "Yes.")
    intake = look({"guild.docx": saved(document)})
    summary = intake.items.get().summary
    assert (summary["content"]["organisation"], summary["content"]["publication"], summary["channel"]) == (
        "Paper Guild", "anonymous", "form",
    )  # fmt: skip
    assert [each["question"] for each in summary["content"]["answers"]] == ["XX-01.q2"]


def test_equal_letters_without_a_name_are_several(look: Look) -> None:
    files = {"one.txt": "A letter.", "two.txt": "A letter.", "three.txt": "Another."}
    assert take(look({"letters.zip": packed(files)})) == ["taken"] * 3
    again = look({"letters.zip": packed({**files, "four.txt": "A letter."})})
    assert sorted(again.items.values_list("state", flat=True)) == ["there", "there", "there", "waiting"]


def test_hostile_names_stay_in_their_folder(look: Look, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in (
            "../../escaped.txt",
            "/absolute.txt",
            "a\\..\\back.txt",
            "con\x07trol\u202e.txt",
            "x" * 300,
        ):
            archive.writestr(name, "A text.")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    intake = look({"hostile.zip": buffer.getvalue()})
    names = sorted(file["path"] for item in intake.items.all() for file in item.summary["files"])
    assert len(names) == 5
    assert {"escaped.txt", "absolute.txt", "a/back.txt", "control.txt"} <= set(names)
    assert "is a link and was left out" in told(intake)
    assert not list(tmp_path.parent.glob("escaped*"))


def test_a_folder_on_the_server_is_read_without_following_links(look: Look, tmp_path: Path) -> None:
    folder = tmp_path / "post"
    (folder / "guild").mkdir(parents=True)
    (folder / "guild" / "letter.txt").write_text("A letter.")
    (folder / "mail.eml").write_text(MAIL)
    (folder / "secret").symlink_to("/etc/passwd")
    intake = look({}, folder, named_by_file=True)
    assert sorted(intake.items.values_list("where", flat=True)) == ["guild/letter.txt", "mail.eml"]
    assert "is a link and was not followed" in told(intake)
    (folder / "guild" / "letter.txt").write_text("Another letter.")
    assert sorted(take(intake)) == ["refused", "taken"]
    assert "has changed since it was looked at" in told(intake)
    assert Attachment.objects.filter(name="letter.txt", destroyed_at=None).count() == 0


@pytest.mark.parametrize("kind", ["", "folder"])
def test_nothing_of_a_folder_is_left_out_unsaid(kind: str, look: Look, tmp_path: Path) -> None:
    folder = tmp_path / "post"
    for name in ("..acme/letter.txt", ".hidden/note.txt", "old.txt~", "Thumbs.db", ".DS_Store", "~$a.docx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"This stands in {name}.")
    os.mkfifo(folder / "pipe")
    intake = look({}, folder, kind=kind)
    assert sorted(intake.items.values_list("where", flat=True)) == [
        "..acme/letter.txt", ".hidden/note.txt", "old.txt~",
    ]  # fmt: skip
    assert sorted(each["where"] for each in intake.report["troubles"]) == [
        ".DS_Store", "Thumbs.db", "pipe", "~$a.docx",
    ]  # fmt: skip
    assert take(intake) == ["taken"] * 3


def test_a_file_whose_name_is_no_text_is_taken_in(look: Look, tmp_path: Path) -> None:
    folder = tmp_path / "post"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("A letter.")
    intake = look({}, folder)
    item = intake.items.get()
    assert item.summary["files"][0]["path"] == "bytes:636166e92e747874"
    json.dumps([item.summary, item.problems, intake.report], ensure_ascii=False).encode()
    assert take(intake) == ["taken"]


def test_what_systems_put_into_an_archive_is_told_at_every_look(look: Look) -> None:
    intake = look({"in.zip": packed({"..a/b.txt": "A.", "__MACOSX/..a/._b.txt": "x", "c/.DS_Store": "x"})})
    for _again in range(2):
        assert [each["where"] for each in intake.report["troubles"]] == [
            "in.zip: __MACOSX", "in.zip: c/.DS_Store",
        ]  # fmt: skip
        assert intake.items.count() == 1
        intake_looking.remap(intake_id=intake.pk, maps=[], by=intake.begun_by, background=False)
        intake_looking.look(intake.pk)
        intake.refresh_from_db()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bomb.zip", packed({"bomb.txt": b"\0" * (80 << 20)}), "would unpack to 80 MiB"),
        ("far.xlsx", spread_workbook(), "spread over a huge sheet"),
        ("broken.zip", b"PK\x03\x04" + b"nonsense" * 9, "cannot be unpacked"),
        ("empty.csv", b"Name,Answer\n", "no column of answers"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_with_a_remedy(
    name: str, content: bytes, reason: str, look: Look
) -> None:
    intake = look({name: content})
    assert intake.state == ImportState.UNUSABLE
    assert reason in told(intake)
    with pytest.raises(SubmissionRefused):
        intake_taking.confirm(intake_id=intake.pk, digest="", by=intake.begun_by, background=False)


def test_too_many_files_are_refused_before_any_is_unpacked(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_staging, "MOST_MEMBERS", 100)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(intake_staging.MOST_MEMBERS + 1):
            archive.writestr(f"{number}.txt", b"")
    intake = look({"many.zip": buffer.getvalue()})
    assert "holds 101 files, more than 100" in told(intake)


def test_what_is_there_already_is_named(look: Look) -> None:
    take(look({"inbox.mbox": mailbox(MAIL)}))
    other = MAIL.replace("Our answer", "Our answer, again").replace("<1@", "<9@")
    intake = look({"inbox.mbox": mailbox(other)})
    assert intake.items.get().summary["same_as"] == [["S-2026-00001", "file"]]


def test_what_was_sent_in_goes_with_the_last_submission_of_it(look: Look) -> None:
    intake = look({"inbox.mbox": mailbox(MAIL, SHORT, AWAY)})
    take(intake)
    source = Attachment.objects.get(name="inbox.mbox")
    for number, submission in enumerate(Submission.objects.order_by("pk")):
        source.refresh_from_db()
        assert (source.destroyed_at is None) is (number < 2)
        destroying.destroy(submission, keep_published=True)
    assert Attachment.objects.get(pk=source.pk).destroyed_at is not None
    intake.refresh_from_db()
    assert (intake.name, intake.options, intake.report) == ("", {}, {})
    assert set(intake.items.values_list("where", flat=True)) == {""}
    assert [item.summary for item in intake.items.all()] == [{}, {}, {}]
