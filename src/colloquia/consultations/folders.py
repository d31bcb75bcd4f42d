"""Reading the folders of results safely: no links followed, no path out of the folder, hashes cached."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from typing import Any

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,119}")
BOOKKEEPING = frozenset({"about.json", "loaded.json"})
# They tell who sent merely similar messages, which no one is named for in public, or what one sender
# answered; vectors and what a next run learns from are of no use to a reader.
NOT_PUBLIC = frozenset(
    {
        "groups.parquet",
        "group_members.parquet",
        "submissions.parquet",
        "closed.parquet",
        "vectors.npy",
        "prior.json",
        "prior.parquet",
    }
)


def is_folder(path: Path) -> bool:
    """Whether a path is a folder of results: a real directory of a lawful name with an analysis in it."""
    try:
        return (
            SLUG.fullmatch(path.name) is not None
            and stat.S_ISDIR(path.lstat().st_mode)
            and stat.S_ISREG((path / "analysis.json").lstat().st_mode)
        )
    except OSError:
        return False


def file_names(folder: Path) -> list[str]:
    """The names of the files that may be served, in order: plain files of lawful names, no links."""
    with os.scandir(folder) as entries:
        return sorted(
            entry.name
            for entry in entries
            if FILE_NAME.fullmatch(entry.name)
            and entry.name not in BOOKKEEPING | NOT_PUBLIC
            and entry.is_file(follow_symlinks=False)
        )


def open_file(folder: Path, name: str) -> BufferedReader:
    """Open a file of a folder for reading.

    Raises FileNotFoundError where the name is not lawful, or the folder or the file is absent or a link.
    """
    lawful = SLUG.fullmatch(folder.name) is not None and FILE_NAME.fullmatch(name) is not None
    if not lawful or name in BOOKKEEPING | NOT_PUBLIC:
        raise FileNotFoundError(name)
    try:
        directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise FileNotFoundError(name) from error
    try:
        # O_NONBLOCK: a named pipe put in the folder must not hang the page.
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=directory)
    except OSError as error:
        raise FileNotFoundError(name) from error
    finally:
        os.close(directory)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileNotFoundError(name)
    return os.fdopen(descriptor, "rb")


def digest(folder: Path, name: str) -> tuple[int, str]:
    """Size and SHA-256 of a file; computed again only when the file has changed."""
    with open_file(folder, name) as file:
        status = os.fstat(file.fileno())
    return status.st_size, _digest(folder, name, status.st_ino, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4096)
def _digest(folder: Path, name: str, _inode: int, _changed: int, _size: int) -> str:
    with open_file(folder, name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """A JSON object from a folder, empty where the file is absent or holds no object."""
    try:
        status = (folder / name).lstat()
    except OSError:
        return {}
    if not stat.S_ISREG(status.st_mode):
        return {}
    return _json(folder / name, status.st_ino, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _json(path: Path, _inode: int, _changed: int, _size: int) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return _without_bulk(value) if isinstance(value, dict) else {}


def _without_bulk(value: dict[str, Any]) -> dict[str, Any]:
    """What the pages use of a file that may be large: its plain values and small objects."""
    return {key: part for key, part in value.items() if not isinstance(part, list)}
