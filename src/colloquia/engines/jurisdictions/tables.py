"""Reads the small CSV tables of a naming profile and says precisely what is wrong with them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from colloquia.engines.jurisdictions.folding import clean

LARGEST_TABLE = 5_000_000
"""Bytes; a table of names is far smaller."""
LONGEST_NAME = 200


class ProfileError(ValueError):
    """A naming profile cannot be used; the message lists file, row, field and remedy."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems, one sentence each."""
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(slots=True)
class Table:
    """The rows of one file with the numbers that a spreadsheet would show."""

    name: str
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def problem(self, row: int, column: str, message: str) -> None:
        """Note a mistake in one cell."""
        self.problems.append(f"{self.name}, row {row}, {column}: {message}")


def read_table(path: Path, *, required: tuple[str, ...]) -> Table:
    """The rows of a CSV file saved as UTF-8 with commas, semicolons or tabs.

    Cells are single lines without control characters. A file that cannot be read gives no
    rows and a problem.
    """
    table = Table(path.name)
    try:
        if path.stat().st_size > LARGEST_TABLE:
            table.problems.append(f"{path.name}: larger than 5 MB; a table of names is far smaller.")
            return table
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        table.problems.append(f"{path.name}: cannot be opened ({error.strerror}).")
        return table
    except UnicodeDecodeError:
        table.problems.append(f"{path.name}: is not UTF-8; save it again as CSV UTF-8.")
        return table
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        columns = [clean(column).lower() for column in reader.fieldnames or ()]
        reader.fieldnames = columns
        missing = [column for column in required if column not in columns]
        if missing:
            table.problems.append(f"{path.name}, row 1: the column {', '.join(missing)} is missing.")
            return table
        for row in reader:
            cells = {key: clean(value or "") for key, value in row.items() if isinstance(key, str) and key}
            if any(cells.values()):
                table.rows.append((reader.line_num, cells))
    except csv.Error as error:
        table.problems.append(f"{path.name}: is not a well-formed table ({error}).")
        table.rows.clear()
    return table


def parse_date(table: Table, row: int, column: str, text: str) -> date | None:
    """A date written as ``2024-12-31``; blank is None; anything else is noted as a problem."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        table.problem(row, column, f"“{text}” is not a date; write it as 2024-12-31.")
        return None
