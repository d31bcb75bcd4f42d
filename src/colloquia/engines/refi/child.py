"""Reads one codebook or project in a process of its own, with limits: a hostile file harms nobody else."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from colloquia.engines.documents.limits import MEBIBYTE, Limits
from colloquia.engines.exchange import Problem, Unusable
from colloquia.engines.refi.records import Code, Codebook, Coding, Note, Project, Source

LIMITS = Limits(file_bytes=200 * MEBIBYTE, memory=2048 * MEBIBYTE, wall_seconds=180, processor_seconds=150)
_PACKAGE = b"PK\x03\x04"
_EMPTY_PACKAGE = b"PK\x05\x06"


def read_confined(path: Path, *, limits: Limits = LIMITS) -> tuple[str, Project]:
    """``qdpx`` and the project, or ``qdc`` and a project that holds the codebook alone.

    Users, cases and variables are left behind. Raises ``Unusable`` as the readers do; of the kinds
    ``too-large`` and ``too-long`` also where the file asks for more memory or time than it may.
    """
    request = {"path": str(path), "limits": asdict(limits)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "colloquia.engines.refi.child"],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise Unusable("too-long", "The file takes too long to read; export less at a time.") from None
    except ValueError:
        raise Unusable("too-large", "The file asks for too much memory; export less at a time.") from None
    if "problem" in answer:
        raise Unusable(answer["problem"], answer["sentence"], line=answer["line"])
    return answer["format"], _project(answer)


def _project(answer: dict[str, Any]) -> Project:
    return Project(
        answer["name"],
        Codebook(tuple(Code(*fields) for fields in answer["codes"]), origin=answer["origin"]),
        tuple(Source(*fields) for fields in answer["sources"]),
        tuple(Coding(*fields) for fields in answer["codings"]),
        notes=tuple(Note(*fields) for fields in answer["notes"]),
        description=answer["description"],
        origin=answer["origin"],
        problems=tuple(Problem(*fields) for fields in answer["problems"]),
    )


def _answer(kind: str, project: Project) -> dict[str, Any]:
    return {
        "format": kind,
        "name": project.name,
        "origin": project.origin or project.codebook.origin,
        "description": project.description,
        "codes": [
            (code.guid, code.name, code.description, code.colour, code.parent, code.is_codable)
            for code in project.codebook.codes
        ],
        "sources": [(source.guid, source.name, source.text) for source in project.sources],
        "codings": [(item.code, item.source, item.start, item.end) for item in project.codings],
        "notes": [(note.guid, note.name, note.text, note.about) for note in project.notes],
        "problems": [(item.kind, item.where, item.sentence) for item in project.problems],
    }


def main() -> None:
    """Serve one request from standard input."""
    from colloquia.engines.documents.confinement import confine
    from colloquia.engines.refi.codebook_reading import read_codebook
    from colloquia.engines.refi.project_reading import read_project

    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    confine(limits)
    path = Path(request["path"])
    with path.open("rb") as file:
        beginning = file.read(4)
    try:
        if beginning in (_PACKAGE, _EMPTY_PACKAGE):
            answer = _answer("qdpx", read_project(path))
        else:
            book = read_codebook(path.read_bytes())
            answer = _answer("qdc", Project("", book, origin=book.origin, problems=book.problems))
    except Unusable as error:
        answer = {"problem": error.kind, "sentence": error.args[0], "line": 0}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
