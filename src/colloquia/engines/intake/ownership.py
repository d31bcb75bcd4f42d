"""Which files belong to which rows, and how files that no row names become submissions."""

from __future__ import annotations

import hashlib
from array import array
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np

from colloquia.engines.intake.files import fold_id, leading_labels, natural_key
from colloquia.engines.intake.headings import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colloquia.engines.intake.files import FoundFile

MOST_IN_ONE = 20
SORTED_BY = frozenset((
    "en", "fr", "es", "ru", "ar", "zh", "de", "it", "ja", "ko", "pt", "english", "french", "spanish",
    "russian", "arabic", "chinese", "german", "italian", "japanese", "korean", "portuguese", "pdf",
    "docx", "odt", "html", "txt", "word", "scans", "letters", "emails", "mails", "batch", "inbox",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "individuals", "organisations", "organizations", "companies", "states",
    "ngos", "academia", "industry", "public", "other", "others",
))  # fmt: skip


def digest(text: str) -> int:
    """A 64-bit number that stands for a text, the same in every process."""
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )


class Identifiers:
    """The ids of all rows in eight bytes each: which are repeated, and whether one exists."""

    def __init__(self) -> None:
        self._exact = array("Q")
        self._folded = array("Q")
        self._starts: list[tuple[str, int, bool]] = []
        self._sorted: np.ndarray[tuple[int], np.dtype[np.uint64]] | None = None

    def begin(self, table: str, *, details: bool) -> None:
        """What is added from now on stands in the table of this name; ``details`` are meant to share ids."""
        self._starts.append((table, len(self._exact), details))

    def add(self, identifier: str) -> int:
        number = digest(identifier)
        self._exact.append(number)
        self._folded.append(digest(fold_id(identifier)))
        self._sorted = None
        return number

    def counts(self) -> tuple[int, frozenset[int]]:
        """How many different ids there are, and the digests of those that stand in several rows."""
        if not self._exact:
            return 0, frozenset()
        unique, counts = np.unique(np.frombuffer(self._exact, dtype=np.uint64), return_counts=True)
        return len(unique), frozenset(int(number) for number in unique[counts > 1])

    def shared(self) -> tuple[int, list[str]]:
        """How many ids stand in more than one table, and in which tables."""
        if sum(1 for _name, _start, details in self._starts if not details) < 2 or not self._exact:
            return 0, []
        numbers = np.frombuffer(self._exact, dtype=np.uint64)
        ends = [*(start for _name, start, _details in self._starts[1:]), len(numbers)]
        tables = [
            (name, np.unique(numbers[start:end]))
            for (name, start, details), end in zip(self._starts, ends, strict=True)
            if not details
        ]
        parts = [part for _name, part in tables]
        unique, counts = np.unique(np.concatenate(parts), return_counts=True)
        several = unique[counts > 1]
        names = [name for name, part in tables if np.isin(part, several).any()]
        return len(several), names

    def holds(self, label: str) -> bool:
        """Whether a row has this id, whatever its case."""
        if not self._folded:
            return False
        if self._sorted is None:
            self._sorted = np.sort(np.frombuffer(self._folded, dtype=np.uint64).copy())
        number = np.uint64(digest(label))
        place = int(np.searchsorted(self._sorted, number))
        return place < len(self._sorted) and bool(self._sorted[place] == number)


def owner_of(file: FoundFile, identifiers: Identifiers) -> str:
    """The folded id that a part of the file's path starts with, or an empty string."""
    return next((label for label in leading_labels(file.name) if identifiers.holds(label)), "")


def group_files(
    files: Sequence[FoundFile], choice: str
) -> tuple[list[tuple[str, list[FoundFile]]], list[str]]:
    """Submissions made of files that belong to no row: (source id, files) in natural order; and notes.

    One file is one submission, unless the folders of the first level are one submission each: so if
    ``choice`` is ``submissions``, or if it is empty and the folders look like it.
    """
    by_folder: dict[str, list[FoundFile]] = {}
    for file in files:
        parts = PurePosixPath(file.name).parts
        by_folder.setdefault(parts[0] if len(parts) > 1 else "", []).append(file)
    folders = {name: members for name, members in by_folder.items() if name}
    as_one = choice == "submissions" or (not choice and _look_like_submissions(folders))
    notes: list[str] = []
    groups: list[tuple[str, list[FoundFile]]] = []
    if as_one and folders:
        groups.extend(folders.items())
        groups.extend((file.name, [file]) for file in by_folder.get("", []))
        if not choice:
            count = sum(len(members) for members in folders.values())
            notes.append(
                f"{len(folders):,} folders "
                f"({', '.join(list(folders)[:3])} "
                "…) are read as one submission each, of "
                f"{count:,} files; use --map folders=files if every file is a submission of its own"
            )
    else:
        groups.extend((file.name, [file]) for file in files)
        if folders and not choice and any(len(members) > 1 for members in folders.values()):
            notes.append(
                f"every file in the {len(folders):,} folders "
                f"({', '.join(list(folders)[:3])} …) is read as a submission of its "
                "own; use --map folders=submissions if a folder is one submission"
            )
    return sorted(groups, key=lambda group: natural_key(group[0])), notes


def _look_like_submissions(folders: dict[str, list[FoundFile]]) -> bool:
    """Two folders or more, some with several files, few files in each, and not named for a way of sorting."""
    if len(folders) < 2:
        return False
    sizes = [len(members) for members in folders.values()]
    sorting = any(set(normalise(name).split()) & SORTED_BY for name in folders)
    return not sorting and max(sizes) <= MOST_IN_ONE and max(sizes) > 1 and sum(sizes) <= 5 * len(sizes)


def unique_names(names: Iterable[str]) -> list[str]:
    """The names, with a number behind those that were given before."""
    given: dict[str, int] = {}
    result: list[str] = []
    for name in names:
        given[name] = given.get(name, 0) + 1
        result.append(name if given[name] == 1 else f"{name} ({given[name]})")
    return result
