"""Reads one file of translations in a process of its own, with limits: a hostile file harms nobody else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, astuple
from pathlib import Path

from colloquia.engines.documents.limits import MEBIBYTE, Limits
from colloquia.engines.exchange import Unusable
from colloquia.engines.translations.records import Unit

LIMITS = Limits(file_bytes=20 * MEBIBYTE, wall_seconds=60, processor_seconds=50)
_PACKAGE = b"PK\x03\x04"
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def read_confined(
    path: Path, name: str, *, sent: Sequence[Unit] = (), limits: Limits = LIMITS
) -> tuple[str, list[Unit]]:
    """``xliff`` or ``docx``, and the units of the file.

    Raises ``Unusable`` as the readers do; of the kinds ``too-large`` and ``too-long`` also where the file
    asks for more memory or time than it may.
    """
    request = {
        "path": str(path),
        "name": name,
        "sent": [(unit.id, unit.source) for unit in sent],
        "limits": asdict(limits),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "colloquia.engines.translations.child"],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise Unusable("too-long", "The file takes too long to read; send less at a time.") from None
    except ValueError:
        raise Unusable("too-large", "The file asks for too much memory; send less at a time.") from None
    if "problem" in answer:
        raise Unusable(answer["problem"], answer["sentence"], line=answer["line"])
    return answer["format"], [Unit(*fields) for fields in answer["units"]]


def main() -> None:
    """Serve one request from standard input."""
    from colloquia.engines.documents.confinement import confine
    from colloquia.engines.translations.docx_reading import read_docx
    from colloquia.engines.translations.xliff_reading import read_xliff

    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    confine(limits)
    data = Path(request["path"]).read_bytes()[: limits.file_bytes + 1]
    kind = _format(data, request["name"])
    try:
        if kind == "docx":
            sent = [Unit(name, "", "", source) for name, source in request["sent"]]
            units = read_docx(data, sent=sent)
        else:
            units = read_xliff(data)
    except Unusable as error:
        json.dump({"problem": error.kind, "sentence": str(error), "line": error.line}, sys.stdout)
    else:
        json.dump({"format": kind, "units": [astuple(unit) for unit in units]}, sys.stdout)


def _format(data: bytes, name: str) -> str:
    """Word where the content says so; a package without a Word document is told apart by its name."""
    is_word = data.startswith(_PACKAGE) and b"word/" in data
    return "docx" if is_word or data.startswith(_OLD_WORD) or name.lower().endswith(".docx") else "xliff"


if __name__ == "__main__":
    main()
