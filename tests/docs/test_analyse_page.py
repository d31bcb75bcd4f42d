"""The page on ``colloquia analyse`` shows every option, exit status and file."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from colloquia import analysis_job
from colloquia.commands import analyse
from tests.docs.pages import page, table_rows

_OF_A_RUN_THAT_LEARNED = {"prior.json"}
_REPORTS_IN_A_SECOND_LANGUAGE = {"report.ar.html", "report.ar.docx"}


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="colloquia analyse")
    analyse.configure(made)
    return made


def test_page_shows_exactly_the_options_of_the_command() -> None:
    options = set(re.findall(r"--[a-z-]+", parser().format_help()))
    assert set(re.findall(r"--[a-z][a-z-]*", page("reference/analyse.md"))) == options


def test_page_shows_exactly_the_exit_statuses_of_the_command() -> None:
    section = page("reference/analyse.md").split("## Exit status")[1].split("\n## ")[0]
    stated = set(re.findall(r"(?:^|; )(?:exit status: )?(\d+) ", parser().epilog or "", re.MULTILINE))
    assert set(re.findall(r"^\| (\d+) \|", section, re.MULTILINE)) == stated
    assert {str(analyse.DONE), str(analyse.FAILED), str(analyse.INCOMPLETE)} <= stated


def test_page_shows_exactly_the_files_of_a_result(results: Path) -> None:
    section = page("reference/analyse.md").split("## Files of the folder")[1].split("\n## ")[0]
    named = set(re.findall(r"`([a-z.]+\.(?:html|docx|xlsx|json))`", section))
    written = {path.name for path in results.iterdir() if path.suffix != ".parquet"}
    assert named - _REPORTS_IN_A_SECOND_LANGUAGE - _OF_A_RUN_THAT_LEARNED == written
    assert ".work" not in written


def test_manifest_page_names_every_field(results: Path) -> None:
    text = page("reference/manifest.md")
    manifest = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
    missing = [
        name for name in (*manifest, *manifest["parameters"], *manifest["seconds"]) if f"`{name}`" not in text
    ]
    assert missing == []


def test_page_shows_exactly_the_kinds_of_problems_that_leave_a_result_incomplete() -> None:
    section = page("reference/analyse.md").split("## Problems")[1]
    assert {row[0].strip("`") for row in table_rows(section)} == set(analysis_job._NOT_DONE)
