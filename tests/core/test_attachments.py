"""Received files: byte for byte, whole or not at all, and harmless when given out again."""

import hashlib
import io
import os
import signal
import time
import zipfile

import pytest
from django.http import Http404
from django.urls import include, path

from colloquia.core import attachments, rules
from colloquia.core.models import Attachment, AuditEntry
from colloquia.urls import urlpatterns as site_addresses

urlpatterns = [path("", include("colloquia.core.urls")), *site_addresses]

RECEIVE = """
import sys
from colloquia.core import attachments
attachments.receive(sys.stdin.buffer, name="answer.pdf")
"""
RECEIVE_CARELESSLY = """
import sys
from pathlib import Path
from django.conf import settings
from colloquia.core.models import Attachment
row = Attachment.objects.create(sha256="0" * 64, size=3_000_000, name="answer.pdf", media_type="x/y")
row.path.parent.mkdir(parents=True, exist_ok=True)
with row.path.open("wb") as file:
    while chunk := sys.stdin.buffer.read(65536):
        file.write(chunk)
"""
CRASH_BEFORE_THE_ROW = """
import os, signal, sys
from colloquia.core import attachments
attachments.on_received(lambda attachment: os.kill(os.getpid(), signal.SIGKILL))
attachments.receive(sys.stdin.buffer, name="answer.pdf")
"""
STATE = """
import json
from colloquia.core import attachments
from colloquia.core.models import Attachment, AuditEntry
swept = attachments.sweep(older_than=-1)
print(json.dumps({
    "rows": Attachment.objects.count(), "audit": AuditEntry.objects.count(),
    "damaged": len(attachments.damaged()), "swept": swept, "left": len(list(attachments._files())),
}))
"""
NO_ROOM = """
import io, resource
from colloquia.core import attachments
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
try:
    attachments.receive(io.BytesIO(b"x" * 2_000_000), name="large.bin")
except attachments.AttachmentRefused as refusal:
    print(refusal)
"""


@pytest.fixture
def folder(settings, tmp_path):
    settings.ATTACHMENTS = tmp_path / "attachments"
    return settings.ATTACHMENTS


def receive(content=b"%PDF-1.7 answer", name="answer.pdf", **options):
    return attachments.receive(io.BytesIO(content), name=name, **options)


def stored(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != ".lock")


def word_document():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


@pytest.mark.django_db
def test_receive_keeps_the_bytes_the_claim_and_the_person(folder, amara):
    content = os.urandom(3_000_000)
    row = receive(content, name="../réponse.pdf", media_type="text/html", by=amara, language="fr")
    assert row.path.read_bytes() == content
    assert (row.sha256, row.size) == (hashlib.sha256(content).hexdigest(), 3_000_000)
    assert (row.original_name, row.name) == ("../réponse.pdf", "réponse.pdf")
    assert (row.declared_type, row.media_type) == ("text/html", "application/octet-stream")
    assert (row.received_from, row.language) == (amara, "fr")
    assert stored(folder) == [row.sha256]
    assert oct(row.path.stat().st_mode)[-3:] == "600"
    assert AuditEntry.objects.get().verb == "core.receive"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (b"%PDF-1.4", "holiday.png", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n0000", "answer.pdf", "image/png"),
        (b"<!-- x --><html><script>alert(1)</script>", "answer.txt", "text/html"),
        ("Merci de votre réponse".encode(), "answer.txt", "text/plain"),
        (b"a,b\n1,2\n", "table.csv", "text/csv"),
        (
            word_document(),
            "answer.zip",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_the_content_says_what_a_file_is(folder, content, name, media_type):
    assert receive(content, name=name).media_type == media_type


@pytest.mark.django_db
def test_the_same_bytes_twice_are_two_receipts_of_one_file(folder, amara, chen):
    first, second = receive(by=amara), receive(by=chen, name="copy.pdf")
    assert first.pk != second.pk
    assert (first.path, stored(folder)) == (second.path, [first.sha256])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"x" * 1001, "“answer.pdf” is larger than 1,000 bytes. Send a smaller file, or several."),
        (b"", "“answer.pdf” is empty. Check the file and send it again."),
    ],
)
def test_too_large_and_empty_are_refused_and_leave_nothing(folder, content, message):
    with pytest.raises(attachments.AttachmentRefused) as refusal:
        receive(content, largest=1000)
    assert (str(refusal.value), stored(folder), Attachment.objects.count()) == (message, [], 0)


@pytest.mark.django_db(transaction=True)
def test_the_room_and_the_ledger_share_the_transaction(folder):
    seen = []

    def then(attachment):
        seen.append(attachment.sha256)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        receive(then=then)
    assert (len(seen), Attachment.objects.count(), AuditEntry.objects.count()) == (1, 0, 0)
    assert attachments.sweep(older_than=-1) == 0
    assert stored(folder) == []


@pytest.mark.django_db
def test_sweep_leaves_what_is_named_and_what_is_young(folder):
    row = receive()
    orphan = folder / "ab" / ("ab" * 32)
    orphan.parent.mkdir()
    orphan.write_bytes(b"x")
    (folder / "incoming" / "draft").write_bytes(b"x")
    assert attachments.sweep() == 0
    assert attachments.sweep(now=time.time() + attachments.ORPHAN_AGE_SECONDS + 60) == 2
    assert stored(folder) == [row.sha256]


@pytest.mark.django_db
def test_damaged_names_rows_whose_file_is_gone_or_short(folder):
    row, other = receive(), receive(b"another")
    assert attachments.damaged() == []
    row.path.unlink()
    other.path.write_bytes(b"anoth")
    assert attachments.damaged() == [row, other]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (RECEIVE, {"rows": 0, "audit": 0, "damaged": 0, "swept": 1, "left": 0}),
        # The negative control: the row first and the bytes after it is what goes wrong.
        (RECEIVE_CARELESSLY, {"rows": 1, "audit": 0, "damaged": 1, "swept": 0, "left": 1}),
    ],
)
def test_killed_while_the_bytes_arrive(site, eventually, script, expected):
    process = site.start(script)
    process.stdin.buffer.write(b"%PDF-1.7" + b"x" * 2_500_000)
    process.stdin.buffer.flush()

    def has_begun():
        files = [path for path in site.folder.glob("attachments/*/*") if path.is_file()]
        return any(path.stat().st_size >= 1_000_000 for path in files)

    eventually(has_begun)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert state(site) == expected


def test_killed_after_the_bytes_and_before_the_row(site):
    process = site.start(CRASH_BEFORE_THE_ROW)
    process.stdin.buffer.write(b"%PDF-1.7")
    process.stdin.close()
    process.stdin = None
    assert process.wait(timeout=120) == -signal.SIGKILL
    assert state(site) == {"rows": 0, "audit": 0, "damaged": 0, "swept": 1, "left": 0}


def test_a_full_disk_is_said_and_leaves_nothing(site):
    assert site.run(NO_ROOM) == (
        "“large.bin” could not be kept: there is no room left on the disk. Nothing of it was stored."
    )
    assert state(site) == {"rows": 0, "audit": 0, "damaged": 0, "swept": 0, "left": 0}


def state(site):
    import json

    return json.loads(site.run(STATE))


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("content", "served_as"), [(b"%PDF-1.7", "application/pdf"), (b"<html>", "application/octet-stream")]
)
def test_a_file_is_a_download_in_a_sandbox(folder, client, bruno, content, served_as):
    row = receive(content, name="réponse\r\nX: y.pdf")
    client.force_login(bruno)
    response = client.get(f"/files/{row.pk}")
    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == served_as
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''r%C3%A9ponse")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_the_sender_and_officers_get_a_file_and_nobody_else(folder, client, amara, bruno, chen):
    row = receive(by=amara)
    statuses = {}
    for person in (amara, bruno, chen):
        client.force_login(person)
        response = client.get(f"/files/{row.pk}")
        statuses[person.name] = response.status_code
        if response.streaming:
            assert b"".join(response.streaming_content) == b"%PDF-1.7 answer"
    client.logout()
    statuses["visitor"] = client.get(f"/files/{row.pk}").status_code
    assert statuses == {"Amara": 200, "Bruno": 200, "Chen": 404, "visitor": 404}
    assert client.post(f"/files/{row.pk}").status_code == 405


@pytest.mark.django_db
def test_a_room_can_let_others_read(folder, chen, monkeypatch):
    monkeypatch.setattr(rules, "_readers", {})
    row = receive()
    assert chen.has_perm("core.read_attachment", row) is False

    def reader(person, attachment):
        return attachment.pk == row.pk and person == chen

    rules.register_reader("tests", reader)
    assert chen.has_perm("core.read_attachment", row) is True
    with pytest.raises(ValueError, match="registered already"):
        rules.register_reader("tests", lambda person, attachment: True)


@pytest.mark.django_db
@pytest.mark.parametrize(("sent", "shown"), [("Dr.Okafor", "S-1-2"), ("Ada.PDF", "S-1-2.pdf")])
def test_a_neutral_name_keeps_no_part_of_the_senders(folder, sent, shown):
    row = attachments.receive(io.BytesIO(b"text"), name=sent)
    response = attachments.serve(row, name="S-1-2")
    response.close()
    assert response["Content-Disposition"] == f'attachment; filename="{shown}"'


@pytest.mark.django_db
def test_a_missing_file_is_not_found_and_said_in_the_log(folder, caplog):
    row = receive()
    row.path.unlink()
    with pytest.raises(Http404):
        attachments.serve(row)
    assert row.sha256 in caplog.text
