from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from colloquia.engines.intake import collect, understand

from .helpers import collected, messages, texts


@pytest.fixture
def workbook(tmp_path):
    """Write sheets, given as name to rows; a name that starts with ``-`` is a hidden sheet."""

    def workbook(sheets, name="responses.xlsx"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title.removeprefix("-"))
            for row in rows:
                sheet.append(row)
            if title.startswith("-"):
                sheet.sheet_state = "hidden"
        book.save(tmp_path / name)
        return tmp_path / name

    return workbook


def test_typed_cells_read_as_people_see_them(workbook):
    path = workbook(
        {
            "Data": [
                ["Response ID", "Comment", "Date", "Agree", "Rating"],
                [12, "Text", dt.date(2024, 2, 3), True, 4.5],
                [13.0, 2024, dt.datetime.combine(dt.date(2024, 2, 4), dt.time(9, 30)), False, 5],
            ]
        }
    )
    first, second = collected(path)
    assert (first.source_id, first.date, first.closed) == (
        "12",
        "2024-02-03",
        {"Agree": "TRUE", "Rating": "4.5"},
    )
    assert (second.source_id, second.date, second.answers[0].text) == ("13", "2024-02-04", "2024")


def test_headings_below_blank_rows_and_columns_keep_their_row_numbers(workbook):
    path = workbook(
        {
            "Data": [
                [],
                [None, "Consultation"],
                [],
                [None, "id", "text"],
                [None, 1, "one"],
                [],
                [None, 2, "two"],
            ]
        }
    )

    understanding = understand([path])
    assert understanding.tables[0].heading_row == 4
    assert [answer.locator for item in collect(understanding) for answer in item.answers] == [
        'responses.xlsx, row 5, column "text"',
        'responses.xlsx, row 7, column "text"',
    ]


def test_several_sheets_of_answers_are_all_read(workbook):
    path = workbook({"French": [["id", "text"], ["F1", "un"]], "German": [["id", "text"], ["G1", "eins"]]})

    assert [item.answers[0].locator for item in collected(path)] == [
        'responses.xlsx / French, row 2, column "text"',
        'responses.xlsx / German, row 2, column "text"',
    ]


def test_sheet_without_answers_and_hidden_sheet_are_said(workbook):
    path = workbook(
        {
            "Answers": [["id", "text"], [1, "one"]],
            "Lists": [["Colour"], ["red"]],
            "-Old": [["id", "text"], [9, "old"]],
            "Empty": [],
        }
    )
    understanding = understand([path])
    assert texts(list(collect(understanding))) == [["one"]]
    assert messages(understanding.warnings) == [
        'responses.xlsx: the hidden sheet "Old" was not read; unhide it if it holds answers.',
        "responses.xlsx / Lists: has no column of answers and was left out; use --map text=… to read it.",
    ]


def test_sheet_of_details_is_joined_by_id(workbook):
    path = workbook(
        {
            "Answers": [["response id", "text"], ["R1", "one"]],
            "People": [["response id", "organisation"], ["R1", "Museum"]],
        }
    )
    (item,) = collected(path)
    assert (item.organisation, item.answers[0].text) == ("Museum", "one")


def test_workbook_named_csv_is_read(workbook):
    path = workbook({"Data": [["id", "text"], [1, "one"]]})
    renamed = path.rename(path.with_suffix(".csv"))

    assert texts(collected(renamed)) == [["one"]]


def test_table_of_text_named_xls_is_read(write):
    assert texts(collected(write("export.xls", "id\ttext\n1\tone\n"))) == [["one"]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04broken", "is not a workbook that can be read"),
        (b"<html><table></table></html>", "save it as XLSX or CSV"),
    ],
)
def test_broken_workbook_is_an_error_with_a_remedy(write, content, reason):
    (message,) = messages(understand([write("r.xlsx", content)]).errors)
    assert message.startswith("r.xlsx: ")
    assert reason in message


def test_open_document_spreadsheet(tmp_path):
    document = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for cells in (["id", "text"], ["1", "première réponse"], ["2", "الرد الثاني"]):
        row = TableRow()
        for cell in cells:
            holder = TableCell(valuetype="string")
            holder.addElement(P(text=cell))
            row.addElement(holder)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(tmp_path / "responses.ods")

    assert texts(collected(tmp_path / "responses.ods")) == [["première réponse"], ["الرد الثاني"]]
