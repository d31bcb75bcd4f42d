"""Writes sheets to an XLSX file: text stays text, nothing becomes a formula, no row is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from colloquia.engines.report.sheets.content import Sheet, Value
from colloquia.engines.report.text import clean

MAXIMUM_ROWS = 1_048_576
MAXIMUM_CHARACTERS = 32_767
# A spreadsheet program could take a text that begins so for a formula when the cell is edited.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_FORMATS = {"number": "#,##0", "decimal": "0.00", "share": "0%"}


@dataclass(frozen=True, slots=True)
class Style:
    """What all sheets share: cell formats, direction, and the note put where a text is cut.

    ``cut`` has ``{source}`` and ``{name}`` for the file and record in which the whole text is.
    """

    formats: dict[str, Any]
    right_to_left: bool
    cut: str


def write_workbook(
    path: Path, sheets: Sequence[Sheet], *, title: str, made_on: datetime, right_to_left: bool, cut: str
) -> None:
    """Write ``sheets`` in their order; the same bytes for the same sheets."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(path, options) as workbook:
        workbook.set_properties({"title": title[:250], "author": "Colloquia", "created": made_on})
        style = Style(_formats(workbook), right_to_left, cut)
        for sheet in sheets:
            _write_sheet(workbook, sheet, style)


def _formats(workbook: Any) -> dict[str, Any]:
    top = {"valign": "top"}
    head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#F4F6F8"}
    formats = {
        "head": workbook.add_format(head),
        "text": workbook.add_format(top),
        "long": workbook.add_format({**top, "text_wrap": True}),
        "text'": workbook.add_format({**top, "quote_prefix": True}),
        "long'": workbook.add_format({**top, "text_wrap": True, "quote_prefix": True}),
        "note": workbook.add_format({"italic": True, "font_color": "#57606A"}),
    }
    for kind, shape in _FORMATS.items():
        formats[kind] = workbook.add_format({**top, "num_format": shape})
    return formats


def _write_sheet(workbook: Any, sheet: Sheet, style: Style) -> None:
    rows = iter(sheet.rows)
    capacity = MAXIMUM_ROWS - 2 - len(sheet.notes)
    part = 1
    ahead = next(rows, None)
    while True:
        page = workbook.add_worksheet(sheet.name if part == 1 else f"{sheet.name[:27]} {part}")
        _prepare(page, sheet, style)
        last = 0
        while ahead is not None and last < capacity:
            last += 1
            _write_row(page, last, ahead, sheet, style)
            ahead = next(rows, None)
        page.autofilter(0, 0, last, len(sheet.fields) - 1)
        if ahead is None:
            for distance, note in enumerate(sheet.notes):
                page.write_string(last + 2 + distance, 0, note, style.formats["note"])
            return
        part += 1


def _prepare(page: Any, sheet: Sheet, style: Style) -> None:
    if style.right_to_left:
        page.right_to_left()
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, field in enumerate(sheet.fields):
        page.set_column(
            column, column, field.width, style.formats["long" if field.kind == "long" else "text"]
        )
    for column, field in enumerate(sheet.fields):
        page.write_string(0, column, clean(field.title), style.formats["head"])


def _write_row(page: Any, number: int, row: Sequence[Value], sheet: Sheet, style: Style) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        kind = sheet.fields[column].kind
        if isinstance(value, str):
            shown = clean(value)
            if len(shown) > MAXIMUM_CHARACTERS // 2:
                note = style.cut.format(source=sheet.source or "analysis.json", name=row[sheet.pointer])
                shown = fitted(shown, note)
            kind = "long" if kind == "long" else "text"
            dangerous = "'" if shown.startswith(_DANGEROUS) else ""
            page.write_string(number, column, shown, style.formats[kind + dangerous])
        else:
            page.write_number(number, column, value, style.formats[kind if kind in _FORMATS else "text"])


def fitted(text: str, note: str) -> str:
    """``text``, cut with ``note`` at its end where a cell cannot hold it."""
    if _units(text) <= MAXIMUM_CHARACTERS:
        return text
    room = MAXIMUM_CHARACTERS - _units(note) - 1
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return f"{kept} {note}"


def _units(text: str) -> int:
    """Length as spreadsheets count it: in UTF-16 units."""
    return len(text) + sum(1 for character in text if character > "\uffff")
