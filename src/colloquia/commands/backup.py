"""``colloquia backup``: copy everything that the site keeps, while it runs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "Copy everything that the site keeps, while it runs"


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether the keys go along."""
    parser.add_argument(
        "target",
        type=Path,
        metavar="DIR",
        help="a folder (an earlier backup in it is brought up to date) or FILE.tar",
    )
    parser.add_argument("--without-secrets", action="store_true", help="leave out secret_key and ledger_key")


def run(arguments: argparse.Namespace) -> int:
    """Make the backup and say what it holds. 1 where something is missing or damaged."""
    import django

    django.setup()
    from django.db import DatabaseError

    from colloquia.backups import making
    from colloquia.backups.manifest import BackupUnusable
    from colloquia.cli import CommandError
    from colloquia.progress import TerminalProgress

    try:
        with TerminalProgress() as progress:
            made = making.make(arguments.target, secrets=not arguments.without_secrets, progress=progress)
    except BackupUnusable as error:
        raise CommandError(str(error)) from error
    except DatabaseError as error:
        raise CommandError(
            f"the database cannot be read ({' '.join(str(error).split())}). Check DATABASE_URL, and whether "
            "the server of the database runs."
        ) from error
    manifest = made.manifest
    for remark in manifest.left_out:
        print(f"note: {remark}")
    for problem in manifest.problems:
        print(f"colloquia: {problem}", file=sys.stderr)
    size = sum({entry.stored: entry.size for entry in manifest.files}.values())
    head = f"{manifest.ledger['size']:,} entries" if manifest.ledger else "no entry yet"
    print(
        f"Copied {made.copied:,} files, {made.reused:,} were there already; "
        f"{size / 1_048_576:,.1f} MiB in all."
    )
    print(f"The ledger in it has {head}. SHA-256 of the manifest: {made.sha256}")
    if manifest.secrets:
        print("It holds the keys of the site and everything that is sealed: keep it as you keep those.")
    return 1 if manifest.problems else 0
