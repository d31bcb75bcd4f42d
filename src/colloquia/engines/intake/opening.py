"""Opens tables of any format and reads their headings, their columns and their values."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from colloquia.engines.intake.columns import Decision, decide
from colloquia.engines.intake.dates import DateOrder
from colloquia.engines.intake.delimited import DelimitedTable
from colloquia.engines.intake.layout import SEARCHED, Layout, find_layout, from_keys
from colloquia.engines.intake.maps import find_columns, quoted
from colloquia.engines.intake.objects import json_tables
from colloquia.engines.intake.rows import UnreadableTable
from colloquia.engines.intake.understanding import TableUnderstanding
from colloquia.engines.intake.values import ColumnValues
from colloquia.engines.intake.workbooks import sheet_tables
from colloquia.engines.results import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from colloquia.engines.intake.maps import Rule
    from colloquia.engines.intake.questions import QuestionFinder
    from colloquia.engines.intake.rows import Table

WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"))
OBJECTS = frozenset((".json", ".jsonl", ".ndjson"))


def open_tables(path: Path, name: str) -> tuple[list[tuple[str, Table]], list[str]]:
    """The tables of a file with their names for people, and remarks on what was left out.

    Raises ``UnreadableTable``.
    """
    try:
        kind = _kind(path)
        if kind == "workbook":
            sheets, hidden = sheet_tables(path)
            remarks = [
                f'the hidden sheet "{sheet}" was not read; unhide it if it holds answers' for sheet in hidden
            ]
            several = len(sheets) > 1
            return [
                (f"{name} / {table.format.sheet}" if several else name, table) for table in sheets
            ], remarks
        if kind == "objects":
            lists, remarks = json_tables(path)
            several = len(lists) > 1
            return [
                (f"{name} / {table.format.sheet}" if several else name, table) for table in lists
            ], remarks
        return [(name, DelimitedTable(path))], []
    except OSError as error:
        raise UnreadableTable(
            f"cannot be opened ({error.strerror}); check the path and the permissions"
        ) from error


def _kind(path: Path) -> str:
    """``workbook``, ``objects`` or ``text``, by the first bytes where they contradict the name."""
    with path.open("rb") as file:
        head = file.read(512)
    ending = path.suffix.lower()
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "workbook"
    if head.startswith(b"%PDF"):
        raise UnreadableTable(f"is a PDF document, not a {ending} table; give it its right ending")
    if ending in OBJECTS:
        return "objects"
    if ending in WORKBOOKS and head.lstrip()[:1] == b"<":
        raise UnreadableTable(
            f"is a web page or XML named {ending}; open it in "
            "a spreadsheet program and save it as XLSX or CSV"
        )
    return "text"


class OpenTable:
    """A table with its layout and its rules, before its columns are decided."""

    def __init__(self, name: str, table: Table, layout: Layout) -> None:
        self.name = name
        self.table = table
        self.layout = layout
        self.rules: dict[int, Rule] = {}
        self.decision = Decision([])
        self.orders: dict[int, DateOrder] = {}

    def apply(self, rules: Sequence[Rule], used: set[str], problems: list[Problem]) -> None:
        """Find the columns that the ``--map`` arguments mean; the first argument for a column wins."""
        for rule in rules:
            places = find_columns(rule.heading, self.layout.headings)
            if len(places) > 1:
                names = ", ".join(quoted(self.layout.headings[place].name) for place in places[:4])
                used.add(rule.typed)
                message = (
                    f"could mean {len(places)} columns of {self.name} ({names}); write more of the heading."
                )
                problems.append(Problem("map", f"--map {rule.typed}", message))
            for place in places[:1]:
                used.add(rule.typed)
                self.rules.setdefault(place, rule)

    def survey(self, finder: QuestionFinder) -> None:
        """Read all rows once, for the values of each column, and decide what the columns are."""
        values = [ColumnValues() for _heading in self.layout.headings]
        orders = [DateOrder() for _heading in self.layout.headings]
        last = self.layout.last_row
        for row in self.table.rows():
            if row.number <= last:
                continue
            for column, order, cell in zip(values, orders, row.cells, strict=False):
                plain = cell.strip()
                if plain:
                    column.add(plain)
                    if len(plain) <= 40:
                        order.add(plain)
        self.decision = decide(self.layout, values, self.rules, finder)
        self.orders = {
            column.place: orders[column.place] for column in self.decision.columns if column.role == "date"
        }

    def has_answers(self, *, guessed: bool) -> bool:
        """Whether a column holds answers or names files; ``guessed`` counts columns known by their prose
        alone.
        """
        return any(
            column.role == "attachment"
            or (
                column.role == "text"
                and (guessed or column.sure != "guessed" or column.question_id is not None)
            )
            for column in self.decision.columns
        )

    def has_identifiers(self) -> bool:
        return any(column.role == "id" for column in self.decision.columns)

    def understanding(self) -> TableUnderstanding:
        """The table as the user is told about it, without the counts of rows."""
        layout, shape = self.layout, self.table.format
        return TableUnderstanding(
            self.name,
            self.table.path,
            shape.kind,
            shape.encoding,
            shape.delimiter,
            shape.sheet,
            layout.heading_row,
            layout.last_row,
            layout.tool,
            self.decision.columns,
            self.table,
            date_order={place: order.order for place, order in self.orders.items()},
        )


def read_layout(table: Table) -> Layout | None:
    """The headings of a table; None where it is empty."""
    if table.keys is not None:
        return from_keys(table.keys) if table.keys else None
    layout = find_layout(list(islice(table.rows(), 10 * SEARCHED)))
    if layout is not None and isinstance(table, DelimitedTable):
        table.width = len(layout.headings)
    return layout
