"""Dates as people and tools write them, to ISO form; the order of day and month is settled by the whole
column.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_SHORT = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s*(?:de\s+)?[-\s]?([^\W\d_]{3,})\.?,?\s*(?:de\s+|del\s+)?[-\s]?(\d{4})"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_LAST_YEAR = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})\s+\d{1,2}:\d{2}(?::\d{2})?\s+\w+\s+(\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTHS = """
    january jan janvier enero ene januar gennaio gen janeiro января январь янв
    february feb fevrier fev febrero februar febbraio fevereiro февраля февраль фев
    march mar mars marzo marz marco марта март мар
    april apr avril avr abril abr aprile апреля апрель апр
    may mai mayo mag maggio maio мая май
    june jun juin junio juni giugno giu junho июня июнь июн
    july jul juillet julio juli luglio lug julho июля июль июл
    august aug aout agosto ago августа август авг
    september sep sept septembre septiembre settembre set setembro сентября сентябрь сен
    october oct octobre octubre oktober okt ottobre ott outubro out октября октябрь окт
    november nov novembre noviembre novembro ноября ноябрь ноя
    december dec decembre diciembre dic dezember dez dicembre dezembro декабря декабрь дек
"""
MONTHS = {
    word: number for number, line in enumerate(_MONTHS.strip().splitlines(), start=1) for word in line.split()
}
EPOCH = dt.date(1899, 12, 30)
SERIALS = range(20_000, 80_000)


@dataclass(slots=True)
class DateOrder:
    """Collects what the cells of a column say about the order of day and month."""

    day_first: int = 0
    month_first: int = 0
    unclear: int = 0

    def add(self, cell: str) -> None:
        if "/" not in cell and "-" not in cell:
            return
        hit = _SHORT.match(_plain(cell))
        if not hit or hit[2] == ".":
            return
        first, second = int(hit[1]), int(hit[3])
        if first > 12 >= second:
            self.day_first += 1
        elif second > 12 >= first:
            self.month_first += 1
        elif first != second:
            self.unclear += 1

    @property
    def order(self) -> str:
        """``day``, ``month``, or empty where the cells do not settle it or contradict each other."""
        if self.day_first and self.month_first:
            return ""
        return "day" if self.day_first else "month" if self.month_first else ""

    @property
    def doubtful(self) -> bool:
        """Whether some dates cannot be read."""
        return bool(self.unclear and not self.order) or bool(self.day_first and self.month_first)


def parse_date(cell: str, order: str) -> str:
    """The date in ISO form, without the time of day; the cell as given where it cannot be read for
    certain.
    """
    text = _plain(cell)
    for pattern in (_ISO, _ASIAN):
        hit = pattern.match(text)
        if hit:
            return _iso(int(hit[1]), int(hit[2]), int(hit[3])) or cell
    hit = _SHORT.match(text)
    if hit:
        return _short(hit, order) or cell
    if text.isdigit():
        return _serial(text) or cell
    return _named_month(text) or cell


def _plain(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", cell).split())


def _short(hit: re.Match[str], order: str) -> str:
    first, second, year = int(hit[1]), int(hit[3]), int(hit[4])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if hit[2] == "." or first == second:
        order = "day"
    elif not order:
        return ""
    return _iso(year, second, first) if order == "day" else _iso(year, first, second)


def _serial(text: str) -> str:
    """Spreadsheet serial days, compact dates, and seconds or milliseconds since 1970 (UTC)."""
    number = int(text) if len(text) <= 13 else 0
    if len(text) == 8:
        hit = _COMPACT.match(text)
        return _iso(int(hit[1]), int(hit[2]), int(hit[3])) if hit else ""
    if number in SERIALS:
        return (EPOCH + dt.timedelta(days=number)).isoformat()
    if len(text) in (10, 13):
        seconds = number // 1000 if len(text) == 13 else number
        return (dt.date(1970, 1, 1) + dt.timedelta(days=seconds // 86_400)).isoformat()
    return ""


def _named_month(text: str) -> str:
    for pattern, day, month in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1), (_MONTH_LAST_YEAR, 2, 1)):
        hit = pattern.search(text)
        if hit:
            number = _month(hit[month])
            if number:
                return _iso(int(hit[3]), number, int(hit[day]))
    return ""


def _month(word: str) -> int:
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", word.casefold())
        if not "\u0300" <= letter <= "\u0305"
    )
    return MONTHS.get(
        unicodedata.normalize("NFC", plain),
        MONTHS.get(unicodedata.normalize("NFC", plain.replace("\u0308", "")), 0),
    )


def _iso(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""
