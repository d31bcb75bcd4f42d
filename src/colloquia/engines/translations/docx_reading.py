"""Translations from a Word table as people return it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from colloquia.engines.exchange import Unusable
from colloquia.engines.exchange.packages import Allowance, opened
from colloquia.engines.exchange.reading import MEBIBYTE, Bounds, read_xml
from colloquia.engines.translations.columns import Columns, find_columns, id_of
from colloquia.engines.translations.docx_writing import SOURCE_TAG
from colloquia.engines.translations.folding import cleaned
from colloquia.engines.translations.records import Unit
from colloquia.engines.translations.word_tables import Row, tables

BOUNDS = Bounds(size=128 * MEBIBYTE, elements=1_500_000, depth=200)
_ALLOWANCE = Allowance(unpacked=160 * MEBIBYTE, entries=10_000, ratio=400)
_REMEDY = "save it from Word as .docx without a password"
_LANGUAGE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)\s*$")


def read_docx(data: bytes, *, sent: Sequence[Unit] = ()) -> list[Unit]:
    """The units of every table that holds ids, in their order; all changes are taken as accepted.

    Columns are found by marks that the document carries, by what was ``sent`` where it is given, by
    their heads, and by how their cells look, in this order. A row whose translation was merged with
    another is not ``complete``. Raises ``Unusable`` where there is no such table or no Word document.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unusable("old-format", f"The file is an old Word document or has a password; {_REMEDY}.")
    with opened(io.BytesIO(data), _ALLOWANCE, remedy=_REMEDY) as package:
        name = next((one for one in package.names if one.lower() == "word/document.xml"), None)
        if name is None:
            raise Unusable("not-docx", f"The file is a package but no Word document; {_REMEDY}.")
        body = read_xml(package.read(name), BOUNDS)
    units: list[Unit] = []
    found = False
    for rows in tables(body):
        columns = find_columns(rows, sent)
        if columns is not None:
            found = True
            units += _units(rows, columns)
    if not found:
        raise Unusable(
            "no-table",
            "The document holds no table with identifiers and translations; copy the translations into the "
            "table that was sent, and return that.",
        )
    return units


def _units(rows: Sequence[Row], columns: Columns) -> Iterator[Unit]:
    heads, units = rows[: columns.heads], rows[columns.heads :]
    source_language = _language(heads, columns.source)
    target_language = _language(heads, columns.target)
    for place, row in enumerate(units):
        source_text, target_text, mixed = _texts(row, columns)
        below = units[place + 1] if place + 1 < len(units) else None
        merged = mixed or _is_merged(row, below, columns.target)
        written = id_of(row.at(columns.id))
        if written or target_text:
            yield Unit(
                written,
                source_language,
                target_language,
                source_text,
                target_text,
                complete=not merged,
            )


def _texts(row: Row, columns: Columns) -> tuple[str, str, bool]:
    """Source and translation of a row, and whether one cell holds both so that they cannot be told apart."""
    source = row.at(columns.source) if columns.source is not None else None
    target = row.at(columns.target)
    if source is not None and source.tagged(SOURCE_TAG):
        said = source.tagged(SOURCE_TAG)
        # Some write below the source, outside its control, and leave the cell beside it empty.
        words = target.text if target is not None and target is not source else ""
        return said, cleaned(words or source.outside), False
    if source is not None and source is target:
        return "", cleaned(source.text), True
    return (source.text if source else ""), cleaned(target.text if target else ""), False


def _is_merged(row: Row, below: Row | None, column: int) -> bool:
    cell = row.at(column)
    under = below.at(column) if below else None
    return cell is not None and (
        cell.merged == "continue" or (under is not None and under.merged == "continue")
    )


def _language(heads: Sequence[Row], column: int | None) -> str:
    for row in heads:
        cell = row.at(column) if column is not None else None
        match = _LANGUAGE.search(cell.text) if cell else None
        if match:
            return match[1]
    return ""
