"""Messages between parent and child: a mark, a length, a JSON head, and attached bytes.

The child's real output stream is moved away from file descriptor 1 before any library
runs, so nothing that a library prints can get between messages. JSON, not pickle: the
parent must be able to take an answer from a child that a hostile file has taken over.
"""

from __future__ import annotations

import json
import struct
from itertools import pairwise
from typing import Any

from colloquia.engines.documents.beside import KINDS
from colloquia.engines.records import ReadText

MARK = b"CQD1"
_HEAD = struct.Struct(">4sIQ")
_STATUSES = frozenset({"read", "partial", "empty", "unreadable"})
_STRINGS = ("text", "media_type", "status", "problem", "tool", "mail_domain")


class BrokenFrame(Exception):
    """The bytes are not a message of the other side, or cannot be trusted."""


def pack(message: dict[str, Any], blobs: tuple[bytes, ...] = ()) -> bytes:
    """Return one message as bytes."""
    message = {**message, "blobs": [len(blob) for blob in blobs]}
    head = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return b"".join([_HEAD.pack(MARK, len(head), sum(map(len, blobs))), head, *blobs])


class TooMuch(BrokenFrame):
    """The message is larger than is allowed."""


class Unpacker:
    """Collects bytes as they arrive and gives back whole messages.

    Raises ``BrokenFrame`` for a wrong mark, ``TooMuch`` for a message beyond ``limit`` bytes.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        """Add bytes that arrived."""
        self._buffer += data

    def next(self) -> tuple[dict[str, Any], list[bytes]] | None:
        """Return the next whole message with its attached bytes, or ``None``."""
        if len(self._buffer) < _HEAD.size:
            return None
        mark, head_size, blob_size = _HEAD.unpack_from(self._buffer)
        if mark != MARK:
            raise BrokenFrame
        if head_size + blob_size > self._limit:
            raise TooMuch
        end = _HEAD.size + head_size + blob_size
        if len(self._buffer) < end:
            return None
        frame = bytes(self._buffer[_HEAD.size : end])
        del self._buffer[:end]
        try:
            message = json.loads(frame[:head_size])
            sizes = message["blobs"]
            if sum(sizes) != blob_size or min(sizes, default=0) < 0:
                raise BrokenFrame
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BrokenFrame from error
        blobs, at = [], head_size
        for size in sizes:
            blobs.append(frame[at : at + size])
            at += size
        return message, blobs


def pack_answer(answer: ReadText) -> bytes:
    """Return a child's answer as bytes."""
    message = {
        "text": answer.text,
        "media_type": answer.media_type,
        "page_starts": answer.page_starts,
        "status": answer.status,
        "problem": answer.problem,
        "tool": answer.tool,
        "mail_domain": answer.mail_domain,
        "beside": answer.beside,
        "names": [name for name, _ in answer.attachments],
    }
    return pack(message, tuple(data for _, data in answer.attachments))


def to_answer(message: dict[str, Any], blobs: list[bytes]) -> ReadText:
    """Return the answer in a message, every field checked; raise ``BrokenFrame`` otherwise."""
    try:
        strings = {key: message[key] for key in _STRINGS}
        starts, names = tuple(message["page_starts"]), message["names"]
        beside = tuple((kind, number) for kind, number in message["beside"])
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenFrame from error
    sound = (
        all(isinstance(value, str) for value in (*strings.values(), *names))
        and strings["status"] in _STATUSES
        and len(names) == len(blobs)
        and all(type(start) is int for start in starts)
        and all(isinstance(kind, str) and kind in KINDS and type(number) is int for kind, number in beside)
        and all(0 <= first <= second for first, second in pairwise(starts))
        and (not starts or (starts[0] >= 0 and starts[-1] <= len(strings["text"])))
    )
    if not sound:
        raise BrokenFrame
    return ReadText(
        page_starts=starts, attachments=tuple(zip(names, blobs, strict=True)), beside=beside, **strings
    )
