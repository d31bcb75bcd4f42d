"""When a message was sent and received, as far as it says so."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from colloquia.engines.mailbox.words import header

_YEARS = range(1980, 2200)
"""Dates of other years are those of clocks that were never set."""


def sent_at(message: Message) -> datetime | None:
    """The date that the sender's program wrote."""
    return _moment(header(message, "Date"))


def received_at(message: Message) -> datetime | None:
    """When the last server on the way took it: the first ``Received``, which is written last."""
    return _moment(header(message, "Received").rpartition(";")[2])


def filed_at(separator: str) -> datetime | None:
    """What the line before it in a mailbox says (``address Thu Nov 26 07:35:48 2026``), taken as UTC."""
    return _moment(separator.partition(" ")[2])


def _moment(written: str) -> datetime | None:
    """A date of RFC 5322 or of ``asctime``; without a zone it is taken as UTC."""
    try:
        found = parsedate_to_datetime(written.strip()[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if found.year not in _YEARS:
        return None
    aware = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
