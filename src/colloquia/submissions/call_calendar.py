"""One moment as a file for calendars (RFC 5545): texts escaped, lines folded at 75 octets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

_OCTETS = 73


def deadline_calendar(
    *, identifier: str, at: datetime, stamped: datetime, sequence: int, summary: str, address: str
) -> bytes:
    """An event without length, with a reminder a day before. ``sequence`` grows with each change."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Colloquia//Calls//EN",
        "BEGIN:VEVENT",
        f"UID:{_text(identifier)}",
        f"DTSTAMP:{_moment(stamped)}",
        f"DTSTART:{_moment(at)}",
        f"DTEND:{_moment(at)}",
        f"SEQUENCE:{sequence}",
        f"SUMMARY:{_text(summary)}",
        f"DESCRIPTION:{_text(address)}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(summary)}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A text that cannot end its line or begin another property."""
    plain = "".join(each if each.isprintable() else " " for each in text)
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces; those after the first begin with a blank, and no character is cut."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > _OCTETS:
            yield piece
            piece = " "
        piece += character
    yield piece
