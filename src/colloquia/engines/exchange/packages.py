"""ZIP packages from other programs: read entry by entry under one allowance, never unpacked to a disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from colloquia.engines.exchange.problems import Unusable
from colloquia.engines.exchange.reading import MEBIBYTE

_SMALL = 8 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much a package may hold: bytes of all that is read, entries, and times its packed size."""

    unpacked: int = 1024 * MEBIBYTE
    entries: int = 200_000
    ratio: int = 400


class Package:
    """The entries of a package by name."""

    def __init__(self, archive: zipfile.ZipFile, allowance: Allowance) -> None:
        self._archive = archive
        self._left = allowance.unpacked
        self._ratio = allowance.ratio
        self.names = tuple(archive.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of an entry. Raises ``Unusable`` where it is locked, damaged or unpacks to too much."""
        entry = self._archive.getinfo(name)
        if entry.flag_bits & 1:
            raise Unusable(
                "locked", f"“{name}” in the package is protected by a password; save it again without one."
            )
        if entry.file_size > self._left or (
            entry.file_size > _SMALL and entry.file_size > self._ratio * max(1, entry.compress_size)
        ):
            raise _bomb(name)
        try:
            with self._archive.open(entry) as stream:
                # The directory may lie about the size, so the reading itself is bounded too.
                data = stream.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise Unusable(
                "damaged", f"“{name}” in the package is damaged; export the package again."
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise _bomb(name)
        return data


@contextmanager
def opened(file: IO[bytes], allowance: Allowance, *, remedy: str) -> Iterator[Package]:
    """Open a package; ``remedy`` ends the sentence where the file is none."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise Unusable("not-a-package", f"The file is not a ZIP package, or is damaged; {remedy}.") from error
    with archive:
        if len(archive.filelist) > allowance.entries:
            raise Unusable(
                "too-large",
                f"The package holds more than {allowance.entries:,} files; export less at a time.",
            )
        yield Package(archive, allowance)


def _bomb(name: str) -> Unusable:
    return Unusable(
        "bomb",
        f"“{name}” in the package unpacks to far more than an honest file does, and the package was refused; "
        "export it again, less at a time.",
    )
