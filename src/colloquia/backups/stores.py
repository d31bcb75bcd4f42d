"""Where a backup is written: a folder that grows by what is new, or one tar file."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import tarfile
import tempfile
import time
import uuid
from pathlib import Path
from typing import Protocol

from colloquia.backups.manifest import NAME, PIECE, BackupUnusable, Entry, Manifest, hash_of, read_manifest

_OURS = {"objects", "incoming", NAME, f"{NAME}.new", "lost+found"}


class Store(Protocol):
    """What a backup is written into."""

    @property
    def scratch(self) -> Path:
        """A folder for what is being made; on the disk of the backup."""

    def put(self, source: Path, path: str, expected: str = "") -> Entry:
        """Copy a file; one with the ``expected`` SHA-256 that is there already is not copied again."""

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, and with it make the backup whole."""

    def abandon(self) -> None:
        """Leave nothing that looks whole."""


class FolderStore:
    """A folder with ``manifest.json`` and the files under their SHA-256. An earlier backup in it stays whole
    until the new manifest takes the place of its own.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        if root.exists() and not root.is_dir():
            raise BackupUnusable(f"{root} is a file; give a folder, or a name that ends in .tar.")
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        foreign = sorted(path.name for path in root.iterdir() if path.name not in _OURS)
        if foreign:
            raise BackupUnusable(
                f"{root} holds other files ({', '.join(foreign[:3])}); give an empty folder, or one with an "
                "earlier backup."
            )
        root.chmod(0o700)
        self.incoming = root / "incoming"
        shutil.rmtree(self.incoming, ignore_errors=True)
        for folder in (self.incoming, root / "objects"):
            folder.mkdir(mode=0o700, exist_ok=True)
        self.held = self._held()
        self.copied = self.reused = 0

    @property
    def scratch(self) -> Path:
        return self.incoming

    def put(self, source: Path, path: str, expected: str = "") -> Entry:
        size = source.stat().st_size
        if not expected:
            with source.open("rb") as stream:
                expected, size = hash_of(stream)
        stored = f"objects/{expected[:2]}/{expected}"
        target = self.root / stored
        # What an earlier manifest does not name may be half of a file whose machine lost its power.
        if self.held.get(expected) == size and target.is_file() and target.stat().st_size == size:
            self.reused += 1
            return Entry(path, expected, size, stored)
        draft = self.incoming / uuid.uuid4().hex
        sha256, size = _copied(source, draft)
        stored = f"objects/{sha256[:2]}/{sha256}"
        (self.root / stored).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.replace(self.root / stored)
        self.held[sha256] = size
        self.copied += 1
        return Entry(path, sha256, size, stored)

    def finish(self, manifest: Manifest) -> None:
        for folder in [*(self.root / "objects").glob("*"), self.root / "objects"]:
            _sync_folder(folder)
        draft = self.root / f"{NAME}.new"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(manifest.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.root / NAME)
        _sync_folder(self.root)
        shutil.rmtree(self.incoming, ignore_errors=True)
        wanted = {entry.stored for entry in manifest.files}
        for path in (self.root / "objects").glob("*/*"):
            if path.relative_to(self.root).as_posix() not in wanted:
                path.unlink(missing_ok=True)

    def abandon(self) -> None:
        shutil.rmtree(self.incoming, ignore_errors=True)
        (self.root / f"{NAME}.new").unlink(missing_ok=True)

    def _held(self) -> dict[str, int]:
        try:
            earlier = read_manifest((self.root / NAME).read_bytes())
        except (FileNotFoundError, BackupUnusable):
            return {}
        return {entry.sha256: entry.size for entry in earlier.files}


class TarStore:
    """One tar file, under another name until it is whole. The files in it have their own paths."""

    def __init__(self, target: Path) -> None:
        if target.exists():
            raise BackupUnusable(f"{target} exists; give another name, or move it away.")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.target = target
        self.part = target.with_name(f"{target.name}.part")
        self._scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        descriptor = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.file = os.fdopen(descriptor, "wb")
        self.archive = tarfile.open(fileobj=self.file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 -- finish closes it
        self.written: dict[str, str] = {}
        self.copied = self.reused = 0

    @property
    def scratch(self) -> Path:
        return self._scratch

    def put(self, source: Path, path: str, expected: str = "") -> Entry:
        if expected and expected in self.written:
            self.reused += 1
            return Entry(path, expected, source.stat().st_size, self.written[expected])
        if not expected and source.parent != self._scratch:
            # Its size must not change between the head of the member and its end.
            copy = self._scratch / uuid.uuid4().hex
            _copied(source, copy)
            try:
                return self.put(copy, path)
            finally:
                copy.unlink()
        size = source.stat().st_size
        with source.open("rb") as stream:
            reader = _Hashing(stream)
            self._add(path, size, reader)
        sha256 = reader.digest.hexdigest()
        self.written[sha256] = path
        self.copied += 1
        return Entry(path, sha256, size, path)

    def finish(self, manifest: Manifest) -> None:
        data = manifest.as_bytes()
        self._add(NAME, len(data), io.BytesIO(data))
        self.archive.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.part.replace(self.target)
        _sync_folder(self.target.parent)
        shutil.rmtree(self._scratch, ignore_errors=True)

    def abandon(self) -> None:
        # Closing the archive would write its end, which no disk may have room for.
        with contextlib.suppress(OSError):
            self.file.close()
        self.part.unlink(missing_ok=True)
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _add(self, name: str, size: int, stream: io.BytesIO | _Hashing) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, int(time.time())
        self.archive.addfile(member, stream)


class _Hashing:
    """Reads a file and remembers what it read."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.stream.read(size)
        self.digest.update(piece)
        return piece


def _copied(source: Path, target: Path) -> tuple[str, int]:
    """Copy and sync; gives SHA-256 and size of what was written."""
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as stream, os.fdopen(descriptor, "wb") as file:
        while piece := stream.read(PIECE):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _sync_folder(folder: Path) -> None:
    if folder.is_dir():
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
