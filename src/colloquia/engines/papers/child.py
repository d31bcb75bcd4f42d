"""Reads one file of a paper in a process of its own, with limits, and matches it by likeness of wording."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from colloquia.engines.documents.limits import MEBIBYTE, Limits
from colloquia.engines.papers.matching import Known
from colloquia.engines.papers.records import DraftPaper, Remark, from_data

LIMITS = Limits(
    file_bytes=50 * MEBIBYTE, unpacked_bytes=128 * MEBIBYTE, wall_seconds=60, processor_seconds=50
)


def read_confined(
    path: Path,
    name: str,
    *,
    issues: Sequence[Known] = (),
    questions: Sequence[Known] = (),
    limits: Limits = LIMITS,
) -> tuple[DraftPaper, dict[str, list[tuple[str, float]]]]:
    """A draft and the likeness of its parts to what is known; never raises for what is in the file."""
    request = {
        "path": str(path),
        "name": name,
        "issues": [_plain(known) for known in issues],
        "questions": [_plain(known) for known in questions],
        "limits": asdict(limits),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "colloquia.engines.papers.child"],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return _failed(
            name, f"could not be read within {limits.wall_seconds} seconds; send a smaller file."
        ), {}
    except ValueError:
        message = "asks for more memory or time than a paper may; open it in Word and save it again as DOCX."
        return _failed(name, message), {}
    similar = {place: [(one[0], one[1]) for one in pairs] for place, pairs in answer["similar"].items()}
    return from_data(answer["draft"]), similar


def main() -> None:
    """Serve one request from standard input."""
    from colloquia.engines.documents.confinement import confine
    from colloquia.engines.papers.reading import read_draft

    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    issues, questions = (
        [Known(one["id"], one["issue_id"], texts=tuple(one["texts"])) for one in request[name]]
        for name in ("issues", "questions")
    )
    confine(limits)
    draft = read_draft(Path(request["path"]), request["name"], limits)
    similar: dict[str, list[tuple[str, float]]] = {}
    if not draft.serious and (issues or questions):
        from colloquia.engines.meaning.encoders import load_encoder
        from colloquia.engines.papers.likeness import likeness

        try:
            similar = likeness(draft, issues=issues, questions=questions, encoder=load_encoder("use"))
        except (MemoryError, OSError, ImportError):
            message = "The wordings could not be compared with those known; match by number and by hand."
            draft = replace(draft, remarks=(*draft.remarks, Remark(request["name"], message)))
    json.dump({"draft": draft.as_data(), "similar": similar}, sys.stdout)


def _plain(known: Known) -> dict[str, object]:
    return {"id": known.id, "issue_id": known.issue_id, "texts": list(known.texts)}


def _failed(name: str, message: str) -> DraftPaper:
    return DraftPaper(remarks=(Remark(name, message, serious=True),))


if __name__ == "__main__":
    main()
