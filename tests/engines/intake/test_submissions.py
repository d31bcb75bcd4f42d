"""Repeated ids, rows without id, order; and the property that nothing is lost."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.intake import collect, understand
from colloquia.engines.intake.records_csv import split_records

from .helpers import collected, messages, texts


def test_rows_of_one_id_are_one_submission_at_the_place_of_the_first(write):
    path = write("r.csv", "id,answer,country\nA,a1,\nB,b1,FR\nA,a2,KE\nC,c1,\nB,b2,DE\n")

    understanding = understand([path])
    items = list(collect(understanding))
    assert [(item.source_id, item.country) for item in items] == [("A", "KE"), ("B", "FR"), ("C", "")]
    assert texts(items) == [["a1", "a2"], ["b1", "b2"], ["c1"]]
    assert items[1].problems == ['the rows of B differ in country ("FR" and "DE"); the first was kept.']
    assert messages(understanding.warnings) == [
        (
            "field country: 1 submissions have several rows that differ here; the first value was kept. "
            "Correct the rows if another one is true."
        )
    ]
    assert (understanding.submissions, understanding.answers) == (3, 5)


def test_ids_are_joined_across_files_in_the_order_given(write):
    first = write("first.csv", "response id,text\nR-1,one\nR-2,two\n")
    second = write("second.csv", "response id,text\nR-2,zwei\nR-3,drei\n")

    understanding = understand([first, second])
    assert texts(list(collect(understanding))) == [["one"], ["two", "zwei"], ["drei"]]
    assert [problem.where for problem in understanding.warnings] == ["first.csv, second.csv"]


def test_ids_differ_by_case(write):
    assert [item.source_id for item in collected(write("r.csv", "id,text\nR_aB,one\nR_Ab,two\n"))] == [
        "R_aB",
        "R_Ab",
    ]


def test_rows_without_id_are_named_by_file_and_row(write):
    path = write("r.csv", "id,text\nA,one\n,two\n,three\n")

    understanding = understand([path])
    assert [item.source_id for item in collect(understanding)] == ["A", "r.csv:3", "r.csv:4"]
    assert "r.csv, rows 3, 4: has no id" in messages(understanding.warnings)[0]
    assert [item.source_id for item in collected(write("s.csv", "text\none\n"))] == ["s.csv:2"]


def test_row_without_answer_is_kept(write):
    (item, _other) = collected(write("r.csv", "id,text,country\nA,,FR\nB,words,\n"))

    assert (item.source_id, item.answers, item.country) == ("A", [], "FR")


def test_values_of_closed_columns_that_differ_are_all_kept(write):
    path = write("r.csv", "response id,text,agree\nA,one,yes\nA,two,no\nB,three,yes\n")

    assert [item.closed for item in collected(path)] == [{"agree": "yes; no"}, {"agree": "yes"}]


def test_collecting_twice_gives_the_same(write):
    understanding = understand([write("r.csv", "id,text\nA,one\nB,two\nA,three\n")])

    assert list(collect(understanding)) == list(collect(understanding))


def test_plain_form_and_lines_tell_the_same_counts(write):
    understanding = understand([write("r.csv", "id,text,agree\nA,one,yes\nB,two,no\n")])

    plain = understanding.as_dict()
    assert (plain["submissions"], plain["answers"], plain["attached"]) == (2, 2, 0)
    assert [column["role"] for column in plain["tables"][0]["columns"]] == ["id", "text", "closed"]
    assert understanding.as_lines() == [
        "r.csv: CSV, ASCII, delimiter comma, headings in row 1, 2 rows",
        "  id     id            named    2 filled",
        "  text   text          named    2 filled",
        "  agree  closed        guessed  2 values, base 2: no 1; yes 1",
        "Understood: 2 submissions with 2 answers and 0 files; 0 errors, 0 warnings.",
    ]


CELL = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\ufeff\x1f\ufffd"), max_size=40
)
ROWS = st.lists(st.tuples(st.sampled_from(["", "A", "B", "C-1", "7"]), CELL, CELL), max_size=25)


@settings(max_examples=50, deadline=None)
@given(
    rows=ROWS,
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_no_answer_is_lost_whatever_the_cells_hold(rows, codec, delimiter):
    headings = ("response id", "comment", "answer")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.csv"
        with path.open("w", encoding=codec, newline="") as file:
            writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
            writer.writerows([headings, ("anchor", "first words of all", "last words of all"), *rows])
        understanding = understand([path], maps=["text=comment", "text=answer", "id=response id"])
        assert understanding.errors == []
        items = list(collect(understanding))

    written = sorted(cell for row in rows for cell in row[1:] if cell.strip() and row != headings)
    kept = sorted(answer.text for item in items[1:] for answer in item.answers)
    assert kept == written
    assert understanding.answers == len(written) + 2
    assert understanding.submissions == len(items)
    identifiers = {row[0] for row in rows if row[0]}
    assert {item.source_id for item in items if not item.source_id.startswith("r.csv:")} == identifiers | {
        "anchor"
    }


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.sampled_from('ab,"\n x'), max_size=120), width=st.integers(0, 3))
def test_no_letter_is_lost_however_broken_the_quotation(text, width):
    records = [cells for cells, _problem in split_records(iter(text.splitlines(keepends=True)), ",", width)]

    kept = "".join(cell for cells in records for cell in cells)
    assert [letter for letter in kept if letter in "abx"] == [letter for letter in text if letter in "abx"]


@settings(max_examples=50, deadline=None)
@given(text=st.text(st.sampled_from('ab,"\n x'), max_size=120))
def test_broken_rows_are_counted_as_they_are_collected(text):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.csv"
        path.write_text("response id,comment\n" + "R1,words\n" + text, encoding="utf-8", newline="")
        understanding = understand([path], maps=["text=comment", "id=response id"])
        items = list(collect(understanding))

    assert understanding.submissions == len(items)
    assert understanding.answers == sum(len(item.answers) for item in items)
