"""Every test that the threat model names exists; every threat has one, or says plainly that it has none."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "threat-model.md"
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def functions_of(path: str) -> frozenset[str]:
    """The functions of a module; nothing where there is none."""
    if not (ROOT / path).is_file():
        return frozenset()
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def missing(text: str) -> list[str]:
    return [f"{path}::{name}" for path, name in _NAMED.findall(text) if name not in functions_of(path)]


def test_every_named_test_exists() -> None:
    assert missing(PAGE.read_text(encoding="utf-8")) == []


def test_a_test_that_is_gone_is_found() -> None:
    """The control."""
    gone = "tests/docs/test_threat_model.py::test_that_is_gone"
    assert missing(f"`{gone}`, `tests/docs/test_nowhere.py::test_x`") == [
        gone,
        "tests/docs/test_nowhere.py::test_x",
    ]


def test_each_threat_has_a_test_or_says_that_there_is_no_defence() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    threats = [row for row in rows if len(row) == 4 and row[0] != "threat" and not set(row[0]) <= {"-"}]
    assert len(threats) > 40
    assert [row[0] for row in threats if not _NAMED.search(row[2]) and "no defence" not in row[3]] == []
