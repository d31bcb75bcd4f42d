"""CSV and TSV files: encoding, delimiter, records."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

from colloquia.engines.intake.encodings import detect_encoding
from colloquia.engines.intake.headings import field_of
from colloquia.engines.intake.records_csv import LONGEST_CELL, split_records
from colloquia.engines.intake.rows import Row, TableFormat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
NO_DELIMITER = "\x1f"
SAMPLE_CHARACTERS = 1 << 18
UNDECODABLE = (
    "holds characters that could not be decoded (shown as "
    "\ufffd); save the file as UTF-8 again from its source"
)


class DelimitedTable:
    """A file of delimited text, read a row at a time."""

    keys = None

    def __init__(self, path: Path) -> None:
        self.path = path
        encoding = detect_encoding(path)
        self.codec = encoding.codec
        with path.open(encoding=self.codec, errors="replace", newline="") as file:
            sample = file.read(SAMPLE_CHARACTERS)
        self.delimiter, self.skip = find_delimiter(sample, tabs_first=path.suffix.lower() in (".tsv", ".tab"))
        self.width = 0
        self.format = TableFormat(
            "TSV" if self.delimiter == "\t" else "CSV",
            encoding.label,
            DELIMITERS.get(self.delimiter, "none: one column"),
            note=encoding.caution,
        )

    def rows(self) -> Iterator[Row]:
        with self.path.open(encoding=self.codec, errors="replace", newline="") as file:
            lines = iter(lambda: file.readline(LONGEST_CELL), "")
            number = 0
            for cells, problem in split_records(lines, self.delimiter, self.width):
                number += 1
                if number == 1 and self.skip:
                    continue
                problems = (problem,) if problem else ()
                if any("\ufffd" in cell for cell in cells):
                    problems = (*problems, UNDECODABLE)
                yield Row(number, cells, problems)


def find_delimiter(sample: str, *, tabs_first: bool = False) -> tuple[str, bool]:
    """The delimiter under which most rows have one and the same width; True where line 1 is ``sep=;``."""
    start = sample.lstrip("\ufeff")[:6].lower()
    if start.startswith("sep=") and len(start) > 4 and start[4] in DELIMITERS:
        return start[4], True
    best = NO_DELIMITER
    best_score = (False, 0.0, 0)
    order = sorted(DELIMITERS, key=lambda mark: tabs_first and mark != "\t")
    for delimiter in order:
        first, widths = _widths(sample, delimiter)
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        names = sum(1 for cell in first if field_of(cell)) >= 2
        score = (names, round(count / len(widths), 1), width)
        if score > best_score and (names or (width > 1 and count / len(widths) >= 0.4)):
            best, best_score = delimiter, score
    head = next((line for line in sample.splitlines() if line.strip()), "")
    if best != NO_DELIMITER and best not in head and field_of(head.strip().strip('"')) == "text":
        return NO_DELIMITER, False
    return best, False


def _widths(sample: str, delimiter: str) -> tuple[list[str], list[int]]:
    """The first filled record under a delimiter, and the widths of the filled records."""
    first: list[str] = []
    widths: list[int] = []
    for cells, _problem in split_records(io.StringIO(sample, newline=""), delimiter):
        if any(cell.strip() for cell in cells):
            first = first or cells
            widths.append(len(cells))
        if len(widths) >= 200:
            break
    return first, widths[:-1] if len(widths) > 2 and len(sample) >= SAMPLE_CHARACTERS else widths
