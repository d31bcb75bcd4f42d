"""Finds the messages of an mbox file without reading it into memory, and gives the bytes of one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from colloquia.engines.mailbox.records import Span

LONGEST_LINE = 1 << 20
"""Bytes read at once; a longer line goes on in the next piece."""
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_MARKED = re.compile(rb"^>+From ", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def is_mailbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox: a separator, and then a header."""
    first, _end, rest = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").partition(b"\n")
    return first.startswith(b"From ") and bool(_HEADER.match(rest))


def spans(path: Path) -> Iterator[Span]:
    """The messages of a file, in order; a file that is no mbox is one message.

    A line ``From …`` separates only where it follows an empty line or begins the file, and a header follows
    it: senders whose programs did not mark such lines in their text are not cut apart.
    """
    start: int | None = None
    separator = ""
    candidate: tuple[int, int, str] | None = None
    place = 0
    was_empty, at_line_start = True, True
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE):
            if candidate is not None:
                if at_line_start and _HEADER.match(line):
                    if start is not None:
                        yield Span(start, candidate[0], separator)
                    start, separator = candidate[1], candidate[2]
                candidate = None
            if at_line_start and was_empty and line.startswith(b"From "):
                words = line[5:].strip().decode("latin-1")
                candidate = (place, place + len(line), words)
            elif start is None and line.strip(b"\r\n\xef\xbb\xbf"):
                start = place
            was_empty = at_line_start and not line.strip(b"\r\n\xef\xbb\xbf")
            at_line_start = line.endswith(b"\n")
            place += len(line)
    if start is not None and start < place:
        yield Span(start, place, separator)


def message_at(path: Path, span: Span) -> bytes:
    """The bytes of a message as its sender's program made them: without the separator, the empty line before
    the next one, and the marks that an mbox puts before lines of the text.
    """
    with path.open("rb") as file:
        file.seek(span.start)
        data = file.read(span.end - span.start)
    if not span.separator:
        return data
    for ending in (b"\r\n", b"\n"):
        if data.endswith(ending * 2):
            data = data[: -len(ending)]
            break
    return _QUOTED.sub(rb"\1", data)


def content_key(data: bytes) -> str:
    """SHA-256 of a message whatever its line ends, and however lines that begin with “From” were marked: the
    same out of any mbox and as a file of its own.
    """
    plain = _MARKED.sub(b"From ", data.replace(b"\r\n", b"\n"))
    return hashlib.sha256(plain.rstrip(b"\n")).hexdigest()
