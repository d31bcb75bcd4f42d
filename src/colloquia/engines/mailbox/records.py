"""What comes out of a mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Span:
    """Where a message lies in its file, in bytes. ``separator`` is the line before it, blank for a message
    that is a file of its own.
    """

    start: int
    end: int
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A file that came with a message. ``name`` is safe to show, and unique in the message."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about a message that a person should know.

    Kinds: ``charset`` (some characters could not be decoded; detail: as what the text was read),
    ``deep`` (nested beyond the limit), ``dropped`` (detail: number of files beyond the limits),
    ``encrypted``, ``tnef`` (detail: name of the file), ``pictures`` (detail: number), ``long_html``,
    ``broken`` (detail: what the parser found), ``no_sender``, ``no_date``.
    """

    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message. Dates are timezone-aware, or None where the message gives none that can be read.

    ``sent`` is what the sender's program wrote, ``received`` what the last server on the way wrote, and
    ``filed`` what the mailbox says. ``automatic`` names the kind of message that no person wrote:
    ``reply``, ``report`` or ``folder``; blank for all others. ``text`` is the plain body without headers.
    """

    sender_name: str = ""
    sender_address: str = ""
    subject: str = ""
    message_id: str = ""
    language: str = ""
    sent: datetime | None = None
    received: datetime | None = None
    filed: datetime | None = None
    automatic: str = ""
    text: str = ""
    parts: tuple[Part, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    @property
    def moment(self) -> datetime | None:
        """When it was received: by the server, else by the mailbox, else the date that the sender gave."""
        return self.received or self.filed or self.sent
