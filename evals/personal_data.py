"""Personal data found and missed, by kind and language, and what is flagged in texts that hold none."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from colloquia.engines.personal_data import find
from evals.dockets import consultations, own, sdg
from evals.personal_data_texts import Planted, sentences
from evals.rows import Row, absent, bootstrap

TASK = "personal data"
TARGET = 0.9
COVERED = 0.8
"""Share of the characters of what was planted that a finding must cover."""
CHARACTERS = 100_000


def rows(shared: Path, seed: int) -> list[Row]:
    """Recall by kind, recall and precision by language, and false findings in real texts."""
    around = _around(shared)
    return [
        *_of("held_out", around, seed),
        *_of("development", around, seed),
        *_false(shared),
    ]


def _of(part: str, around: dict[str, list[str]], seed: int) -> list[Row]:
    """The rows of one part of the made-up sentences."""
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    right: dict[str, list[bool]] = defaultdict(list)
    for planted in sentences(part, seed):
        hits, correct = _looked_at(planted, around, seed)
        found[planted.language, planted.category] += hits
        right[planted.language] += correct
    target = TARGET if part == "held_out" else None
    kinds = list(dict.fromkeys(category for _language, category in found))
    result = []
    for kind in kinds:
        values = [hit for (_, category), hits in found.items() if category == kind for hit in hits]
        wanted = None if "not announced" in kind else target
        result.append(_row(f"{part}, {len(right)} languages", f"recall, {kind}", values, seed, wanted))
    told = [kind for kind in kinds if "not announced" not in kind]
    for language, correct in right.items():
        values = [hit for kind in told for hit in found[language, kind]]
        weakest = min(told, key=lambda kind: _share(found[language, kind]))
        row = _row(f"{part}, {language}", "recall, announced", values, seed, target)
        note = f"{row.note}; least: {weakest} {_share(found[language, weakest]):.2f}"
        result.append(replace(row, note=note))
        result.append(_row(f"{part}, {language}", "precision", correct, seed, target))
    return result


def _around(shared: Path) -> dict[str, list[str]]:
    """Texts between which sentences are planted, by language: real ones where they are there, and our own."""
    texts: dict[str, list[str]] = defaultdict(list)
    for row in own("short_language"):
        texts[row["language"]].append(row["text"])
    for language, targets in sdg(shared).items():
        texts[language] += targets.values()
    return texts


def _looked_at(planted: Planted, around: dict[str, list[str]], seed: int) -> tuple[list[bool], list[bool]]:
    """Which of the planted spans were found, and which of the findings were planted."""
    draw = random.Random(f"{seed} {planted.text}")
    known = around.get(planted.language) or around["en"]
    before, after = draw.choice(known), draw.choice(known)
    lead = len(before) + 1
    text = f"{before}\n{planted.text}\n{after}"
    findings = find(text, planted.language)
    kind = planted.category.partition(",")[0]
    spans = [(start + lead, end + lead) for start, end in planted.spans]
    hits = [
        any(
            each.category == kind and min(end, each.end) - max(start, each.start) >= COVERED * (end - start)
            for each in findings
        )
        for start, end in spans
    ]
    correct = [any(each.start < end and start < each.end for start, end in spans) for each in findings]
    return hits, correct


def _false(shared: Path) -> list[Row]:
    """Findings in texts that hold hardly any personal data; each counts as false, even where it is right."""
    result = []
    groups: list[tuple[str, list[tuple[str, str]]]] = [
        ("own passages and letters", [(row["text"], row["language"]) for row in own("passages")]),
    ]
    groups.append(("official papers and laws", _official(shared)))
    groups += [
        (f"responses, {each.name}", [(text, each.language) for text in each.texts])
        for each in consultations(shared)
    ]
    targets = [(text, code) for code, texts in sdg(shared).items() for text in texts.values()]
    groups.append(("SDG targets", targets))
    for data, texts in groups:
        measure = f"findings in {CHARACTERS:,} characters"
        if not texts:
            result.append(absent(TASK, data, measure, 5.0, at_most=True))
            continue
        findings = [each for text, language in texts for each in find(text, language)]
        size = sum(len(text) for text, _language in texts)
        kinds = ", ".join(sorted({each.category for each in findings})) or "none"
        note = f"{len(findings)} in {size:,} characters: {kinds}"
        value = len(findings) * CHARACTERS / size
        result.append(Row(TASK, data, measure, value, target=5.0, at_most=True, note=note))
    return result


def _official(shared: Path) -> list[tuple[str, str]]:
    """Texts full of titles, numbers of laws, cases and dates."""
    texts: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, str):
            texts.append(value)
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(each)

    folder = shared / "data"
    if (paper := folder / "programme" / "issues_paper.json").exists():
        walk(json.loads(paper.read_text(encoding="utf-8")))
    if (laws := folder / "clearinghouse" / "instruments.jsonl").exists():
        for line in laws.read_text(encoding="utf-8").splitlines():
            walk(json.loads(line))
    return [(text, "en") for text in texts if " " in text]


def _row(data: str, measure: str, values: list[bool], seed: int, target: float | None) -> Row:
    low, high = bootstrap(values, seed=seed)
    return Row(TASK, data, measure, _share(values), low, high, target, note=f"{len(values)} places")


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 1.0
