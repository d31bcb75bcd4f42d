"""When something was received: what a cell, a message or an officer says, in the venue's zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone as clock

_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*(?:([ap])\.?m\b\.?)?", re.I)
_OFFSET = re.compile(r"(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2}))\s*$", re.I)
AHEAD = timedelta(hours=1)
"""By how much the clock of a sender's server may be ahead of ours."""


def stated_moment(written: str, day: str, zone: ZoneInfo) -> datetime | None:
    """What a cell says. Without a time of day it is the beginning of the day at the venue.

    Args:
        written: the cell as it stands.
        day: the date that was understood from it, in ISO form; anything else where it was not.
        zone: the venue's, for what states none.

    """
    try:
        whole = datetime.fromisoformat(written.strip())
    except ValueError:
        pass
    else:
        return whole if whole.tzinfo else whole.replace(tzinfo=zone)
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    at, where = _time_of_day(written), _zone_of(written)
    return datetime.combine(on, at or time(), tzinfo=(where if at is not None else None) or zone)


def is_ahead(moment: datetime) -> bool:
    """Whether it lies in the future, so that it cannot be when something was received."""
    return moment > clock.now() + AHEAD


def _time_of_day(written: str) -> time | None:
    found = None
    for found in _CLOCK.finditer(written):
        if ":" in found.group() or found[4] or "h" in found.group().lower():
            break
    else:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _zone_of(written: str) -> tzinfo | None:
    found = _OFFSET.search(written.strip())
    if found is None:
        return None
    if found[1]:
        return UTC
    minutes = int(found[3]) * 60 + int(found[4])
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=minutes if found[2] == "+" else -minutes))
