"""XLSX, XLSM, XLSB, XLS and ODS workbooks: every visible sheet is a table."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING, Any

from colloquia.engines.intake.rows import Row, TableFormat, UnreadableTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_UNPACKED = 4 << 30
RATIO = 300


class SheetTable:
    """One sheet of a workbook, opened again for each reading so that no sheet stays in memory."""

    keys = None

    def __init__(self, path: Path, sheet: str, kind: str) -> None:
        self.path = path
        self.format = TableFormat(kind, sheet=sheet)

    def rows(self) -> Iterator[Row]:
        workbook = open_workbook(self.path)
        sheet = workbook.get_sheet_by_name(self.format.sheet)
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield Row(number, [as_text(cell) for cell in cells])


def open_workbook(path: Path) -> Any:
    """The workbook at ``path``; raises ``UnreadableTable`` with a remedy."""
    import python_calamine as calamine

    _refuse_bomb(path)
    try:
        return _opened(path)
    except calamine.PasswordError as error:
        raise UnreadableTable("is protected by a password; save a copy without one") from error
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:160]
        raise UnreadableTable(
            f"is not a workbook that can be read ({reason}); open it and save it again as XLSX or CSV"
        ) from error


def _opened(path: Path) -> Any:
    """By its name, or by its bytes where the name does not tell the format."""
    import python_calamine as calamine

    try:
        return calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError):
        with path.open("rb") as file:
            return calamine.CalamineWorkbook.from_filelike(file)


def sheet_tables(path: Path) -> tuple[list[SheetTable], list[str]]:
    """The visible sheets as tables, and the names of the hidden ones, which are not read."""
    import python_calamine as calamine

    workbook = open_workbook(path)
    ending = path.suffix.lower().removeprefix(".").upper()
    kind = ending if ending in ("XLSX", "XLSM", "XLSB", "XLS", "ODS") else "workbook"
    visible: list[SheetTable] = []
    hidden: list[str] = []
    for sheet in workbook.sheets_metadata:
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible == calamine.SheetVisibleEnum.Visible:
            visible.append(SheetTable(path, sheet.name, kind))
        else:
            hidden.append(sheet.name)
    return visible, hidden


def as_text(value: Any) -> str:
    """A typed cell as text: whole numbers without decimals, dates in ISO form."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        plain = value.time() == dt.time.min
        return value.date().isoformat() if plain else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return "" if value is None else str(value)


def _refuse_bomb(path: Path) -> None:
    """Workbooks are zip files: refuse one that unpacks to far more than a workbook can hold."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return
    if unpacked > LARGEST_UNPACKED or (unpacked > 1 << 30 and unpacked > RATIO * path.stat().st_size):
        raise UnreadableTable(f"unpacks to {unpacked >> 20:,} MB, too much for a workbook; save it as CSV")
