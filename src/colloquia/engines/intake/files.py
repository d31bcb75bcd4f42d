"""Lists the files of folders without following links, and finds files by the names that tables give them."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLE_ENDINGS = frozenset(
    (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".jsonl", ".ndjson", ".json")
)
DOCUMENT_ENDINGS = frozenset(
    (
        *(".pdf", ".docx", ".odt", ".fodt", ".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".markdown"),
        *(".rtf", ".eml", ".mht", ".mhtml", ".xml", ".zip"),
    )
)
IMAGE_ENDINGS = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"))
LITTER = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db", ".ds_store", "__macosx", "$recycle.bin"))


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file below an input. ``name`` is its path below the input, with ``/``; ``problem`` says why it
    cannot be used.
    """

    path: Path
    name: str
    root: Path
    size: int
    problem: str = ""

    @property
    def ending(self) -> str:
        return self.path.suffix.lower()


@dataclass(slots=True)
class Folder:
    """What a walk over one input folder found, in natural order of names.

    ``skipped`` are names that systems leave behind, and hidden ones where those are left out; ``special`` are
    neither files nor folders; ``closed`` cannot be opened, with the reason.
    """

    root: Path
    files: list[FoundFile] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    special: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    closed: list[tuple[str, str]] = field(default_factory=list)


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts ``R-2`` before ``R-10`` and capital letters with small ones; a total order."""
    parts = re.split(r"(\d+)", unicodedata.normalize("NFC", name).casefold())
    key = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part)
    return (*key, (-1, 0, name))


def walk(root: Path, *, hidden: bool = False) -> Folder:
    """All files below ``root``; what systems leave behind is skipped, links are not followed, all are listed.

    Names that begin with a dot are skipped too, unless ``hidden``.
    """
    folder = Folder(root)

    def enter(place: Path, prefix: str) -> None:
        try:
            entries = sorted(os.scandir(place), key=lambda entry: natural_key(entry.name))
        except OSError as error:
            folder.closed.append((prefix.rstrip("/") or root.name, error.strerror or str(error)))
            return
        for entry in entries:
            name = prefix + entry.name
            if is_litter(entry.name) or (is_hidden(entry.name) and not hidden):
                folder.skipped.append(name)
            elif entry.is_symlink():
                folder.links.append(name)
            elif entry.is_dir(follow_symlinks=False):
                enter(Path(entry.path), name + "/")
            elif entry.is_file(follow_symlinks=False):
                folder.files.append(found_file(Path(entry.path), name, root))
            else:
                folder.special.append(name)

    enter(root, "")
    return folder


def is_litter(name: str) -> bool:
    """Whether a name is one of those that systems and word processors leave behind."""
    return name.startswith(("~$", "._", ".~lock.")) or name.casefold() in LITTER


def is_hidden(name: str) -> bool:
    """Whether a name is hidden or that of an older copy, of which an analysis wants nothing."""
    return name.startswith(".") or name.endswith("~")


def found_file(path: Path, name: str, root: Path) -> FoundFile:
    """The file with its size, and with a problem where it cannot be opened."""
    try:
        size = path.stat().st_size
    except OSError as error:
        return FoundFile(path, name, root, 0, f"cannot be opened ({error.strerror}); check the permissions")
    if not os.access(path, os.R_OK):
        return FoundFile(
            path, name, root, size, "cannot be opened (permission denied); check the permissions"
        )
    return FoundFile(path, name, root, size, "is empty; ask the sender for it again" if size == 0 else "")


class FileIndex:
    """Finds the file that a cell names, among the files of the inputs only."""

    def __init__(self, files: Iterable[FoundFile]) -> None:
        self.by_last: dict[str, list[FoundFile]] = {}
        for file in files:
            self.by_last.setdefault(_fold(PurePosixPath(file.name).name), []).append(file)

    def find(self, named: str, *, near: Path, owner: str = "") -> tuple[FoundFile | None, str]:
        """The file and an empty string, or None and the reason with its remedy.

        ``near`` is the folder of the table, ``owner`` the id of the row: both settle which of several
        files of one name is meant. Nothing outside the inputs and the table's folder is ever looked at.
        """
        address = urlsplit(named) if re.match(r"[A-Za-z][A-Za-z0-9+.\-]+://", named) else None
        wanted = unquote(address.path) if address else named
        parts = [part for part in re.split(r"[/\\]+", wanted) if part not in ("", ".")]
        if not parts:
            return (
                None,
                "is an address without a file name; download the file and give its folder as a further input",
            )
        if ".." in parts and address is None:
            return (
                None,
                (
                    "points outside the folder of the table; put "
                    "the file beside the table and name it without .."
                ),
            )
        candidates = self._by_parts([part for part in parts if part != ".."], owner)
        if len(candidates) == 1:
            return candidates[0], ""
        if candidates:
            close = [
                file for file in candidates if file.path.parent == near or file.path == near.joinpath(*parts)
            ]
            if len(close) == 1:
                return close[0], ""
            names = ", ".join(file.name for file in candidates[:3])
            return None, f"could be any of {len(candidates)} files ({names}); write the path below the folder"
        if address is None:
            beside = _beside(near, parts)
            if beside is not None:
                return beside, ""
            return None, "was not found; give the folder that holds it as a further input"
        return (
            None,
            "was not fetched from the network; download the file and give its folder as a further input",
        )

    def _by_parts(self, parts: list[str], owner: str) -> list[FoundFile]:
        """Files whose path ends like ``parts``: the longest ending that any file shares."""
        folded = [_fold(part) for part in parts]
        candidates = self.by_last.get(folded[-1], [])
        for length in range(2, len(folded) + 1):
            longer = [file for file in candidates if _tail(file, length) == folded[-length:]]
            if not longer:
                break
            candidates = longer
        if len(candidates) > 1 and owner:
            own = [file for file in candidates if belongs_to(file.name, owner)]
            candidates = own or candidates
        return candidates


def _tail(file: FoundFile, length: int) -> list[str]:
    parts = [file.root.name, *PurePosixPath(file.name).parts]
    return [_fold(part) for part in parts[-length:]]


def _beside(near: Path, parts: list[str]) -> FoundFile | None:
    """A file beside the table that no input folder holds, reached without any link."""
    path = near
    for part in parts:
        match = next((entry for entry in _entries(path) if entry.name == part), None)
        match = match or next((entry for entry in _entries(path) if _fold(entry.name) == _fold(part)), None)
        if match is None or match.is_symlink():
            return None
        path = path / match.name
    return found_file(path, "/".join(parts), near) if path.is_file() else None


def _entries(path: Path) -> list[Path]:
    try:
        return sorted(path.iterdir())
    except OSError:
        return []


def _fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def belongs_to(name: str, owner: str) -> bool:
    """Whether a part of the path starts with the id ``owner`` as a word of its own."""
    return _fold(owner) in set(leading_labels(name))


def leading_labels(name: str) -> list[str]:
    """The beginnings of each part of a path at which an id could end, longest first, outermost part first.

    A bare year is no id unless it is the whole name.
    """
    labels: list[str] = []
    parts = PurePosixPath(name).parts
    for place, part in enumerate(parts):
        whole = _fold(part)
        stem = whole.rpartition(".")[0] if place == len(parts) - 1 and "." in whole else whole
        ends = [position for position, letter in enumerate(stem) if not letter.isalnum()]
        starts = [stem, *(stem[:position] for position in reversed(ends))]
        labels.extend(label for label in starts if label and (label == stem or not _is_year(label)))
    return labels


def _is_year(label: str) -> bool:
    return len(label) == 4 and label.isdigit() and label[:2] in ("19", "20")


def fold_id(identifier: str) -> str:
    """The form in which ids are compared with names of files."""
    return _fold(identifier)
