"""Times on a clock on the wall: to moments, at the change of clocks too, and back to words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colloquia.core.written import day_with_clock

_STEP = timedelta(minutes=1)
_LONGEST_GAP = 36 * 60


@dataclass(frozen=True, slots=True)
class OnTheWall:
    """What a local time means in a zone.

    ``moment`` is in UTC. ``kind`` is ``once``; ``never`` where the clocks jump over it, and ``moment`` is the
    first one after the jump; ``twice`` where they go back: ``moment`` is the one asked for.
    """

    moment: datetime
    kind: Literal["once", "never", "twice"]


def on_the_wall(local: datetime, zone: ZoneInfo, *, later: bool) -> OnTheWall:
    """The moment of a local time. Of a time that comes twice, the ``later`` one or the earlier one."""
    naive = local.replace(tzinfo=None)
    first, second = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return OnTheWall(first.astimezone(UTC), "once")
    if _comes_back(first, naive):
        return OnTheWall((second if later else first).astimezone(UTC), "twice")
    return OnTheWall(_after_the_jump(naive, zone), "never")


def _comes_back(moment: datetime, naive: datetime) -> bool:
    """Whether a clock in that zone ever shows this time."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == naive


def _after_the_jump(naive: datetime, zone: ZoneInfo) -> datetime:
    at = naive
    for _minute in range(_LONGEST_GAP):
        at += _STEP
        aware = at.replace(tzinfo=zone)
        if _comes_back(aware, at):
            return aware.astimezone(UTC)
    return naive.replace(tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """IANA names by their folded form; places without their region where no other is called the same."""
    names = sorted(name for name in available_timezones() if "/" in name or name in {"UTC", "GMT"})
    found = {name.casefold(): name for name in names}
    for name in names:
        if not name.startswith(("Etc/", "posix/", "right/", "SystemV/", "US/")):
            found.setdefault(name.rpartition("/")[2].replace("_", " ").casefold(), name)
    return found


def zone_named(text: str) -> str:
    """The IANA name that a person means: ``Africa/Nairobi``, ``nairobi``, ``New York``; blank for none."""
    wanted = " ".join(text.replace("_", " ").split()).casefold()
    known = _names()
    return known.get(wanted.replace(" ", "_")) or known.get(wanted, "")


def zone_names() -> list[str]:
    """Every zone that a form proposes."""
    return [
        name
        for name in sorted(set(_names().values()))
        if name.partition("/")[0] not in {"Etc", "posix", "right", "SystemV", "US"}
    ]


def offset_of(moment: datetime, zone: ZoneInfo) -> str:
    """``UTC+01:00``, as it is at that moment."""
    minutes = round((moment.astimezone(zone).utcoffset() or timedelta()).total_seconds() / 60)
    sign = "−" if minutes < 0 else "+"
    return "UTC" if not minutes else f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def on_clock(moment: datetime, zone: ZoneInfo) -> str:
    """A moment on the clocks of a zone, without the zone: 1 March 2026, 17:00."""
    return day_with_clock(moment.astimezone(zone), "H:i")


def zone_words(moment: datetime, zone: ZoneInfo) -> str:
    """The name of a zone and its offset at a moment: Europe/Zurich, UTC+01:00."""
    name, offset = zone.key.replace("_", " "), offset_of(moment, zone)
    return name if name == offset else f"{name}, {offset}"


def until(moment: datetime, now: datetime | None = None) -> str:
    """How long until a moment, roughly and never too long: 3 days, 5 hours, 10 minutes."""
    seconds = int((moment - (now or timezone.now())).total_seconds())
    if days := max(0, seconds) // 86_400:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if hours := max(0, seconds) // 3_600:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    if minutes := max(0, seconds) // 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return _("less than a minute")
