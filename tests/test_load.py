"""``colloquia load`` and ``colloquia sign-in`` as an operator runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAPER = """\
title: A made-up paper
language: en
issues:
  - id: IP-01
    title: Data
    questions:
      - id: IP-01.q1
        text: Should those who train models say which works they used?
"""


def command(data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "colloquia", *arguments],
        env=clean | {"COLLOQUIA_DATA": str(data)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def data(tmp_path: Path, migrated: Path) -> Path:
    """A data folder with an empty database; only the test of the first start makes one itself."""
    return shutil.copytree(migrated, tmp_path / "data")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A starter programme of three responses."""
    folder = tmp_path / "content" / "illustrative"
    folder.mkdir(parents=True)
    (folder / "about.json").write_text(
        json.dumps({"title": {"en": "T"}, "illustrative": True, "note": {"en": "Made up", "ar": "مختلق"}})
    )
    (folder / "paper.yaml").write_text(PAPER)
    (folder / "inputs.txt").write_text("responses.csv\n")
    (folder / "responses.csv").write_text(
        "id,text\n1,Yes; every developer should publish a list of the works that were used.\n"
        "2,No; a full list would reveal trade secrets and help nobody.\n"
        "3,A summary by kind of source would be a fair middle way for small firms.\n"
    )
    return folder


def test_load_publishes_the_analysis_once(data: Path, content: Path) -> None:
    first = command(data, "load", "--jobs", "1", COLLOQUIA_CONTENT=str(content.parent))
    assert first.returncode == 0, first.stderr
    (published,) = (path for path in (data / "runs").iterdir() if path.is_dir())
    assert {"index", "analysis.json", "report.html", "report.ar.html"} <= set(os.listdir(published))
    assert json.loads((published / "analysis.json").read_text())["funnel"]["received"] == 3
    labels = {name: (published / name).read_text() for name in ("report.html", "report.ar.html")}
    assert ["Made up" in labels["report.html"], "Made up" in labels["report.ar.html"]] == [True, False]
    assert ["مختلق" in labels["report.html"], "مختلق" in labels["report.ar.html"]] == [False, True]
    before = (published / "report.html").stat().st_ino
    again = command(data, "load", COLLOQUIA_CONTENT=str(content.parent))
    assert again.returncode == 0
    assert "The illustrative consultation is up to date." in again.stdout
    assert (published / "report.html").stat().st_ino == before


def test_load_says_what_failed_and_leaves_nothing_half_done(data: Path, content: Path) -> None:
    (content / "inputs.txt").write_text("absent.csv\n")
    result = command(data, "load", "--jobs", "1", COLLOQUIA_CONTENT=str(content.parent))
    assert result.returncode == 1
    assert "the illustrative analysis failed with status" in result.stderr
    assert "Traceback" not in result.stderr
    assert list((data / "runs").iterdir()) == []


def test_load_without_a_starter_programme_names_the_setting(tmp_path: Path, data: Path) -> None:
    result = command(data, "load", COLLOQUIA_CONTENT=str(tmp_path / "none"))
    assert result.returncode == 1
    assert "set COLLOQUIA_CONTENT to its folder." in result.stderr


def test_sign_in_prints_a_link_for_the_first_officer(tmp_path: Path) -> None:
    result = command(tmp_path / "data", "sign-in", PUBLIC_URL="https://ip.example")
    assert result.returncode == 0
    pattern = r"Sign in once, within 30 minutes: https://ip\.example/accounts/link/[\w-]{43}/\n"
    assert re.fullmatch(pattern, result.stdout)


def test_sign_in_refuses_an_address_that_nobody_has(data: Path) -> None:
    result = command(data, "sign-in", "nobody@elsewhere.example")
    assert (result.returncode, result.stderr) == (
        1,
        "colloquia: nobody is registered with the address nobody@elsewhere.example.\n",
    )
