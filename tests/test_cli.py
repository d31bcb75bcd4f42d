"""The command's manners: quick to start, errors on stderr, no tracebacks for what a person can put right."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from colloquia import cli

SLOW = {
    "babel",
    "django",
    "duckdb",
    "granian",
    "lxml",
    "numpy",
    "pyarrow",
    "rich",
    "scipy",
    "sklearn",
    "xlsxwriter",
}


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "colloquia", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_imports_nothing_slow() -> None:
    code = (
        "import sys, colloquia.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print(sorted({SLOW!r} & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stderr.strip() == "[]"
    assert all(name in result.stdout for name in cli.COMMANDS)


def test_help_check_can_fail() -> None:
    """Negative control: an import of Django would be seen."""
    code = f"import sys, colloquia.settings\nprint(sorted({SLOW!r} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "django" in result.stdout


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_has_its_module_with_the_same_help(name: str) -> None:
    module = import_module(f"colloquia.commands.{name.replace('-', '_')}")
    assert cli.COMMANDS[name] == module.HELP
    assert callable(module.configure)
    assert callable(module.run)


def test_version_is_the_packages() -> None:
    from colloquia import __version__

    result = command("--version")
    assert (result.returncode, result.stdout) == (0, f"colloquia {__version__}\n")


def test_unknown_command_is_refused_with_status_two() -> None:
    result = command("publish")
    assert result.returncode == 2
    assert "invalid choice: 'publish'" in result.stderr


def test_no_command_prints_the_help() -> None:
    result = command()
    assert result.returncode == 0
    assert result.stdout.startswith("usage: colloquia")


def test_bad_setting_is_named_without_a_traceback(tmp_path: Path) -> None:
    result = command("serve", PORT="eighty", COLLOQUIA_DATA=str(tmp_path))
    assert result.returncode == 1
    assert result.stderr == "colloquia: PORT must be a whole number, not “eighty”.\n"


def test_bad_setting_inside_django_is_named_without_a_traceback(tmp_path: Path) -> None:
    result = command("load", DATABASE_URL="mysql://host/name", COLLOQUIA_DATA=str(tmp_path))
    assert result.returncode == 1
    assert result.stderr.startswith("colloquia: DATABASE_URL begins with “mysql”")


def test_threads_are_limited_to_one_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    cli.main([])
    assert os.environ["OMP_NUM_THREADS"] == "1"
    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"


def test_manage_passes_its_arguments_to_django() -> None:
    result = command("manage", "check", "--help")
    assert result.returncode == 0
    assert "usage: colloquia manage check" in result.stdout
