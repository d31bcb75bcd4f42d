"""A database that is not there ends in one line with a remedy, and nothing is put back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from colloquia.backups.manifest import NAME, BackupUnusable, Manifest
from colloquia.backups.restoring import restore
from colloquia.configuration import ConfigurationError

NOBODY = "postgres://nobody:secret-word@127.0.0.1:1/none"


def test_restore_says_that_the_database_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "backup").mkdir()
    manifest = Manifest("2026-11-26T02:30:00Z", "0.1.0", "sqlite", {}, None, secrets=False)
    (tmp_path / "backup" / NAME).write_bytes(manifest.as_bytes())
    new = tmp_path / "new"
    new.mkdir()
    monkeypatch.setenv("COLLOQUIA_DATA", str(new))
    monkeypatch.setenv("DATABASE_URL", NOBODY)
    with pytest.raises(BackupUnusable, match=r"cannot be reached .* Check DATABASE_URL") as refused:
        restore(tmp_path / "backup")
    assert ("\n" in str(refused.value), "secret-word" in str(refused.value)) == (False, False)
    monkeypatch.setenv("DATABASE_URL", "postgres://")
    with pytest.raises(ConfigurationError, match="names no database"):
        restore(tmp_path / "backup")
    assert list(new.iterdir()) == []


def test_backup_says_it_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "colloquia", "backup", str(tmp_path / "b.tar")],
        env={**os.environ, "DATABASE_URL": NOBODY, "COLLOQUIA_DATA": str(tmp_path / "data")},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    [line] = done.stderr.splitlines()
    assert (done.returncode, "the database cannot be read" in line, "Check DATABASE_URL" in line) == (
        1, True, True,
    )  # fmt: skip
