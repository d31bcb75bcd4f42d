"""Splits delimited text into records and survives broken quotation marks.

The standard reader does the work; where it stumbles, the record is read again by a tolerant
rule and the reader goes on after it, so that one broken row never swallows the next ones.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_CELL = 1 << 26
SHORTER_RECORD = 1 << 17
RUNAWAYS = 20
TOLERANT_LINES = 500
TOLERANT_CHARACTERS = 1 << 16
TOLERANT_TRIES = 20
BROKEN_QUOTE = (
    "a quotation mark is not closed or not doubled; the row was kept as far as it could be read. "
    "Double the quotation marks inside the text"
)


class _TooLong(Exception):
    """A record grew past what a record can be: a quotation mark was never closed."""


class _Lines:
    """Physical lines that can be put back, with those of the current record remembered."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.back: list[str] = []
        self.taken: list[str] = []
        self.size = 0
        self.limit = LONGEST_CELL
        self.zeros = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.size > self.limit:
            raise _TooLong
        line = self.back.pop() if self.back else next(self.lines)
        self.taken.append(line)
        self.size += len(line)
        if "\0" in line:
            self.zeros = True
            line = line.replace("\0", "")
        return line

    def begin(self) -> None:
        self.taken.clear()
        self.size = 0
        self.zeros = False

    def put_back(self, lines: list[str]) -> None:
        self.back.extend(reversed(lines))


def split_records(lines: Iterator[str], delimiter: str, width: int = 0) -> Iterator[tuple[list[str], str]]:
    """Yield the cells of each record (blank lines give no cells) and what was wrong with it, if anything.

    ``width`` is the number of cells expected, 0 where unknown; it helps to decide where a broken
    record ends.
    """
    csv.field_size_limit(LONGEST_CELL)
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    runaways = 0
    while True:
        source.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLong) as error:
            if isinstance(error, _TooLong) or len(source.taken) > TOLERANT_LINES:
                runaways += 1
                if runaways > RUNAWAYS:
                    source.limit = SHORTER_RECORD
            cells = _recover(source, delimiter, width)
            reader = csv.reader(source, delimiter=delimiter, strict=True)
            yield cells, BROKEN_QUOTE
        else:
            yield cells, "it held zero bytes, which were left out" if source.zeros else ""


def _recover(source: _Lines, delimiter: str, width: int) -> list[str]:
    """Cells of the broken record at which ``source`` stands; what follows it is put back."""
    lines = [line.replace("\0", "") for line in source.taken]
    source.put_back(lines[1:])
    alone, closed = _tolerant(lines[0], delimiter)
    if closed:
        return alone
    source.begin()
    text = lines[0]
    taken: list[str] = []
    tries = 0
    while len(taken) < TOLERANT_LINES and len(text) < TOLERANT_CHARACTERS and tries < TOLERANT_TRIES:
        try:
            line = next(source)
        except (StopIteration, _TooLong):
            break
        taken.append(line)
        if _is_record(line, delimiter, width):
            break
        text += line
        if f'"{delimiter}' in line or line.rstrip("\r\n").endswith('"'):
            tries += 1
            several, ended = _tolerant(text, delimiter)
            if ended and (not width or len(several) == width or len(alone) != width):
                return several
    source.put_back(taken)
    return alone


def _is_record(line: str, delimiter: str, width: int) -> bool:
    """Whether a line inside a broken record reads like a record of its own."""
    if width < 2:
        return True
    cells, _closed = _tolerant(line, delimiter)
    if len(cells) != width:
        return False
    first = cells[0].strip()
    return width > 2 or (0 < len(first) <= 40 and " " not in first)


def _tolerant(text: str, delimiter: str) -> tuple[list[str], bool]:
    """Cells of one record where a closing mark is one that stands before a delimiter or a line end.

    False as second value: a mark was opened and never closed, and was taken as a letter.
    """
    cells: list[str] = []
    position = 0
    ends = (delimiter, "\n", "\r", "")
    closed = True
    while True:
        if text[position : position + 1] == '"' and closed:
            stop = text.find('"', position + 1)
            while stop >= 0 and text[stop + 1 : stop + 2] not in ends:
                step = 2 if text[stop + 1] == '"' and text[stop + 2 : stop + 3] not in ends else 1
                stop = text.find('"', stop + step)
            if stop < 0:
                closed = False
                continue
            cells.append(text[position + 1 : stop].replace('""', '"'))
            position = stop + 1
        else:
            stop = min(
                (place for place in (text.find(end, position) for end in ends[:3]) if place >= 0),
                default=len(text),
            )
            cells.append(text[position:stop])
            position = stop
        if text[position : position + 1] != delimiter:
            return cells, closed
        position += 1
