"""The page on the engines names every public name, and nothing that does not exist."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import colloquia.engines
from colloquia.engines import records, results
from tests.docs.pages import page, sections, table_rows

ENGINES = Path(colloquia.engines.__file__).parent
PREFIX = "colloquia.engines."
NAMES = sorted(
    path.stem
    for path in ENGINES.iterdir()
    if path.stem not in {"__init__", "__pycache__", "records", "results"}
    and (path.suffix == ".py" or (path / "__init__.py").exists())
)
_NAME = re.compile(r"`([A-Za-z_.]+)(?:\([^`]*\))?`")


def section(engine: str) -> str:
    return sections(page("reference/engines.md"))[PREFIX + engine]


@pytest.mark.parametrize("engine", NAMES)
def test_page_names_every_public_name(engine: str) -> None:
    module = import_module(PREFIX + engine)
    named = {name for row in table_rows(section(engine)) for cell in row[:2] for name in _NAME.findall(cell)}
    assert set(getattr(module, "__all__", ())) - named == set()


@pytest.mark.parametrize("engine", NAMES)
def test_everything_the_page_names_exists(engine: str) -> None:
    module = import_module(PREFIX + engine)
    missing = []
    for row in table_rows(section(engine)):
        inner = len(row) == 3
        home = import_module(f"{module.__name__}.{row[0].strip('`')}") if inner else module
        for name in _NAME.findall(row[1] if inner else row[0]):
            *places, last = name.split(".")
            owner = import_module(".".join([home.__name__, *places]))
            if not hasattr(owner, last):
                missing.append(f"{owner.__name__}.{last}")
    assert missing == []


@pytest.mark.parametrize("module", [records, results], ids=lambda module: module.__name__)
def test_page_names_every_record(module: object) -> None:
    text = page("reference/engines.md").split("## Records")[1].split("\n## ")[0]
    own = {
        name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__
    }
    assert own - set(re.findall(r"`(\w+)`", text)) == set()
