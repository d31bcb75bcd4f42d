"""What the program imports is what it declares: a package that merely happens to be there is found."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def imported() -> set[str]:
    """The top-level modules that the package imports, but the standard library's and its own."""
    names = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"colloquia"}


def test_every_import_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["encoders"]]
    declared = {
        re.split(r"[\[<>=~ ]", requirement)[0].lower().replace("_", "-") for requirement in requirements
    }
    providers = packages_distributions()
    undeclared = {
        name
        for name in imported()
        if not {provider.lower().replace("_", "-") for provider in providers.get(name, [])} & declared
    }
    assert undeclared == set()
