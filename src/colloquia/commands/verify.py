"""``colloquia verify``: everything here against the ledger, or one receipt with nothing but files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colloquia.core.registry import Finding, RecordCheck

HELP = "Compare everything with the ledger, or check one receipt offline"
_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class _Report:
    title: str
    total: int
    findings: list[Finding]
    differences: int


def configure(parser: argparse.ArgumentParser) -> None:
    """Without a receipt the site's own record is checked."""
    parser.add_argument("--receipt", type=Path, metavar="FILE", help="check this receipt, without the site")
    parser.add_argument(
        "--head",
        type=Path,
        metavar="FILE",
        help="a head that was published or kept elsewhere: heads.json, consistency.json, or one head",
    )
    parser.add_argument("--proof", type=Path, metavar="FILE", help="consistency.json between the two heads")
    parser.add_argument("--key", type=Path, metavar="FILE", help="public key: key.json, PEM or base64")
    parser.add_argument("--document", type=Path, metavar="FILE", help="the document of the receipt")
    parser.add_argument(
        "--file",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a file of the receipt; may be given several times",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check, and say what holds and what does not. 1 where anything differs."""
    from colloquia.cli import CommandError

    if arguments.receipt is not None:
        return _receipt(arguments)
    given = [name for name in ("proof", "key", "document", "file") if getattr(arguments, name)]
    if given:
        raise CommandError(f"--{given[0]} goes with --receipt; name the receipt.")
    return _everything(arguments.head)


def _receipt(arguments: argparse.Namespace) -> int:
    from colloquia.receipt_check import Given, check

    given = Given(
        receipt=arguments.receipt,
        key=arguments.key,
        head=arguments.head,
        proof=arguments.proof,
        document=arguments.document,
        files=arguments.file,
    )
    for sentence in check(given):
        print(sentence)
    print(f"{arguments.receipt}: holds.")
    return 0


def _everything(head: Path | None) -> int:
    import django

    django.setup()
    from django.db import DatabaseError

    from colloquia.cli import CommandError
    from colloquia.core.registry import registered_record_checks
    from colloquia.progress import TerminalProgress

    try:
        with TerminalProgress() as progress:
            reports = [_report(check, progress) for check in registered_record_checks()]
        said = _outside(head) if head is not None else ""
    except DatabaseError as error:
        raise CommandError(
            f"the database cannot be read ({type(error).__name__}: {error}). "
            "Check COLLOQUIA_DATA and DATABASE_URL."
        ) from error
    for report in reports:
        _print(report)
    if said:
        print(said)
    differences = sum(report.differences for report in reports)
    if differences:
        print(f"{differences:,} differences.", file=sys.stderr)
        return 1
    print("Everything is as it was received.")
    return 0


def _report(check: RecordCheck, tell: Callable[[str, int, int], None]) -> _Report:
    total, differences = check.total(), 0
    shown: list[Finding] = []
    for finding in check.findings(lambda done: tell(check.title, done, total)):
        differences += finding.is_difference
        if differences <= _MOST_SHOWN or not finding.is_difference:
            shown.append(finding)
    return _Report(check.title, total, shown, differences)


def _print(report: _Report) -> None:
    print(f"{report.title}: {report.total:,} checked, {report.differences:,} differences", flush=True)
    for finding in report.findings:
        if finding.is_difference:
            print(f"  DIFFERS  {finding.where}: {finding.what}", file=sys.stderr)
        else:
            print(f"  note  {finding.where}: {finding.what}")
    if report.differences > _MOST_SHOWN:
        print(f"  and {report.differences - _MOST_SHOWN:,} more", file=sys.stderr)


def _outside(path: Path) -> str:
    """Compare a head that was kept elsewhere with the tree here."""
    from colloquia.cli import CommandError
    from colloquia.core import ledger
    from colloquia.receipt_check import read_head_file

    outside = read_head_file(path)
    here, held = ledger.head(outside.size), ledger.size()
    if here is None:
        raise CommandError(
            f"{path}: it is a head of {outside.size:,} entries; the ledger here holds {held:,}. "
            "Entries are missing."
        )
    if here.root != outside.root:
        raise CommandError(
            f"{path}: the ledger here had another root at {outside.size:,} entries. It was rewritten."
        )
    return f"{path}: the ledger here continues this head of {outside.size:,} entries."
