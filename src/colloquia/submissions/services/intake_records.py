"""What an import would make of each row, message or group of files, from the look to the taking."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from colloquia.core.filenames import storable
from colloquia.submissions.records import Content

_BYTES = "bytes:"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something to be known about an item. ``serious`` keeps it from being taken in."""

    where: str
    message: str
    serious: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values, without characters that a database refuses."""
        return {"where": storable(self.where), "message": storable(self.message), "serious": self.serious}


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of an item, by where its bytes lie among the sources.

    ``path`` is below the source of place ``source``. With ``end``, the bytes are a message in a mailbox
    (``separator`` is the line before it); with ``part`` from 1, a file inside that message.
    """

    source: int
    path: str
    name: str
    sha256: str
    size: int
    start: int = 0
    end: int = 0
    separator: str = ""
    part: int = 0
    title: str = ""
    is_original: bool = False


@dataclass(slots=True)
class Plan:
    """One submission as it would be made. ``received_by`` says where its time came from.

    ``extra`` goes into the sealed document. ``wish`` is ``sender`` where the sender said how it may be
    published, else ``default`` or ``officer``. ``is_again``: it is the same as one before it in the import.
    """

    where: str
    key: str
    content: Content
    received_at: datetime
    files: list[PlannedFile] = field(default_factory=list)
    email: str = ""
    channel: str = "folder"
    received_by: str = "stated"
    wish: str = "default"
    extra: dict[str, Any] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    same_as: list[list[str]] = field(default_factory=list)
    expected: str = ""
    is_again: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether something keeps it from being taken in."""
        return any(each.serious for each in self.troubles)

    def as_json(self) -> dict[str, Any]:
        """Plain values, as an item of an import keeps them until the submission holds them."""
        return {
            "content": self.content.as_json(),
            "received_at": self.received_at.isoformat(),
            "files": [{**asdict(each), "path": _as_text(each.path)} for each in self.files],
            "email": self.email,
            "channel": self.channel,
            "received_by": self.received_by,
            "wish": self.wish,
            "extra": self.extra,
            "same_as": self.same_as,
            "expected": self.expected,
            "is_again": self.is_again,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any], *, where: str, key: str) -> Plan:
        """Back from an item."""
        return cls(
            where=where,
            key=key,
            content=Content.from_json(raw["content"]),
            received_at=datetime.fromisoformat(raw["received_at"]),
            files=[PlannedFile(**{**each, "path": _as_path(each["path"])}) for each in raw["files"]],
            email=raw["email"],
            channel=raw["channel"],
            received_by=raw["received_by"],
            wish=raw["wish"],
            extra=dict(raw["extra"]),
            same_as=[list(each) for each in raw["same_as"]],
            expected=raw["expected"],
            is_again=bool(raw.get("is_again")),
        )


def _as_text(path: str) -> str:
    """A path as a database takes it; one whose bytes are no text is written as bytes."""
    readable = path == storable(path) and not path.startswith(_BYTES)
    return path if readable else _BYTES + os.fsencode(path).hex()


def _as_path(text: str) -> str:
    """Back from ``_as_text``."""
    return os.fsdecode(bytes.fromhex(text.removeprefix(_BYTES))) if text.startswith(_BYTES) else text


def key_of(kind: str, *parts: str) -> str:
    """The key of an item's content: the same wherever and whenever it is imported."""
    digest = hashlib.sha256(kind.encode())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(f"\x00{len(data)}\x00".encode() + data)
    return digest.hexdigest()
