"""``colloquia restore``: put a backup back onto an empty machine, and compare it with its ledger."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "Put a backup back onto an empty machine"


def configure(parser: argparse.ArgumentParser) -> None:
    """Which backup."""
    parser.add_argument("backup", type=Path, metavar="DIR", help="the folder or the tar file of a backup")


def run(arguments: argparse.Namespace) -> int:
    """Check, put back, verify. 1 where what was put back differs from its ledger."""
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
        raise CommandError(f"nothing was put back: {error}.") from error
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
    """Compare the head with that of the backup, and everything with the ledger."""
    from colloquia.commands import verify
    from colloquia.core import ledger

    found = ledger.head()
    now = (found.size, found.root) if found else None
    if now != ((head["size"], head["root"]) if head else None):
        print("colloquia: the ledger has another head than the backup says.", file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser()
    verify.configure(parser)
    return int(verify.run(parser.parse_args([])))
