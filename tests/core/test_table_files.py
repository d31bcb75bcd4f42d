"""Tables taken away as files: nothing runs in a spreadsheet, nothing is lost, half a file is none."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from colloquia.core.nothing import Nothing
from colloquia.core.table_files import download
from colloquia.core.table_writing import armed, disarmed
from colloquia.core.tables import Column, Table

COLUMNS = (
    Column("name", "Name", link="page", language="code", note="remark"),
    Column("count", "Count", "number"),
    Column("share", "Share", "share"),
    Column("day", "Day", "date"),
    Column("inner", "Inner", shown=False),
)
ROW = {
    "name": "Ligue",
    "page": "/consultations/one/",
    "code": "fr",
    "remark": "by e-mail",
    "count": -5,
    "share": 0.25,
    "day": datetime.date(2026, 11, 20),
    "inner": "kept",
}


def table(rows: list[Mapping[str, Any]] | None = None, columns: tuple[Column, ...] = COLUMNS) -> Table:
    return Table(
        "themes", gettext_lazy("Analyses"), columns, [ROW] if rows is None else rows, base="Of 12 received"
    )


def asked(
    query: str, found: Table | None = None, *, stem: str = "", **headers: str
) -> HttpResponseBase | None:
    made = found or table()
    return download(
        RequestFactory().get(f"/list/{query}", headers=headers), {"themes": lambda: made}, stem=stem
    )


def body(response: HttpResponseBase | None) -> bytes:
    assert isinstance(response, FileResponse)
    data = b"".join(response)  # type: ignore[call-overload]
    response.file_to_stream.close()  # closing the response itself would look for a database
    return data


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def one_text(text: str) -> Table:
    return table([{"text": text}], (Column("text", "Text"),))


@pytest.mark.parametrize("query", ["", "?page=2", "?format=csv"])
def test_page_that_is_not_asked_for_a_table_gives_none(query: str) -> None:
    assert asked(query) is None


def test_csv_holds_every_column_links_languages_and_notes() -> None:
    response = asked("?table=themes&format=csv", stem="C-2026-01")
    assert response is not None
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="C-2026-01-themes.csv"'
    data = body(response)
    assert data.startswith(b"\xef\xbb\xbfname,name_url,code,remark,count,share,day,inner\r\n")
    assert data.endswith(b"\r\n")
    assert rows_of(data)[1] == [
        "Ligue", "http://localhost:8000/consultations/one/", "fr", "by e-mail",
        "-5", "0.25", "2026-11-20", "kept",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@handle", "'@handle"),
        ("+cmd|'/C calc'!A0", "'+cmd|'/C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("-A1", "'-A1"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        (" =1", "' =1"),
        ("\u200b=1", "'\u200b=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("+41 22 338 91 11", "+41 22 338 91 11"),
        ("+41 (0)22 338.91.11", "+41 (0)22 338.91.11"),
        ("-5", "-5"),
        ("-1,234.5", "-1,234.5"),
        ("'quoted'", "'quoted'"),
        ("a=b", "a=b"),
        ("a, \"b\"\r\nc", "a, \"b\"\r\nc"),
        ("", ""),
    ],
)  # fmt: skip
def test_csv_disarms_what_a_spreadsheet_would_run_and_nothing_else(text: str, written: str) -> None:
    data = body(asked("?table=themes&format=csv", one_text(text)))
    assert rows_of(data)[1:] == [[written]] if written else rows_of(data)[1:] == [[""]]
    assert armed(written) == text


@given(st.text(alphabet="'=+-@\t\r\n 1a＝\u200b(", max_size=8))
def test_what_was_disarmed_can_be_armed_again(text: str) -> None:
    assert armed(disarmed(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "@handle", "-5", "+41 22 338 91 11", "\t=1", "https://a.example/"])
def test_workbook_keeps_texts_as_texts(tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(body(asked("?table=themes&format=xlsx", one_text(text))))
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("themes").to_python()
    assert rows == [["Text"], [text], [""], ["Analyses"], ["Of 12 received"]]
    assert b"<f>" not in body_of_sheet(path)


def body_of_sheet(path: Path) -> bytes:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_workbook_keeps_numbers_as_numbers_and_runs_right_to_left_in_arabic(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with override("ar"):
        response = asked("?table=themes&format=xlsx")
    assert response is not None
    assert response["Content-Disposition"] == 'attachment; filename="themes.xlsx"'
    path.write_bytes(body(response))
    assert b'rightToLeft="1"' in body_of_sheet(path)
    row = CalamineWorkbook.from_path(path).get_sheet_by_name("themes").to_python()[1]
    assert row == [
        "Ligue", "http://localhost:8000/consultations/one/", "fr", "by e-mail",
        -5, 0.25, "2026-11-20", "kept",
    ]  # fmt: skip


def test_json_is_an_object_that_describes_its_columns() -> None:
    found = json.loads(body(asked("?table=themes&format=json")))
    assert {key: value for key, value in found.items() if key not in {"columns", "rows"}} == {
        "ok": True, "table": "themes", "caption": "Analyses", "base": "Of 12 received", "count": 1,
    }  # fmt: skip
    assert found["columns"][:3] == [
        {"key": "name", "label": "Name", "kind": "text"},
        {"key": "name_url", "label": "Name: address", "kind": "text"},
        {"key": "code", "label": "Name: language", "kind": "text"},
    ]
    assert found["rows"] == [
        {
            "name": "Ligue",
            "name_url": "http://localhost:8000/consultations/one/",
            "code": "fr",
            "remark": "by e-mail",
            "count": -5,
            "share": 0.25,
            "day": "2026-11-20",
            "inner": "kept",
        }
    ]


def test_json_says_text_exactly_and_odd_values_plainly() -> None:
    made = table(
        [{"a": "=1+1", "b": float("nan"), "c": Nothing("not_applicable"), "d": True, "e": "\ud800"}],
        tuple(Column(key, key) for key in "abcde"),
    )
    found = json.loads(body(asked("?table=themes&format=json", made)))
    assert found["rows"] == [{"a": "=1+1", "b": None, "c": "Not applicable.", "d": True, "e": "?"}]


@pytest.mark.parametrize("chosen", ["csv", "xlsx", "json"])
def test_empty_table_is_a_file_too(chosen: str) -> None:
    response = asked(f"?table=themes&format={chosen}", table([]))
    assert (response is not None and response.status_code, bool(body(response))) == (200, True)


@pytest.mark.parametrize("chosen", ["csv", "xlsx", "json"])
def test_file_that_the_reader_has_is_not_sent_again(chosen: str) -> None:
    first = asked(f"?table=themes&format={chosen}")
    assert first is not None
    body(first)
    again = asked(f"?table=themes&format={chosen}", **{"if-none-match": first["ETag"]})
    assert again is not None
    assert (again.status_code, again["Cache-Control"]) == (304, "private, no-cache")


def test_file_is_closed_to_shared_caches_and_runs_nothing() -> None:
    response = asked("?table=themes&format=csv")
    assert response is not None
    body(response)
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Robots-Tag"] == "noindex"


def test_only_the_table_asked_for_is_made() -> None:
    def fail() -> Table:
        raise AssertionError

    tables: dict[str, Callable[[], Table]] = {"themes": table, "other": fail}
    response = download(RequestFactory().get("/?table=themes&format=csv"), tables)
    assert body(response) != b""


def test_failure_half_way_leaves_no_file_that_looks_whole() -> None:
    def rows() -> Iterator[Mapping[str, Any]]:
        yield ROW
        raise RuntimeError("the disk is gone")

    broken = Table("themes", "Themes", COLUMNS, rows())
    with pytest.raises(RuntimeError, match="the disk is gone"):
        asked("?table=themes&format=csv", broken)


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("?table=none&format=csv", 404, "This page has no such table."),
        ("?table=themes&format=pdf", 400, "A table can be had as CSV, XLSX or JSON."),
        ("?table=themes", 400, "A table can be had as CSV, XLSX or JSON."),
    ],
)
@pytest.mark.django_db
def test_what_does_not_exist_is_refused_with_what_does(
    rf: RequestFactory, query: str, status: int, words: str
) -> None:
    from django.contrib.auth.models import AnonymousUser

    request = rf.get(f"/list/{query}&q=work")
    request.user = AnonymousUser()
    response = download(request, {"themes": table})
    assert isinstance(response, HttpResponse)
    assert response.status_code == status
    page = response.content.decode()
    assert words in page
    assert 'href="?table=themes&amp;q=work&amp;format=csv"' in page.replace(
        "format=csv&amp;q=work", "q=work&amp;format=csv"
    )


def test_what_does_not_exist_is_refused_in_json_to_programs() -> None:
    response = asked("?table=<none>&format=json")
    assert isinstance(response, HttpResponse)
    assert json.loads(response.content) == {
        "ok": False, "error": "This page has no such table.", "errors": [], "status": 404,
        "tables": ["themes"], "formats": ["csv", "xlsx", "json"],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a"b', "a\r\nSet-Cookie: x", "…", "x" * 300])
def test_name_of_the_file_is_harmless(name: str) -> None:
    made = Table(name, "T", (Column("a", "A"),), [{"a": 1}])
    from urllib.parse import quote

    response = download(RequestFactory().get(f"/?table={quote(name)}&format=csv"), {name: lambda: made})
    assert response is not None
    body(response)
    stem = response["Content-Disposition"].removeprefix('attachment; filename="').removesuffix('.csv"')
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
    assert (0 < len(stem) <= 100, stem[0] != ".") == (True, True)
