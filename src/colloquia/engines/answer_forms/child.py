"""Reads one filled-in form in a process of its own, with limits."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from colloquia.engines.answer_forms.records import FilledForm, FormProblem, filled_from
from colloquia.engines.documents import problems
from colloquia.engines.documents.limits import MEBIBYTE, Limits

LIMITS = Limits(
    file_bytes=100 * MEBIBYTE, unpacked_bytes=128 * MEBIBYTE, wall_seconds=60, processor_seconds=50,
    characters=4_000_000,
)  # fmt: skip


def read(data: bytes, *, known: Iterable[str] = (), limits: Limits = LIMITS) -> FilledForm:
    """A form that is in memory; otherwise as ``read_file``."""
    with tempfile.NamedTemporaryFile(prefix="colloquia-") as copy:
        copy.write(data)
        copy.flush()
        return read_file(Path(copy.name), known=known, limits=limits)


def read_file(path: Path, *, known: Iterable[str] = (), limits: Limits = LIMITS) -> FilledForm:
    """What was filled in; never raises for what is in the file. The name of the file does not matter.

    Args:
        path: the file.
        known: texts that the form prints itself, for files that lost their own list of them.
        limits: what the file may cost.

    """
    request = {"path": str(path), "known": list(known), "limits": asdict(limits)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "colloquia.engines.answer_forms.child"],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
        )
        return filled_from(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return _failed(problems.WALL_CLOCK)
    except ValueError:
        return _failed(problems.MEMORY)


def main() -> None:
    """Serve one request from standard input."""
    from colloquia.engines.answer_forms.reading import read_here
    from colloquia.engines.documents.confinement import confine

    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    confine(limits)
    json.dump(read_here(Path(request["path"]), request["known"], limits).as_data(), sys.stdout)


def _failed(detail: str) -> FilledForm:
    return FilledForm(problems=(FormProblem("unreadable", detail=detail),))


if __name__ == "__main__":
    main()
