"""The list of what a backup holds, and how it is checked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import IO, Any

FORMAT = "colloquia-backup"
VERSION = 1
NAME = "manifest.json"
DATA = "data/"
"""Beginning of the paths of files of the data folder."""
SQLITE = "database/colloquia.sqlite3"
PIECE = 1 << 20


class BackupUnusable(Exception):
    """A backup cannot be made or read; the message says what is the matter and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file. ``path`` says what it is, ``stored`` where it lies in the backup."""

    path: str
    sha256: str
    size: int
    stored: str


@dataclass(slots=True)
class Manifest:
    """Everything about one backup.

    ``database`` is ``sqlite`` (one file) or ``tables`` (one file of rows for each table, with ``rows``).
    ``ledger`` is the latest signed head in it. ``left_out`` names what is not in it on purpose, ``problems``
    what should be and is not.
    """

    made_at: str
    program: str
    database: str
    migrations: dict[str, list[str]]
    ledger: dict[str, Any] | None
    secrets: bool
    rows: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    files: list[Entry] = field(default_factory=list)

    def as_bytes(self) -> bytes:
        """Readable JSON, the same for the same content."""
        whole = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return (json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()

    def paths(self) -> dict[str, Entry]:
        """The files by what they are."""
        return {entry.path: entry for entry in self.files}


def read_manifest(data: bytes) -> Manifest:
    """A manifest back from its bytes. Raises BackupUnusable where it is cut, foreign, newer or hostile."""
    try:
        raw = json.loads(data)
        if raw.pop("format") != FORMAT:
            raise BackupUnusable(f"{NAME} is not that of a backup of Colloquia.")
        version = raw.pop("version")
        if version != VERSION:
            raise BackupUnusable(
                f"the backup has form {version}; this program reads {VERSION}. Use the newer one."
            )
        manifest = Manifest(**{**raw, "files": [Entry(**each) for each in raw["files"]]})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupUnusable(f"{NAME} is damaged ({type(error).__name__}); use another backup.") from error
    for entry in manifest.files:
        for path in (entry.path, entry.stored):
            pure = PurePosixPath(path)
            if pure.is_absolute() or ".." in pure.parts or "\\" in path or "\x00" in path:
                raise BackupUnusable(
                    f"{NAME} names a file outside the backup: {path!r}. It was tampered with."
                )
    return manifest


def hash_of(stream: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size of what is left of a stream, read in pieces."""
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size
