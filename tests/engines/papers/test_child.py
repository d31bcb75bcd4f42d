"""Reading in a process of its own: the same result, likeness across languages, and limits that hold."""

from __future__ import annotations

from dataclasses import replace

from colloquia.engines.papers.child import LIMITS, read_confined
from colloquia.engines.papers.counting import written
from colloquia.engines.papers.matching import Known
from colloquia.engines.papers.reading import read_draft
from colloquia.engines.papers.records import from_data
from tests.engines.papers.documents import official


def test_child_reads_what_the_reader_reads(tmp_path):
    path = official(tmp_path / "paper.docx")
    draft, similar = read_confined(path, path.name)
    assert (draft, similar) == (read_draft(path, path.name), {})
    assert from_data(draft.as_data()) == draft


def test_likeness_finds_the_same_question_in_arabic(tmp_path):
    path = official(tmp_path / "paper.docx")
    known = [
        Known("A.q1", texts=("هل يعد استخدام المصنفات دون تصريح في تعلم الآلة تعديا على حق المؤلف؟",)),
        Known("A.q2", texts=("Who should register trademarks?",)),
    ]
    _draft, similar = read_confined(path, path.name, questions=known)
    assert similar["i2.q1"][0][0] == "A.q1"


def test_time_that_runs_out_is_said(tmp_path):
    path = official(tmp_path / "paper.docx")
    draft, _similar = read_confined(path, path.name, limits=replace(LIMITS, wall_seconds=0))
    assert draft.serious[0].message == "could not be read within 0 seconds; send a smaller file."


def test_memory_that_runs_out_is_said(tmp_path):
    path = official(tmp_path / "paper.docx")
    draft, _similar = read_confined(path, path.name, limits=replace(LIMITS, memory=1))
    assert "asks for more memory or time" in draft.serious[0].message


def test_numbers_as_word_writes_them():
    cases = {
        ("decimal", 12): "12", ("lowerRoman", 14): "xiv", ("upperRoman", 9): "IX", ("lowerLetter", 27): "aa",
        ("arabicAlpha", 2): "ب", ("arabicAbjad", 3): "ج", ("chineseCounting", 12): "十二", ("bullet", 1): "",
        ("decimalZero", 7): "07", ("unheardOf", 5): "5",
    }  # fmt: skip
    assert {case: written(case[1], case[0]) for case in cases} == cases
