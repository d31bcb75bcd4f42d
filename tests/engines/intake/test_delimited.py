from __future__ import annotations

import pytest

from colloquia.engines.intake import collect, understand
from colloquia.engines.intake.delimited import find_delimiter
from colloquia.engines.intake.records_csv import BROKEN_QUOTE, split_records

from .helpers import collected, messages, roles, texts
from .test_encodings import OLD, SENTENCES, UNICODE

ROWS = [
    ["id", "comment", "country"],
    ["R-1", "First, with a comma", "FR"],
    ["R-2", 'Second "quoted"\nand lines', ""],
]


@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "vertical bar")]
)
def test_delimiter_is_found(write, delimiter, name):
    path = write("responses.csv", ROWS, delimiter=delimiter)

    assert understand([path]).tables[0].delimiter == name
    assert texts(collected(path)) == [["First, with a comma"], ['Second "quoted"\nand lines']]


@pytest.mark.parametrize("codec", UNICODE)
def test_every_unicode_encoding_gives_the_same_submissions(write, codec):
    rows = [["id", "text"], *([language, sentence] for language, sentence in SENTENCES.items())]
    path = write("responses.csv", rows, encoding=codec)

    assert texts(collected(path)) == [[sentence] for sentence in SENTENCES.values()]


@pytest.mark.parametrize(("language", "codec"), OLD)
def test_old_encodings_give_the_text_that_was_written(write, language, codec):
    path = write("responses.csv", [["id", "text"], ["1", SENTENCES[language]]], encoding=codec)

    assert texts(collected(path)) == [[SENTENCES[language]]]


def test_line_of_a_spreadsheet_program_names_the_delimiter():
    assert find_delimiter("sep=;\nid;text\n1;a,b\n") == (";", True)


def test_row_numbers_are_those_of_the_spreadsheet(write):
    path = write("responses.csv", 'id,text\n\n1,"two\nlines"\n,\n2,last\n')

    understanding = understand([path])
    assert [answer.locator for item in collect(understanding) for answer in item.answers] == [
        'responses.csv, row 3, column "text"',
        'responses.csv, row 5, column "text"',
    ]
    assert understanding.tables[0].blank_rows == 2


def test_undecodable_row_is_named_and_kept(write):
    path = write("responses.csv", b"id,text\n" + "1,créé\n2,déjà\n3,fût\n".encode() + b"4,caf\xe9 noir\n")

    understanding = understand([path])
    assert [item.source_id for item in collect(understanding)] == ["1", "2", "3", "4"]
    assert any(
        "responses.csv, row 5: holds characters" in message for message in messages(understanding.warnings)
    )
    assert texts(list(collect(understanding)))[3] == ["caf\ufffd noir"]


def test_row_with_too_few_cells_is_named(write):
    path = write("responses.csv", "id,text,country\n1,one,FR\n2,two\n")

    understanding = understand([path])
    assert messages(understanding.warnings) == [
        "responses.csv, row 3: has fewer cells than headings; the missing ones were read as blank."
    ]
    assert texts(list(collect(understanding))) == [["one"], ["two"]]


def test_text_with_bare_commas_is_joined_again(write):
    path = write("responses.csv", "id,text,country\n1,one,FR\n2,two, three, four,DE\n3,five,IT\n")

    items = collected(path)
    assert texts(items) == [["one"], ["two, three, four"], ["five"]]
    assert [item.country for item in items] == ["FR", "DE", "IT"]
    assert "quotation marks around the text" in items[1].problems[0]


def test_cells_beyond_the_headings_are_kept_where_no_single_text_column_can_take_them(write):
    path = write("responses.csv", "id,comment,answer\n1,one,uno\n2,two,dos,surplus\n3,three,tres\n")

    assert texts(collected(path)) == [["one", "uno"], ["two", "dos", "surplus"], ["three", "tres"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('1,"abc,x\n2,"def",y\n3,g,h\n', [["1", '"abc', "x"], ["2", "def", "y"], ["3", "g", "h"]]),
        ('1,"He said "no" to\nme",x\n2,a,b\n', [["1", 'He said "no" to\nme', "x"], ["2", "a", "b"]]),
        ('1,"open,x\n2,def,y\n3,g,h\n', [["1", '"open', "x"], ["2", "def", "y"], ["3", "g", "h"]]),
        ('1,"He said "no"",x\n2,a,b\n', [["1", 'He said "no"', "x"], ["2", "a", "b"]]),
        ('1,fine,x\n2,a,"open\n', [["1", "fine", "x"], ["2", "a", '"open']]),
    ],
)
def test_broken_quotation_mark_costs_no_other_row(text, expected):
    records = list(split_records(iter(text.splitlines(keepends=True)), ",", 3))

    assert [cells for cells, _problem in records] == expected
    assert [problem for _cells, problem in records if problem] == [BROKEN_QUOTE]


def test_many_unclosed_marks_end_in_reasonable_time():
    lines = [f'{number},"open {number},x\n' for number in range(3000)]

    records = list(split_records(iter(lines), ",", 3))
    assert [cells[0] for cells, _problem in records] == [str(number) for number in range(3000)]


def test_mark_inside_a_plain_cell_is_a_letter(write):
    assert texts(collected(write("r.csv", 'id,text\n1,a 5" disk\n2,b\n'))) == [['a 5" disk'], ["b"]]


def test_zero_bytes_are_left_out_and_said(write):
    items = collected(write("r.csv", b"id,text\n1,a\0b\n2,c\n"))

    assert texts(items) == [["ab"], ["c"]]
    assert "zero bytes" in items[0].problems[0]


def test_very_long_cell_is_kept_whole(write):
    long = "word " * 400_000
    assert texts(collected(write("r.csv", [["id", "text"], ["1", long], ["2", "short"]]))) == [
        [long],
        ["short"],
    ]


def test_one_column_of_text_with_commas(write):
    path = write("r.csv", "comment\nfirst, with comma\nsecond\nthird, with comma\n")

    assert texts(collected(path)) == [["first, with comma"], ["second"], ["third, with comma"]]


def test_repeated_and_blank_headings_are_told_apart(write):
    path = write("r.csv", "id,comment,comment,\n1,one,two,x\n2,three,four,y\n")

    assert list(roles(understand([path]))) == ["id", "comment", "comment (2)", "column D"]
    assert texts(collected(path)) == [["one", "two"], ["three", "four"]]


def test_titles_above_the_headings_are_passed_over(write):
    text = (
        "Consultation on machines that write\nExported 3 "
        "May\n\nResponse ID,Your comments,Country\n1,one,FR\n2,two,DE\n"
    )
    understanding = understand([write("r.csv", text)])

    assert understanding.tables[0].heading_row == 4
    assert [item.source_id for item in collect(understanding)] == ["1", "2"]


def test_headings_repeated_between_rows_are_left_out_and_said(write):
    understanding = understand([write("r.csv", "id,text\n1,a\nid,text\n2,b\n")])

    assert texts(list(collect(understanding))) == [["a"], ["b"]]
    assert messages(understanding.warnings) == ["r.csv, row 3: repeats the headings; left out."]


def test_table_without_headings_is_doubted(write):
    understanding = understand([write("r.csv", "1,2\n3,4\n")])

    assert "reads like data" in messages(understanding.warnings)[0]


def test_formulas_stay_text(write):
    cells = ["=cmd|' /C calc'!A0", "+41 22 338 91 11", "@SUM(1)", "-1"]
    path = write("r.csv", [["id", "text"], *([str(place), cell] for place, cell in enumerate(cells))])

    assert texts(collected(path)) == [[cell] for cell in cells]


@pytest.mark.parametrize("content", [b"\n\n\n", b"\xef\xbb\xbf"])
def test_table_without_rows_is_an_error(write, content):
    assert "check that it is the right file" in messages(understand([write("r.csv", content)]).errors)[0]


def test_row_names_without_heading_do_not_shift_the_columns(write):
    text = "text,country\n1,one,FR\n2,two,DE\n3,three,IT\n4,four,ES\n"

    assert [item.country for item in collected(write("r.csv", text))] == ["FR", "DE", "IT", "ES"]


def test_pdf_named_csv_is_refused_with_a_remedy(write):
    assert messages(understand([write("r.csv", b"%PDF-1.7\n")]).errors) == [
        "r.csv: is a PDF document, not a .csv table; give it its right ending."
    ]
