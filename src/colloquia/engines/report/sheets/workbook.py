"""Writes sheets to an XLSX file: text stays text, nothing becomes a formula, no row is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from colloquia.engines.report.sheets.content import Field, Sheet, Value
from colloquia.engines.report.text import clean

MAXIMUM_ROWS = 1_048_576
MAXIMUM_CHARACTERS = 32_767
# A spreadsheet program could take a text that begins so for a formula when the cell is edited.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_FORMATS = {"number": "#,##0", "decimal": "0.00", "share": "0%"}


def write_workbook(
    path: Path, sheets: Sequence[Sheet], *, title: str, made_on: datetime, right_to_left: bool, cut: str
) -> None:
    """Write ``sheets`` in their order; the same bytes for the same sheets.

    ``cut`` is the note put at the end of a text over 32,767 characters, with ``{source}``
    and ``{name}`` for where the whole of it is.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(path, options) as workbook:
        workbook.set_properties({"title": title[:250], "author": "Colloquia", "created": made_on})
        formats = _formats(workbook, right_to_left)
        for sheet in sheets:
            _write_sheet(workbook, sheet, formats, right_to_left, cut)


def _formats(workbook: Any, right_to_left: bool) -> dict[str, Any]:
    top = {"valign": "top", "reading_order": 0}
    formats = {
        "head": workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#F4F6F8"}
        ),
        "text": workbook.add_format(top),
        "long": workbook.add_format({**top, "text_wrap": True}),
        "text'": workbook.add_format({**top, "quote_prefix": True}),
        "long'": workbook.add_format({**top, "text_wrap": True, "quote_prefix": True}),
        "note": workbook.add_format({"italic": True, "font_color": "#57606A"}),
    }
    for kind, shape in _FORMATS.items():
        formats[kind] = workbook.add_format({**top, "num_format": shape})
    return formats


def _write_sheet(workbook: Any, sheet: Sheet, formats: dict[str, Any], right_to_left: bool, cut: str) -> None:
    rows = iter(sheet.rows)
    part = 1
    ahead = next(rows, None)
    while True:
        name = sheet.name if part == 1 else f"{sheet.name[:27]} {part}"
        page = workbook.add_worksheet(name)
        if right_to_left:
            page.right_to_left()
        page.freeze_panes(1, 1)
        for column, field in enumerate(sheet.fields):
            page.set_column(column, column, field.width, formats["long" if field.kind == "long" else "text"])
        for column, field in enumerate(sheet.fields):
            page.write_string(0, column, field.title, formats["head"])
        last = 0
        while ahead is not None and last < MAXIMUM_ROWS - 1 - len(sheet.notes) - 1:
            last += 1
            _write_row(page, last, ahead, sheet, formats, cut)
            ahead = next(rows, None)
        page.autofilter(0, 0, last, len(sheet.fields) - 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        if ahead is None:
            for distance, note in enumerate(sheet.notes):
                page.write_string(last + 2 + distance, 0, note, formats["note"])
            return
        part += 1


def _write_row(
    page: Any, number: int, row: Sequence[Value], sheet: Sheet, formats: dict[str, Any], cut: str
) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        kind = sheet.fields[column].kind
        if isinstance(value, str):
            shown = fitted(value, cut.format(source=sheet.source, name=row[sheet.pointer]))
            kind = "long" if kind == "long" else "text"
            page.write_string(
                number, column, shown, formats[kind + "'" if shown.startswith(_DANGEROUS) else kind]
            )
        else:
            page.write_number(number, column, value, formats[kind if kind in _FORMATS else "text"])


def fitted(text: str, note: str) -> str:
    """``text`` cleaned and, where a cell cannot hold it, cut with ``note`` at its end."""
    shown = clean(text)
    if _units(shown) <= MAXIMUM_CHARACTERS:
        return shown
    room = MAXIMUM_CHARACTERS - _units(note) - 1
    kept = shown.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return f"{kept} {note}"


def _units(text: str) -> int:
    """Length as spreadsheets count it: in UTF-16 units."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def taken(rows: Iterator[Sequence[Value]], limit: int) -> Iterator[Sequence[Value]]:
    """At most ``limit`` rows."""
    return islice(rows, limit)


__all__ = ["MAXIMUM_CHARACTERS", "MAXIMUM_ROWS", "Field", "fitted", "taken", "write_workbook"]
