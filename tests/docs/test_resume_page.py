"""The page on resuming quotes the refusals as the command words them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from colloquia import __version__
from colloquia.cli import main
from tests.docs.pages import page, table_rows

PAGE = page("how-to/resume-a-run.md")


def refusal(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """What the command says of ``folder/out``, with the folder as the page writes it."""
    responses = folder / "responses.csv"
    responses.write_text("id,text\n1,Name the sources.\n", encoding="utf-8")
    capsys.readouterr()
    status = main(
        ["analyse", str(responses), "--questions", "none", "--out", str(folder / "out"), "--jobs", "1", *more]
    )
    assert status == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    return said.removeprefix("colloquia: ").replace(str(folder / "out"), "…")


def begun(folder: Path, **changed: object) -> None:
    """A folder in which a run was broken off that was asked for something else."""
    record = {"begun": "2026-01-31T12:00:00+00:00", "version": __version__, **changed}
    (folder / "out" / ".work").mkdir(parents=True)
    (folder / "out" / ".work" / "run.json").write_text(json.dumps(record), encoding="utf-8")


def quoted() -> set[str]:
    return {row[0].strip("`") for row in table_rows(PAGE)}


def test_broken_run_is_refused_without_resume(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun(tmp_path)
    assert refusal(tmp_path, capsys) in quoted()


def test_folder_with_other_content_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "holiday.jpg").touch()
    assert refusal(tmp_path, capsys) in quoted()


def test_changes_are_refused_in_the_words_of_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun(tmp_path, parameters={}, inputs={}, version="0.0.0")
    said = refusal(tmp_path, capsys, "--resume")
    assert said == "… holds a run with other parameters and inputs and version; name another folder."
    for one in ("parameters", "inputs", "version"):
        assert said.replace("parameters and inputs and version", one) in quoted()
