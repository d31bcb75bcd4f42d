from __future__ import annotations

import pytest

from colloquia.engines.intake import UnusableInput, collect, understand

from .helpers import collected, messages, roles, texts

PROSE = "A rather long answer that someone took the time to write, with reasons and an example or two."
WIDE = [
    ["Ref", "Q13 Nation", "Q14 Data and disclosure", "Q15 Ownership and effort", "Q16 Yes or no"],
    *[[f"R{number}", "FR", f"{PROSE} {number}", f"{PROSE} {number} again", "Yes"] for number in range(4)],
]


def test_columns_are_mapped_by_heading_prefix_and_question(write, paper):
    path = write("r.csv", WIDE)
    maps = [
        "text.IP-02.q1=Q14 …",
        "text.ip-01.Q2=q15  ownership AND effort",
        "country=Q13...",
        "closed=Q16 Yes or no",
        "id=Ref",
    ]

    item = collected(path, maps=maps, paper=paper)[0]
    assert [answer.question_id for answer in item.answers] == ["IP-02.q1", "IP-01.q2"]
    assert (item.source_id, item.country, item.closed) == ("R0", "FR", {"Q16 Yes or no": "Yes"})
    assert {column.sure for column in understand([path], maps=maps, paper=paper).tables[0].columns} == {
        "mapped"
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("text=Q99", 'no table has this heading. The headings are: "Ref", "Q13 Nation",'),
        ("text=Q1…", "could mean 4 columns"),
        ("text", "has no heading"),
        ("text=", "has no heading"),
        ("txt=Q14 …", 'Did you mean "text"?'),
        ("text.IP-09.q1=Q14 …", 'the paper has no question "IP-09.q1". The nearest are: IP-0'),
        ("country.IP-01.q1=Q13 …", "only text and attachment take a question"),
        ("folders=maybe", "must be folders=files or folders=submissions"),
    ],
)
def test_wrong_map_is_an_error_with_a_remedy(write, paper, typed, expected):
    understanding = understand([write("r.csv", WIDE)], maps=[typed], paper=paper)

    assert [
        message
        for message in messages(understanding.errors)
        if message.startswith(f"--map {typed}") and expected in message
    ]
    with pytest.raises(UnusableInput, match="--map"):
        list(collect(understanding))


def test_question_without_paper_is_an_error(write):
    understanding = understand([write("r.csv", WIDE)], maps=["text.IP-01.q1=Q14 …"])

    assert "give --questions PAPER" in messages(understanding.errors)[0]


def test_mapped_text_turns_off_guessing_and_says_what_is_left(write):
    path = write(
        "r.csv", [["id", "comment", "Other"], ["1", "Named", PROSE], ["2", "Named too", PROSE + "!"]]
    )

    understanding = understand([path], maps=["text=Other"])
    assert roles(understanding) == {"id": "id", "comment": "closed", "Other": "text"}


def test_ignored_columns_are_left_out(write):
    path = write("r.csv", [["id", "comment", "answer"], ["1", "one", "two"]])

    assert texts(collected(path, maps=["ignore=answer"])) == [["one"]]


def test_ambiguous_prose_is_an_error_that_says_what_to_type(write):
    rows = [["Key", "Alpha", "Beta"], *[[str(n), f"{PROSE} {n}", f"{PROSE} {n} more"] for n in range(5)]]

    (message,) = messages(understand([write("r.csv", rows)]).errors)
    assert message == (
        "r.csv: several columns could hold the answers. Say "
        'which, one or more: --map text="Alpha" --map text="Beta"'
    )


def test_single_column_of_prose_is_guessed_and_said(write):
    path = write("r.csv", [["Key", "Alpha"], *[[str(n), f"{PROSE} {n}"] for n in range(5)]])

    column = understand([path]).tables[0].columns[1]
    assert (column.role, column.sure) == ("text", "guessed")


def test_unused_prose_is_said(write):
    rows = [["id", "comment", "Reasons"], *[[str(n), f"Short {n}", f"{PROSE} {n}"] for n in range(5)]]

    warnings = messages(understand([write("r.csv", rows)]).warnings)
    assert warnings == [
        (
            'r.csv, column "Reasons": holds prose that will not be '
            'analysed; add --map text="Reasons" to read it as well.'
        )
    ]
