"""INPUT arguments that are no plain file or folder, hold nothing, or are given twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from colloquia.engines.intake import collect, understand
from tests.engines.intake.helpers import messages, texts


def test_table_with_headings_alone_is_an_error(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("id,comment\n", encoding="utf-8")
    assert messages(understand([path]).errors) == [
        "a.csv: no filled row below the headings; check that it is the right file."
    ]


def test_pipe_is_no_ordinary_file(tmp_path: Path):
    path = tmp_path / "a.csv"
    os.mkfifo(path)
    assert messages(understand([path]).errors) == [
        f"{path}: is not an ordinary file; save it as a file and give that."
    ]


@pytest.mark.parametrize("name", ["x" * 5000, "loop", "a\0b"])
def test_path_that_cannot_be_looked_at_is_an_error(tmp_path: Path, name: str):
    (tmp_path / "loop").symlink_to("loop")
    errors = understand([tmp_path / name]).errors
    assert [problem.message.split(" (")[0] for problem in errors] == ["cannot be opened"]


def test_file_given_with_its_folder_is_read_once(tmp_path: Path):
    (tmp_path / "a.txt").write_text("First letter.", encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,comment\n1,Second letter.\n", encoding="utf-8")
    understanding = understand([tmp_path, tmp_path / "b.csv", tmp_path / "a.txt"])
    found = list(collect(understanding))
    assert [item.source_id for item in found] == ["1", "a.txt"]
    assert texts(found) == [["Second letter."], []]
    assert messages(understanding.warnings) == [
        f"{tmp_path.name}: 2 files were given twice; they are read once."
    ]


def test_folder_inside_a_given_folder_is_read_once(tmp_path: Path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text("A letter.", encoding="utf-8")
    understanding = understand([tmp_path, tmp_path / "inner"])
    assert [item.source_id for item in collect(understanding)] == ["inner/a.txt"]


def test_files_without_ending_and_archives_are_not_called_unreadable(tmp_path: Path):
    (tmp_path / "letter").write_text("A letter.", encoding="utf-8")
    (tmp_path / "letters.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    assert messages(understand([tmp_path]).warnings) == []
