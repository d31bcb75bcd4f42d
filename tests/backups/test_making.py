"""A backup is consistent while others write, whole or not there, and copies nothing twice."""

from __future__ import annotations

import resource
import stat
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from colloquia.backups import snapshot
from colloquia.backups.making import make
from colloquia.backups.manifest import BackupUnusable, Manifest, read_manifest
from colloquia.backups.sources import Backup
from colloquia.core import ledger
from colloquia.core.models import Attachment, LedgerOpening
from tests.backups.conftest import Send

pytestmark = pytest.mark.django_db(transaction=True)


def held(manifest: Manifest) -> set[str]:
    """The hashes of the received files in a backup."""
    start = "data/attachments/"
    return {entry.sha256 for entry in manifest.files if entry.path.startswith(start)}


def promised(openings: int) -> set[str]:
    """The hashes of the files that the first entries of the ledger commit to."""
    rows = LedgerOpening.objects.filter(entry__index__lt=openings)
    return {sha256 for row in rows for sha256 in row.content.get("files", ())}


def differences(place: Path) -> list[str]:
    """What differs from the manifest."""
    with Backup(place) as backup:
        return backup.check(lambda _done, _total: None)


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_everything_that_cannot_be_made_again_is_in_it(data: Path, tmp_path: Path) -> None:
    made = make(tmp_path / "backup")
    paths = set(made.manifest.paths())
    assert {"data/secret_key", "data/ledger_key", "data/runs/small-1/manifest.json"} <= paths
    assert "data/naming-profiles/abc/en.csv" in paths
    assert not [path for path in paths if path.startswith(("data/cache", "data/static"))]
    assert held(made.manifest) == promised(3)
    head = ledger.head()
    assert head is not None
    assert made.manifest.ledger is not None
    assert (made.manifest.ledger["size"], made.manifest.ledger["root"]) == (3, head.root)
    assert differences(tmp_path / "backup") == []
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "backup").rglob("*")}
    assert modes == {0o600, 0o700}


def test_brought_up_to_date_it_copies_only_what_is_new(data: Path, send: Send, tmp_path: Path) -> None:
    first = make(tmp_path / "backup")
    send("a fourth")
    second = make(tmp_path / "backup")
    assert second.reused >= len(first.manifest.files) - len(first.manifest.rows) - 1
    assert len(held(second.manifest)) == 4
    stored = {path.name for path in (tmp_path / "backup" / "objects").glob("*/*")}
    assert stored == {entry.sha256 for entry in second.manifest.files}


def test_submissions_arrive_meanwhile(data: Path, send: Send, tmp_path: Path) -> None:
    stop, begun = threading.Event(), threading.Event()

    def arrive() -> None:
        number = 0
        while not stop.is_set() and number < 200:
            send(f"late {number}")
            number += 1
            if number == 2:
                begun.set()
        connections.close_all()

    thread = threading.Thread(target=arrive)
    thread.start()
    try:
        assert begun.wait(30)
        made = [make(tmp_path / name) for name in ("one", "two.tar")]
    finally:
        stop.set()
        thread.join()
    assert ledger.head() is not None
    for each in made:
        assert each.manifest.ledger is not None
        size = each.manifest.ledger["size"]
        assert size >= 5
        assert promised(size) - held(each.manifest) == set()
        assert each.manifest.problems == []


def test_files_listed_before_the_database_would_miss_some(data: Path, send: Send, tmp_path: Path) -> None:
    """The control: in the other order, what arrived in between is in the ledger and not in the backup."""
    listed = {path.name for path in (data / "attachments").glob("??/*")}
    send("in between")
    taken = snapshot.take(tmp_path)
    assert taken.ledger is not None
    assert promised(taken.ledger["size"]) - listed != set()
    assert promised(taken.ledger["size"]) == set(taken.attachments)


def test_a_full_disk_leaves_the_earlier_backup_whole(data: Path, send: Send, tmp_path: Path) -> None:
    make(tmp_path / "backup")
    before = (tmp_path / "backup" / "manifest.json").read_bytes()
    send("a fourth")
    with room_for(20_000):
        for target in ("backup", "other", "one.tar"):
            with pytest.raises(BackupUnusable, match="room left"):
                make(tmp_path / target)
    assert (tmp_path / "backup" / "manifest.json").read_bytes() == before
    assert differences(tmp_path / "backup") == []
    assert not (tmp_path / "other" / "manifest.json").exists()
    assert not list(tmp_path.glob("*.tar*"))


def test_one_file_with_the_manifest_last_and_without_keys(data: Path, tmp_path: Path) -> None:
    made = make(tmp_path / "backup.tar", secrets=False)
    with tarfile.open(tmp_path / "backup.tar") as archive:
        names = archive.getnames()
    assert names[-1] == "manifest.json"
    assert not {"data/secret_key", "data/ledger_key"} & set(names)
    assert [each for each in made.manifest.left_out if "as asked" in each] == [
        "ledger_key: left out, as asked", "secret_key: left out, as asked",
    ]  # fmt: skip
    assert differences(tmp_path / "backup.tar") == []
    with pytest.raises(BackupUnusable, match="exists"):
        make(tmp_path / "backup.tar")


def test_a_backup_holds_the_keys_unless_they_are_left_out_or_kept_apart(
    data: Path, tmp_path: Path, settings: Any
) -> None:
    keys = {"data/secret_key", "data/ledger_key"}
    make(tmp_path / "with.tar")
    with tarfile.open(tmp_path / "with.tar") as archive:
        assert keys & set(archive.getnames()) == keys
    for key in keys:
        (data / key.removeprefix("data/")).unlink()
    settings.LEDGER_KEY = "given by the environment"
    apart = make(tmp_path / "apart.tar").manifest
    assert {entry.path for entry in apart.files} & keys == set()
    assert [each for each in apart.left_out if "environment" in each] == [
        "secret_key: set in the environment; keep it yourself",
        "ledger_key: set in the environment; keep it yourself",
    ]


def test_missing_and_damaged_files_are_named(data: Path, tmp_path: Path) -> None:
    first, second = Attachment.objects.order_by("received_at")[:2]
    first.path.unlink()
    second.path.write_bytes(b"Something else.")
    problems = make(tmp_path / "backup").manifest.problems
    assert sorted(each.partition(": ")[2].partition(";")[0] for each in problems) == [
        "differs from what was received", "is missing",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["data/inside", "."])
def test_a_backup_lies_outside_the_data_folder(name: str, data: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupUnusable, match="lies in the data folder"):
        make(tmp_path / name)


def test_a_folder_with_other_files_is_refused(data: Path, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.doc").write_text("Mine.")
    with pytest.raises(BackupUnusable, match="holds other files"):
        make(tmp_path / "papers")


@pytest.mark.parametrize("path", ["../escaped", "/etc/passwd", "a\\b"])
def test_a_manifest_that_leads_outside_is_refused(path: str, data: Path, tmp_path: Path) -> None:
    data_of = make(tmp_path / "backup").manifest.as_bytes().decode()
    with pytest.raises(BackupUnusable, match="outside"):
        read_manifest(data_of.replace("data/secret_key", path.replace("\\", "\\\\")).encode())
    with pytest.raises(BackupUnusable, match="damaged"):
        read_manifest(data_of.encode()[:-20])
    assert connection.vendor in {"sqlite", "postgresql"}
