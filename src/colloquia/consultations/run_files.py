"""The files of a run that may be given out, and to whom; no name leads out of the run's folder."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from functools import lru_cache
from io import BufferedReader
from pathlib import Path

from colloquia.consultations.policy import policy_of

REPORTS = ("report.html", "report.ar.html")
_DOCUMENTS = (*REPORTS, "report.docx", "report.ar.docx")
_WORKBOOKS = ("tables.xlsx",)
_PUBLIC = (
    "passages.parquet", "passage_questions.parquet", "passage_themes.parquet", "quotes.parquet",
    "texts.parquet",
)  # fmt: skip
# They count distinct messages of the smallest part: where messages are merely similar, that tells whose.
_COUNTS = ("themes.parquet",)
# They tell who sent merely similar messages, name persons or the files that these sent, or what one
# sender answered; officers alone may have them.
_OFFICERS = (
    "analysis.json", "manifest.json", "submissions.parquet", "documents.parquet", "closed.parquet",
    "groups.parquet", "group_members.parquet",
)  # fmt: skip
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}


def names_for(folder: Path, *, officer: bool) -> list[str]:
    """The names of the files that a person may have, in the order in which they are listed.

    The machine's report and workbook name persons where no organisation signed, unless the analysis was told
    to withhold them; then officers alone have them. The same holds where messages are merely similar, since
    their small counts would tell whose. Vectors, and what a next run learns from, are given to nobody.
    """
    made = (*_DOCUMENTS, *_WORKBOOKS)
    allowed: tuple[str, ...] = (*made, *_PUBLIC, *_COUNTS, *_OFFICERS)
    if not officer:
        allowed = _PUBLIC
        if not holds_similar(folder):
            allowed = (*_PUBLIC, *_COUNTS) if names_persons(folder) else (*made, *_PUBLIC, *_COUNTS)
    return [name for name in allowed if _is_plain(folder / name)]


@lru_cache(maxsize=32)
def names_persons(folder: Path) -> bool:
    """Whether the report of the run names any person."""
    import duckdb

    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return True
    if manifest.get("parameters", {}).get("withhold_persons") is True:
        return False
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        row = connection.execute(
            "SELECT 1 FROM read_parquet(?) WHERE trim(person) <> '' LIMIT 1",
            [str(folder / "submissions.parquet")],
        ).fetchone()
    return row is not None


@lru_cache(maxsize=32)
def holds_similar(folder: Path) -> bool:
    """Whether some messages of the run are merely similar, so that the public must not learn whose."""
    import duckdb

    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        try:
            row = connection.execute(
                "SELECT 1 FROM read_parquet(?) WHERE kind NOT IN ('exact', 'edited') LIMIT 1",
                [str(folder / "groups.parquet")],
            ).fetchone()
        except duckdb.Error:
            return True
    return row is not None


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def open_file(folder: Path, name: str) -> BufferedReader:
    """Open a plain file of the folder; ``name`` is one of ``names_for``. Raises FileNotFoundError."""
    try:
        descriptor = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise FileNotFoundError(name) from error
    return os.fdopen(descriptor, "rb")


def digest(folder: Path, name: str) -> tuple[int, str]:
    """Size and SHA-256 of a file; computed again only when the file has changed."""
    with open_file(folder, name) as file:
        status = os.fstat(file.fileno())
    return status.st_size, _digest(folder, name, status.st_ino, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=1024)
def _digest(folder: Path, name: str, _inode: int, _changed: int, _size: int) -> str:
    with open_file(folder, name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def report_policy(folder: Path, name: str) -> str:
    """The policy under which a report is shown."""
    return _policy(folder, name, digest(folder, name)[1])


@lru_cache(maxsize=32)
def _policy(folder: Path, name: str, _sha256: str) -> str:
    with open_file(folder, name) as file:
        return policy_of(file.read())
