"""A backup comes back onto an empty machine, whole, and nowhere else."""

from __future__ import annotations

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
from colloquia.submissions.models import Answer

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
    made, new = make(tmp_path / "backup"), tmp_path / "new"
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
