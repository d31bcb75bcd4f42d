"""Reads a backup out of its folder or its tar file. Nothing is unpacked by the names in it."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from colloquia.backups.manifest import NAME, BackupUnusable, Entry, Manifest, hash_of, read_manifest

_LARGEST_MANIFEST = 1 << 30


class Backup:
    """A backup that is there; ``manifest`` says what it holds."""

    def __init__(self, place: Path) -> None:
        """Raises BackupUnusable where there is no whole backup."""
        self.place = place
        self._archive: tarfile.TarFile | None = None
        if not place.exists():
            raise BackupUnusable(f"there is no backup at {place}; check the path.")
        try:
            if place.is_file():
                self._archive = tarfile.open(place, "r:")  # noqa: SIM115 -- ``close`` ends it
            with self._open(NAME) as stream:
                data = stream.read(_LARGEST_MANIFEST)
            self.manifest: Manifest = read_manifest(data)
        except (KeyError, FileNotFoundError) as error:
            self.close()
            raise BackupUnusable(
                f"{place} has no {NAME}: it is not whole, because it was not finished. Use another backup."
            ) from error
        except (tarfile.TarError, EOFError) as error:
            self.close()
            raise BackupUnusable(f"{place} is no tar file that can be read; use another backup.") from error
        except BackupUnusable:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Read it within a ``with``."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the tar file, where it is one."""
        if self._archive is not None:
            self._archive.close()

    @contextmanager
    def open(self, entry: Entry) -> Iterator[IO[bytes]]:
        """The bytes of a file. Raises BackupUnusable where it is missing."""
        try:
            with self._open(entry.stored) as stream:
                yield stream
        except (KeyError, FileNotFoundError) as error:
            raise BackupUnusable(f"{entry.path} is missing in {self.place}; use another backup.") from error

    def check(self, progress: Callable[[int, int], None]) -> list[str]:
        """Read every file and compare it with the manifest; gives what differs, in sentences."""
        found, total, known = [], len(self.manifest.files), set[tuple[str, str, int]]()
        for done, entry in enumerate(self.manifest.files, start=1):
            if (same := (entry.stored, entry.sha256, entry.size)) not in known:
                try:
                    with self.open(entry) as stream:
                        if hash_of(stream) != (entry.sha256, entry.size):
                            found.append(f"{entry.path} differs from the manifest.")
                except BackupUnusable as error:
                    found.append(str(error))
                except (OSError, tarfile.TarError) as error:
                    found.append(f"{entry.path} cannot be read ({error}).")
                known.add(same)
            progress(done, total)
        return found

    @contextmanager
    def _open(self, stored: str) -> Iterator[IO[bytes]]:
        if self._archive is None:
            path = self.place / stored
            if path.is_symlink():
                raise BackupUnusable(f"{path} is a link; a backup has none.")
            with path.open("rb") as file:
                yield file
            return
        member = self._archive.getmember(stored)
        stream = self._archive.extractfile(member) if member.isreg() else None
        if stream is None:
            raise BackupUnusable(f"{stored} is no file in {self.place}; it was tampered with.")
        with stream:
            yield stream
