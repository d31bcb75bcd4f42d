"""What the cells of one column look like, counted a cell at a time in bounded memory."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MOST_VALUES = 500
LONGEST_CHOICE = 200
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"(?:https?|ftp)://\S+", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d[\d\s.,']*%?")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}", re.IGNORECASE)
_FILE = re.compile(r"[^\s/\\][^/\\]*\.[A-Za-z][A-Za-z0-9]{1,4}(?:\s*[;,|\n]|$)")


@dataclass(slots=True)
class ColumnValues:
    """Counts over the filled cells of a column; ``values`` stops growing at ``MOST_VALUES``."""

    filled: int = 0
    weight: int = 0
    sentences: int = 0
    longest: int = 0
    emails: int = 0
    addresses: int = 0
    links: int = 0
    numbers: int = 0
    files: int = 0
    values: dict[str, int] = field(default_factory=dict)
    more_values: bool = False

    def add(self, cell: str) -> None:
        """Count one filled cell. ``weight`` counts a Chinese, Japanese or Korean sign as three letters."""
        self.filled += 1
        length = len(cell)
        self.longest = max(self.longest, length)
        start = cell[:600]
        wide = 0 if start.isascii() else len(_WIDE.findall(start))
        self.weight += length + 2 * wide
        if wide >= 12 or start.count(" ") >= 7:
            self.sentences += 1
        elif length <= 200:
            self._kind(cell)
        if cell in self.values:
            self.values[cell] += 1
        elif length > LONGEST_CHOICE:
            self.more_values = True
        elif len(self.values) < MOST_VALUES:
            self.values[cell] = 1
        else:
            self.more_values = True

    def _kind(self, cell: str) -> None:
        if "@" in cell and _EMAIL.fullmatch(cell):
            self.emails += 1
        elif _URL.match(cell):
            self.links += 1
        elif _ADDRESS.fullmatch(cell):
            self.addresses += 1
        elif _NUMBER.fullmatch(cell):
            self.numbers += 1
        elif _FILE.search(cell):
            self.files += 1

    @property
    def distinct(self) -> int:
        """Distinct values seen, at least; exact where ``more_values`` is false."""
        return len(self.values)

    @property
    def is_prose(self) -> bool:
        """Mostly sentences of people's own: long, and not the same few over and over."""
        if not self.filled:
            return False
        few = not self.more_values and self.filled >= 20 and self.distinct <= self.filled // 5
        long = self.weight >= 50 * self.filled or self.sentences * 10 >= 3 * self.filled
        plain = self.emails + self.links + self.numbers + self.addresses
        return long and not few and plain * 2 < self.filled

    @property
    def is_choice(self) -> bool:
        """Few enough values to be the choices of a closed question."""
        if not self.filled or self.more_values or self.longest > LONGEST_CHOICE:
            return False
        if self.filled >= 8 and self.distinct == self.filled:
            return False
        return self.distinct <= 40 or (self.distinct <= 200 and self.distinct * 20 <= self.filled)

    @property
    def is_personal(self) -> bool:
        return (self.emails + self.addresses) * 2 > self.filled

    @property
    def holds_mail(self) -> bool:
        """Mostly addresses of e-mail."""
        return self.emails * 2 > self.filled

    @property
    def names_files(self) -> bool:
        return (self.files + self.links) * 2 > self.filled

    def choices(self) -> tuple[tuple[str, int], ...]:
        """Values with their counts, most frequent first."""
        return tuple(sorted(self.values.items(), key=lambda item: (-item[1], item[0])))
