"""The workbook: nothing becomes a formula, nothing is lost without being said."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from colloquia.engines.report import Limits, Options, write_xlsx
from colloquia.engines.report.dates import day
from colloquia.engines.report.sheets import workbook as module
from colloquia.engines.report.sheets.content import Field, Sheet
from colloquia.engines.report.sheets.workbook import fitted, write_workbook
from colloquia.engines.report.text import clean
from tests.engines.report.builder import TestNames, consultation, empty, without_paper
from tests.engines.report.hostile import FORMULA, HOSTILE, HostileNames
from tests.engines.report.hostile import analysis as hostile_analysis

SHEETS = [
    "Summary",
    "Questions",
    "Themes",
    "Quotations",
    "Submissions",
    "Passages",
    "Shared text",
    "Breakdowns",
    "Closed answers",
    "Languages",
    "Problems",
    "Method",
]


def options(language: str = "en", **values) -> Options:
    return Options(
        made_on="2026-11-22", version="0.1", language=language, names=TestNames(), run="run-7", **values
    )


def opened(analysis, path, language: str = "en", **values):
    write_xlsx(analysis, path / "tables.xlsx", options(language, **values))
    return openpyxl.load_workbook(path / "tables.xlsx")


def rows(book, name: str) -> list[tuple]:
    return list(book[name].iter_rows(min_row=2, values_only=True))


def test_every_sheet_is_there_with_frozen_headings_and_filter(tmp_path):
    book = opened(consultation(), tmp_path)
    assert book.sheetnames == SHEETS
    assert {one.freeze_panes for one in book} == {"B2"}
    assert [one.title for one in book if not one.auto_filter.ref] == []


def test_every_record_is_a_row(tmp_path):
    analysis = consultation()
    book = opened(analysis, tmp_path)
    assert len(rows(book, "Submissions")) == len(analysis.submissions)
    assert len(rows(book, "Passages")) == len(analysis.passages)
    assert len(rows(book, "Themes")) == len(analysis.themes)
    assert len(rows(book, "Quotations")) == len(analysis.quotes)


def test_counts_are_numbers_and_shares_have_their_missing_row(tmp_path):
    found = [
        one
        for one in rows(opened(consultation(), tmp_path), "Breakdowns")
        if one[0] == "By country or territory"
    ]
    whole = [one for one in found if one[1] is None]
    assert whole[0][3:9] == ("FR", "France", 8, 7, 61, pytest.approx(8 / 61))
    assert whole[-1][3:9] == (None, "Not stated", 8, None, 61, pytest.approx(8 / 61))


def test_members_of_similar_groups_are_not_named(tmp_path):
    found = rows(opened(consultation(), tmp_path), "Shared text")
    assert {one[3] for one in found if one[1] == "similar messages"} == {"not named"}
    assert next(one[3] for one in found if one[0] == "G-001") == "S-2026-00001"


def test_arabic_sheets_run_from_right_to_left(tmp_path):
    book = opened(consultation(), tmp_path, "ar")
    assert {one.sheet_view.rightToLeft for one in book} == {True}
    assert book.sheetnames[0] == "الملخص"


@pytest.mark.parametrize(
    "text", [FORMULA, "+41 22 338 91 11", "-5", "@here", "http://example.org/x", "1e5", "_x0041_"]
)
def test_text_that_looks_like_something_else_stays_text(tmp_path, text):
    analysis = consultation(8)
    analysis.submissions[0].organisation = text
    book = opened(analysis, tmp_path)
    cell = book["Submissions"]["D2"]
    assert (cell.data_type, unescape(cell.value), cell.hyperlink) == ("s", text, None)
    assert cell.quotePrefix is text.startswith(("=", "+", "-", "@"))
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as package:
        assert [name for name in package.namelist() if b"<f>" in package.read(name)] == []


def test_hostile_text_in_every_field_survives_but_for_what_cannot_be_shown(tmp_path):
    write_xlsx(
        hostile_analysis(), tmp_path / "t.xlsx", Options(made_on="x", version="0", names=HostileNames())
    )
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert unescape(book["Passages"]["J2"].value) == clean(HOSTILE)


def test_a_text_that_no_cell_can_hold_is_cut_with_a_pointer(tmp_path):
    analysis = consultation(8)
    first = analysis.passages[0]
    long = "𝄞" * 20_000
    analysis.passages[0] = type(first)(
        first.passage_id, first.submission_id, first.document_id, 0, 0, len(long), long, "en"
    )
    cell = opened(analysis, tmp_path)["Passages"]["J2"].value
    assert cell.endswith("[… cut; the whole text is in passages.parquet, S-2026-00001.p1]")
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767


def test_fitted_leaves_a_text_of_the_greatest_length_alone():
    assert fitted("a" * 32_767, "note") == "a" * 32_767
    assert len(fitted("a" * 32_768, "note")) == 32_767


def test_passages_beyond_the_limit_are_counted(tmp_path):
    book = opened(consultation(), tmp_path, limits=Limits(sheet_passages=10))
    assert book["Passages"]["A13"].value == "230 more passages are in passages.parquet."
    assert rows(book, "Summary")[-1][1] == "230 more passages are in passages.parquet."


def test_rows_past_the_last_row_of_a_sheet_go_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MAXIMUM_ROWS", 6)
    sheet = Sheet(
        "Rows", (Field("Number", kind="number"),), ((number,) for number in range(9)), notes=("the end",)
    )
    path = tmp_path / "rows.xlsx"
    write_workbook(path, [sheet], title="t", made_on=day("2026-11-22"), right_to_left=False, cut="")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Rows", "Rows 2", "Rows 3"]
    numbers = [one[0] for name in book.sheetnames for one in rows(book, name) if isinstance(one[0], int)]
    assert numbers == list(range(9))


@pytest.mark.parametrize("variant", [empty, without_paper])
def test_unusual_dockets_make_a_workbook(tmp_path, variant):
    assert opened(variant(), tmp_path).sheetnames == SHEETS


def test_the_same_analysis_gives_the_same_bytes(tmp_path):
    for name in ("first.xlsx", "second.xlsx"):
        write_xlsx(consultation(), tmp_path / name, options())
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()
