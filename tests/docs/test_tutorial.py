"""The first analysis goes as the tutorial shows it, apart from counts that another processor may change."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from colloquia.cli import main
from tests.docs.pages import page

ILLUSTRATIVE = Path(__file__).resolve().parents[2] / "content" / "illustrative"
SHOWN = re.findall(
    r"^    ```text\n(.*?)^    ```$", page("tutorials/first-analysis.md"), re.MULTILINE | re.DOTALL
)
CHECK, MAPPED, RUN, _, EVIDENCE, BYTES, WORDS = SHOWN
ARGUMENTS = ["analyse", "responses.csv", "files/by-email", "--questions", "paper.yaml"]
MAP = ["--map", "closed=Does your organisation…"]
FINDINGS = re.compile(r"\d+ distinct messages; 342 passages, \d+ themes, \d+ shared texts")


def lines(text: str) -> set[str]:
    return {" ".join(FINDINGS.sub("", line).split()) for line in text.splitlines()}


@pytest.mark.parametrize(("more", "shown"), [([], CHECK), (MAP, MAPPED)])
def test_check_prints_what_is_shown(
    more: list[str], shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ILLUSTRATIVE)
    assert main([*ARGUMENTS, "--check", *more]) == 0
    assert lines(shown) - lines(capsys.readouterr().out) == set()


def test_run_prints_what_is_shown_and_leads_to_the_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ILLUSTRATIVE)
    out = tmp_path / "report"
    assert main([*ARGUMENTS, "--out", str(out), "--jobs", "1", *MAP]) == 3
    printed = capsys.readouterr()
    assert lines(RUN) - lines((printed.out + printed.err).replace(str(out), "report")) == set()
    digest, name = BYTES.split()
    assert sha256((ILLUSTRATIVE / name).read_bytes()).hexdigest() == digest
    rows = duckdb.sql(
        f"""SELECT d.name, d.sha256, p.page, p.start, p."end", p.text
            FROM '{out}/passages.parquet' AS p JOIN '{out}/documents.parquet' AS d USING (document_id)
            WHERE p.passage_id LIKE '%-00078.p7'"""
    ).fetchall()
    ((found_name, found_digest, number, start, end, text),) = rows
    assert (found_name, found_digest) == (name, digest)
    assert f"page {number} · characters {start}–{end}" in EVIDENCE
    assert WORDS.strip().startswith(f"[({number}, {start}, {end}, '{text[:100]}")
    assert "-00078.p7</" in (out / "report.html").read_text(encoding="utf-8")
