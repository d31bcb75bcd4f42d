"""Tries workbooks in a process with limits: which of them ask for more memory or time than a table may."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from colloquia.engines.documents.limits import MEBIBYTE, Limits

LIMITS = Limits(memory=1024 * MEBIBYTE, wall_seconds=120)
WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"))
DAMAGED = "is damaged inside and cannot be read; open it and save it again as XLSX or CSV"
TOO_MUCH = (
    "asks for more memory or time than a table may: its cells may be spread over a huge sheet; "
    "copy the rows into a new workbook, or save it as CSV"
)


def too_much(paths: Sequence[Path], *, limits: Limits = LIMITS) -> dict[Path, str]:
    """The workbooks that must not be opened, with the reason and the remedy; others may still be none.

    They are tried one after the other in one process; where it ends early, the one at hand is to blame and
    another process goes on behind it.
    """
    refused: dict[Path, str] = {}
    waiting = list(paths)
    while waiting:
        verdicts = _try(waiting, limits)
        for path, verdict in zip(waiting, verdicts, strict=False):
            if verdict != "ok":
                refused[path] = DAMAGED
        if len(verdicts) < len(waiting):
            refused[waiting[len(verdicts)]] = TOO_MUCH
        waiting = waiting[len(verdicts) + 1 :]
    return refused


def _try(paths: Sequence[Path], limits: Limits) -> list[str]:
    """A word for each of the first ones, up to the one at which the process ended."""
    request = {"paths": [str(path) for path in paths], "limits": asdict(limits)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "colloquia.engines.intake.probe"],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
        )
        written = done.stdout
    except subprocess.TimeoutExpired as error:
        written = error.stdout or b""
    return written.decode("ascii", "replace").split()


def main() -> None:
    """Serve one request from standard input: a word for each workbook."""
    from colloquia.engines.documents.confinement import confine
    from colloquia.engines.intake.rows import UnreadableTable
    from colloquia.engines.intake.workbooks import sheet_tables

    request = json.load(sys.stdin)
    import python_calamine as calamine

    confine(Limits(**request["limits"]))
    for path in request["paths"]:
        verdict = "ok"
        try:
            for sheet in sheet_tables(Path(path))[0]:
                for _row in sheet.rows():
                    pass
        except MemoryError:
            sys.exit(1)
        except (UnreadableTable, OSError, ValueError):
            pass  # no workbook: reading says so, and what to do
        except (calamine.CalamineError, calamine.XmlError, calamine.ZipError):
            verdict = "damaged"
        print(verdict, flush=True)


if __name__ == "__main__":
    main()
