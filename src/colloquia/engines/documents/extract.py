"""What a format's reader hands over, and the error by which it gives up."""

from __future__ import annotations

import time
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from pathlib import Path

from colloquia.engines.documents.limits import Limits


class Unreadable(Exception):
    """The file cannot be read; the message is a sentence with the reason and the remedy."""


def unwatched(page: int, slow: bool = False) -> None:
    """Take no notice of progress."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read. ``name`` is what people call it; only ``path`` is opened.

    ``at_page`` is called with the number of each page before it is opened (and ``True``
    where its text must be recognised, which is slow);
    ``skip_pages`` are pages at which an earlier attempt ended.
    """

    path: Path
    name: str
    media_type: str
    limits: Limits
    ocr: str = "auto"
    skip_pages: Container[int] = ()
    at_page: Callable[..., None] = unwatched
    started: float = field(default_factory=time.process_time)

    def out_of_time(self) -> bool:
        """Tell whether most of the processor time is spent, so that the rest is left out in order."""
        return time.process_time() - self.started > 0.8 * self.limits.processor_seconds

    def data(self) -> bytes:
        """Return the bytes of the file, at most one more than the limit."""
        with self.path.open("rb") as stream:
            return stream.read(self.limits.file_bytes + 1)


@dataclass(slots=True)
class Extract:
    """Text with its pages. ``missing`` says what is not in the text although it should be.

    ``notes`` are sentences about a file that was read whole. Attachments are (name, bytes).
    """

    text: str
    page_starts: tuple[int, ...] = ()
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    attachments: list[tuple[str, bytes]] = field(default_factory=list)
    tool: str = ""
    why_empty: str = ""
    mail_domain: str = ""
