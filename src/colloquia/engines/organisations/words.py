"""Lists of words that the engine knows, read once from its data files."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words by their part in a name; see ``data/words.txt``."""

    small: frozenset[str]
    generic: frozenset[str]
    section: frozenset[str]
    compact_section: tuple[str, ...]
    blank: frozenset[str]
    person: frozenset[str]
    abbreviation: dict[str, str]


def read_sections(path: Path) -> dict[str, list[str]]:
    """Words under each ``[heading]`` of a file; lines with # are remarks, _ in a word is a space."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(heading, []).extend(word.replace("_", " ") for word in line.split())
    return found


@cache
def words() -> Words:
    """The lists, folded as names are."""
    from colloquia.engines.organisations.folding import fold

    read = read_sections(DATA / "words.txt")

    def folded(heading: str) -> frozenset[str]:
        return frozenset(fold(word) for word in read[heading])

    return Words(
        folded("small"),
        folded("generic"),
        folded("section"),
        tuple(sorted(folded("compact_section"), key=lambda word: (-len(word), word))),
        folded("blank"),
        folded("person"),
        dict(word.split("=", 1) for word in read["abbreviation"]),
    )


@cache
def legal_forms() -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str]]:
    """Words of a legal form, folded, to its name: first those that stand at the end, then at the start."""
    from colloquia.engines.organisations.folding import fold

    end: dict[tuple[str, ...], str] = {}
    start: dict[tuple[str, ...], str] = {}
    with (DATA / "legal_forms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for spelling in row["spellings"].split("|"):
                key = tuple(fold(spelling).split())
                if row["place"] != "start":
                    end[key] = row["form"]
                if row["place"] != "end":
                    start[key] = row["form"]
    return end, start
