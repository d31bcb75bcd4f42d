"""What is imported is declared and what is declared is used."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = {"colloquia", "tests", "bench", "evals"}
# Named in settings and commands instead of imported: the driver for PostgreSQL, the server, its static files.
LOADED_BY_NAME = {"granian", "whitenoise"}


def imported(*folders: str) -> set[str]:
    """The top-level modules that the code imports, but the standard library's and its own."""
    names = set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
                names |= {str(arg.value).split(".")[0] for arg in node.args if isinstance(arg, ast.Constant)}
    return names - set(sys.stdlib_module_names) - OWN


def normal(requirement: str) -> str:
    """The name of the package that a requirement asks for, in its normal form."""
    return re.split(r"[\[<>=~ ]", requirement)[0].lower().replace("_", "-")


def declared(*extras: str) -> set[str]:
    """The packages declared for the program and for the extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    return {normal(requirement) for requirements in lists for requirement in requirements}


@cache
def distributions() -> Mapping[str, list[str]]:
    return packages_distributions()


def providers(module: str) -> set[str]:
    """The installed packages that a module may come from."""
    return {normal(name) for name in distributions().get(module, [])}


def test_every_import_of_the_program_is_declared() -> None:
    known = declared("encoders")
    assert {name for name in imported("src") if not providers(name) & known} == set()


def test_every_import_of_tests_and_measurements_is_declared() -> None:
    known = declared("encoders", "dev")
    names = imported("tests", "bench", "evals")
    assert {name for name in names if not providers(name) & known} == set()


def test_every_declared_package_is_used() -> None:
    used = {package for name in imported("src") for package in providers(name)}
    assert declared("encoders") - used == LOADED_BY_NAME
