"""How received text, numbers and shares are written on a page: directions right, nothing able to mislead."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import dateformat, formats, timezone
from django.utils.translation import get_language, get_language_bidi

from colloquia.core.tables import Words
from colloquia.engines.report.text import RIGHT_TO_LEFT, clean

_LEFT_TO_RIGHT_MARK = "\u200e"
_DAYS = {"es": r"j \d\e F \d\e Y", "ru": "j E Y г.", "zh-hans": "Y年n月j日"}
"""How a day is written in languages that do not write it as 20 November 2026."""


def showable(text: Words) -> str:
    """Received text without what cannot be shown or would turn what stands around it."""
    return clean(str(text))


def direction_of(language: str) -> str:
    """``ltr`` or ``rtl`` for a language code; ``auto`` for none."""
    if not language:
        return "auto"
    code = language.lower()
    return "rtl" if code in RIGHT_TO_LEFT or code.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def with_thousands(value: float | Decimal | None, decimals: int = 0) -> str:
    """A number with separated thousands: 12,345; a minus sign keeps its side in either direction."""
    if value is None:
        return ""
    text = f"{value:,.{decimals}f}".replace("-", "−")
    return f"{_mark()}{text}" if text.startswith("−") else text


def percent_of(share: float | None) -> str:
    """A share in [0, 1] in whole per cent; a small part is never rounded to nothing."""
    if share is None:
        return ""
    percent = 100 * share
    if 0 < percent < 1:
        return f"{_mark()}<1%"
    if 99 < percent < 100:
        return f"{_mark()}>99%"
    return f"{percent:.0f}%"


def day_and_time(moment: datetime.date | None) -> str:
    """A day, or a day with its time and zone: 20 November 2026, 09:30 UTC."""
    if moment is None:
        return ""
    if not isinstance(moment, datetime.datetime):
        return formats.date_format(moment, _day_format(moment))
    shown = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return day_with_clock(shown, "H:i e").strip()


def day_with_clock(shown: datetime.datetime, clock: str) -> str:
    """A day and, in Django's format ``clock``, its time, as they stand: 20 November 2026, 10:30."""
    return f"{formats.date_format(shown, _day_format(shown))}{_comma()}{dateformat.format(shown, clock)}"


def day_and_time_in(moment: datetime.datetime, zone: datetime.tzinfo) -> str:
    """A moment on the clocks of a zone: 20 November 2026, 10:30 CET."""
    with timezone.override(zone):
        return day_and_time(moment)


def _day_format(day: datetime.date) -> str:
    language = get_language() or ""
    if language == "fr" and day.day == 1:
        return r"j\e\r F Y"
    return _DAYS.get(language, "j F Y")


def _comma() -> str:
    if get_language() == "zh-hans":
        return " "
    return "، " if get_language_bidi() else ", "


def _mark() -> str:
    return _LEFT_TO_RIGHT_MARK if get_language_bidi() else ""
