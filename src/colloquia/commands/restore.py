"""``colloquia restore``: put a backup back onto an empty machine, and compare it with its ledger."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HELP = "Put a backup back onto an empty machine"


def configure(parser: argparse.ArgumentParser) -> None:
    """Which backup."""
    parser.add_argument("backup", type=Path, metavar="DIR", help="the folder or the tar file of a backup")


def run(arguments: argparse.Namespace) -> int:
    """Check, put back, verify. 1 where what was put back differs from its ledger."""
    from django.db import DatabaseError

    from colloquia.backups import restoring
    from colloquia.backups.manifest import BackupUnusable
    from colloquia.cli import CommandError
    from colloquia.progress import TerminalProgress

    try:
        with TerminalProgress() as progress:
            manifest = restoring.restore(arguments.backup, progress)
    except BackupUnusable as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"nothing was put back: {error}. Mend this, and run it again.") from error
    except DatabaseError as error:
        raise CommandError(
            f"the database could not be filled ({' '.join(str(error).split())}), and nothing was put back. "
            "Check DATABASE_URL, and run it again."
        ) from error
    print(
        f"Put back {len(manifest.files):,} files of {manifest.made_at}, made by Colloquia {manifest.program}."
    )
    for remark in manifest.left_out:
        print(f"note: {remark}")
    for problem in manifest.problems:
        print(f"colloquia: {problem}", file=sys.stderr)
    if not manifest.secrets:
        print("note: keys were not in it; new ones are made. Put the old ledger_key back to go on with it.")
    return _verified(manifest.ledger) | bool(manifest.problems)


def _verified(head: dict[str, object] | None) -> int:
    """Compare the ledger with the head of the backup, and everything with the ledger.

    In a process of its own: this one is set up for the folder in which things were put together.
    """
    sys.stdout.flush()
    command = [sys.executable, "-m", "colloquia", "verify"]
    with tempfile.TemporaryDirectory(prefix="colloquia-") as folder:
        if head is not None:
            path = Path(folder) / "head-of-the-backup.json"
            path.write_text(json.dumps({"v": 1, **head}), encoding="utf-8")
            command += ["--head", str(path)]
        return subprocess.run(command, check=False).returncode
