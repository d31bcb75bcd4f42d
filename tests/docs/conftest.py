"""A small analysis, written once, on which the pages about results are tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from colloquia.cli import main

_PAPER = """\
title: A paper for tests
issues:
  - id: IP-08
    title: Training data
    questions:
      - id: IP-08.q1
        text: Must the sources of training data be disclosed?
"""
_LINES = [
    "Every source of training data must be published, because authors cannot ask for what they do not see.",
    "A public list of training data would help small publishers to find out who has copied their books.",
    "Trade secrets end where other people's works begin; name the sources of the data.",
    "Publishing every source is impossible for a firm of three people; a summary must be enough.",
    "Une liste publique des sources serait utile aux auteurs, mais elle doit rester simple à tenir.",
    "Hadithi zetu zilirekodiwa kwa ajili ya watoto na wajukuu wetu, si kwa ajili ya mashine za kibiashara.",
]


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``colloquia analyse`` leaves for six answers, one in an unsupported language."""
    folder = tmp_path_factory.mktemp("documented")
    (folder / "paper.yaml").write_text(_PAPER, encoding="utf-8")
    rows = "".join(f'R{number},IP-08.q1,"{text}"\n' for number, text in enumerate(_LINES, start=1))
    (folder / "responses.csv").write_text("id,question,text\n" + rows, encoding="utf-8")
    arguments = ["--questions", str(folder / "paper.yaml"), "--out", str(folder / "out"), "--jobs", "1"]
    assert main(["analyse", str(folder / "responses.csv"), *arguments]) == 3
    return folder / "out"
