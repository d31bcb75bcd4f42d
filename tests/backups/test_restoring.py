"""A backup comes back onto an empty machine, whole, and nowhere else."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from colloquia.backups.making import make
from colloquia.backups.manifest import BackupUnusable
from colloquia.backups.restoring import restore
from colloquia.core import ledger
from colloquia.submissions.commitments import of_call
from colloquia.submissions.models import Answer, Call

pytestmark = pytest.mark.django_db(transaction=True)


def command(backup: Path, data: Path) -> subprocess.CompletedProcess[str]:
    """``colloquia restore`` with SQLite in another data folder."""
    environment = {**os.environ, "COLLOQUIA_DATA": str(data), "DATABASE_URL": ""}
    return subprocess.run(
        [sys.executable, "-m", "colloquia", "restore", str(backup)],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_everything_comes_back_and_agrees_with_its_ledger(data: Path, tmp_path: Path) -> None:
    """On PostgreSQL this puts its rows into SQLite."""
    call = Call.objects.get()
    asked = call.questions.order_by("position").values_list("question_id", flat=True)
    ledger.record("call.announced", about=call, content=of_call(call, asked))
    made, new = make(tmp_path / "backup"), tmp_path / "new"
    # What a try that was killed left behind.
    (new / ".restoring" / "runs").mkdir(parents=True)
    (new / ".restoring" / "secret_key").write_text("half of it")
    done = command(tmp_path / "backup", new)
    assert (done.returncode, done.stderr.count("colloquia:")) == (0, 0), done.stderr
    assert done.stdout.rstrip().endswith("Everything is as it was received.")
    for name in ("secret_key", "ledger_key", "runs/small-1/manifest.json", "naming-profiles/abc/en.csv"):
        assert (new / name).read_bytes() == (data / name).read_bytes()
    head = ledger.head()
    assert head is not None
    with closing(sqlite3.connect(new / "colloquia.sqlite3")) as database:
        found = database.execute(
            "SELECT size, root FROM core_ledgerhead ORDER BY size DESC LIMIT 1"
        ).fetchone()
        texts = [row[0] for row in database.execute("SELECT text FROM submissions_answer ORDER BY id")]
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
    assert found == (head.size, head.root)
    assert texts == list(Answer.objects.order_by("pk").values_list("text", flat=True))
    assert broken == []
    again = command(tmp_path / "backup", new)
    assert again.returncode == 1
    assert "is not empty" in again.stderr
    assert made.manifest.problems == []
    assert sorted(path.name for path in new.glob(".*")) == []


def test_moving_that_was_broken_off_is_ended_with_the_same_backup(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, new = make(tmp_path / "backup"), tmp_path / "new"
    whole = new / ".restored"
    (whole / "attachments").mkdir(parents=True)
    (whole / "secret_key").write_text("k" * 50)
    (new / "ledger_key").write_text("moved already")
    (whole / ".backup").write_text("of another")
    monkeypatch.setenv("COLLOQUIA_DATA", str(new))
    with pytest.raises(BackupUnusable, match="another backup was put back"):
        restore(tmp_path / "backup")
    (whole / ".backup").write_text(hashlib.sha256(made.manifest.as_bytes()).hexdigest())
    restore(tmp_path / "backup")
    assert sorted(path.name for path in new.iterdir()) == ["attachments", "ledger_key", "secret_key"]


def test_a_full_disk_is_said_and_leaves_nothing(data: Path, tmp_path: Path) -> None:
    (data / "runs/small-1/bulk").write_bytes(b"x" * 300_000)
    make(tmp_path / "backup")
    new = tmp_path / "new"
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); "
    start = f"{limit}import sys; from colloquia.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", start, "restore", str(tmp_path / "backup")],
        env={**os.environ, "COLLOQUIA_DATA": str(new), "DATABASE_URL": ""},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "there is no room left on the disk" in done.stderr
    assert list(new.iterdir()) == []


@pytest.mark.parametrize("kind", ["altered", "missing", "unfinished", "cut"])
def test_nothing_of_a_damaged_backup_is_put_back(
    kind: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / ("backup.tar" if kind == "cut" else "backup")
    made = make(backup)
    entry = made.manifest.paths()["data/secret_key"]
    if kind == "altered":
        (backup / entry.stored).write_text("l" * 50)
    elif kind == "missing":
        (backup / entry.stored).unlink()
    elif kind == "unfinished":
        (backup / "manifest.json").unlink()
    else:
        backup.write_bytes(backup.read_bytes()[:-20_000])
    monkeypatch.setenv("COLLOQUIA_DATA", str(tmp_path / "new"))
    monkeypatch.setenv("DATABASE_URL", "")
    with pytest.raises(BackupUnusable):
        restore(backup)
    assert list(tmp_path.glob("new/*")) == []
