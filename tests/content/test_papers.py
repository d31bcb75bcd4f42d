"""The starter set in its second language: nothing is missing and nothing is left over."""

from __future__ import annotations

from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "content" / "papers" / "ip-policy-and-ai"
PAPER = yaml.safe_load((FOLDER / "paper.yaml").read_text(encoding="utf-8"))
ARABIC = yaml.safe_load((FOLDER / "ar.yaml").read_text(encoding="utf-8"))


def test_everything_is_translated_once() -> None:
    issues = PAPER["issues"]
    questions = [each["id"] for issue in issues for each in issue["questions"]]
    assert sorted(ARABIC["questions"]) == sorted(questions)
    assert sorted(ARABIC["issues"]) == sorted(issue["id"] for issue in issues)
    assert [sorted(entry) for entry in ARABIC["issues"].values()] == [["context", "title"]] * len(issues)
    assert sorted(ARABIC["sections"]) == sorted(section["key"] for section in PAPER["sections"])
    assert sorted(ARABIC["glossary"]) == sorted(entry["term"] for entry in PAPER["glossary"])
    assert sorted(ARABIC["changes"], key=int) == [str(n + 1) for n in range(len(PAPER["changes"]))]
    assert sorted(ARABIC["discussions"]) == [str(n + 1) for n in range(len(PAPER["discussions"]))]
    assert sorted(ARABIC["versions"]) == sorted(version["key"] for version in PAPER["versions"])
    assert sorted(ARABIC["facts"]) == sorted(
        f"{version['key']}.{n + 1}" for version in PAPER["versions"] for n in range(len(version["facts"]))
    )


def test_every_source_is_listed_and_used() -> None:
    used = {PAPER["related"][0]["source"]}
    for version in PAPER["versions"]:
        used.update(version["sources"], *(fact["sources"] for fact in version["facts"]))
    for entry in (*PAPER["glossary"], *PAPER["discussions"], *PAPER["issues"]):
        used.add(entry["source"])
    for change in PAPER["changes"]:
        used.update(change["sources"])
    used.update(each["source"] for issue in PAPER["issues"] for each in issue["questions"])
    assert used == set(PAPER["sources"])
