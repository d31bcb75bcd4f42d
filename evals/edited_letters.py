"""How well edited letters are found again: pairwise F1 on dockets of real statements and own letters."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from colloquia.engines.duplicates.edited import edited_groups
from evals.letter_edits import EDITS, Pool, split_words

DATA = Path(__file__).parent / "data"
LANGUAGES = {"american": "en", "march-on": "en", "scoop": "en", "austria": "de", "vtaiwan": "zh"}
CAMPAIGN_SHARE = 0.6
RESAMPLES = 300
TARGET = 0.99


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of results; ``value`` is None where ``note`` says why nothing was measured."""

    task: str
    detail: str
    measure: str
    value: float | None
    low: float | None = None
    high: float | None = None
    target: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Docket:
    """Texts with the number of their campaign; natural texts have numbers below zero, each its own."""

    texts: list[str]
    campaigns: list[int]


def rows(shared_data: Path, seed: int = 0) -> list[Row]:
    """Measure every kind of edit on polis statements (development) and on our own letters (held out)."""
    table = []
    folder = shared_data / "consultations" / "polis"
    if folder.is_dir():
        statements = read_statements(folder)
        for kind in EDITS:
            table += _measured(f"polis, {kind}", polis_docket(statements, kind, seed))
    else:
        table.append(
            Row("edited letters", "polis", "F1", None, target=TARGET, note=f"{folder.name} is absent")
        )
    for kind in EDITS:
        table += _measured(f"own letters in six languages, {kind}", own_docket(kind, seed))
    return table


def read_statements(folder: Path) -> dict[str, list[str]]:
    """Distinct statements of at least five words (twelve characters in Chinese), by language."""
    found: dict[str, list[str]] = {"en": [], "de": [], "zh": []}
    seen = set()
    for path in sorted(folder.glob("*.csv")):
        language = next((value for key, value in LANGUAGES.items() if path.name.startswith(key)), None)
        if language is None:
            language = "en"
        with path.open(encoding="utf-8", newline="") as lines:
            for record in csv.DictReader(lines):
                text = " ".join(record["comment-body"].split())
                if text not in seen and (len(text) >= 12 if language == "zh" else len(text.split()) >= 5):
                    seen.add(text)
                    found[language].append(text)
    return found


def polis_docket(statements: dict[str, list[str]], kind: str, seed: int) -> Docket:
    """60 % copies of 10 to 50 letters of one to four statements; the rest statements left as they are."""
    rng = random.Random(f"{kind} {seed}")
    campaigns = rng.randint(10, 50)
    letters, natural, pools = [], [], {}
    for language, texts in statements.items():
        drawn = rng.sample(texts, len(texts))
        used = 0
        for _ in range(max(1, round(campaigns * len(texts) / sum(map(len, statements.values()))))):
            count = rng.randint(1, 4)
            letter = " ".join(drawn[used : used + count])
            used += count
            while len(letter) < (25 if language == "zh" else 80):
                letter += " " + drawn[used]
                used += 1
            letters.append((language, letter))
        personal, natural_part = drawn[used : used + len(drawn) // 4], drawn[used + len(drawn) // 4 :]
        pools[language] = Pool(personal, split_words(" ".join(drawn), language), language)
        natural += natural_part
    return _build(letters, pools, natural, kind, rng)


def own_docket(kind: str, seed: int) -> Docket:
    """60 % copies of the thirty letters of ``form_letters.jsonl``; the rest messages about such subjects."""
    rng = random.Random(f"{kind} {seed} own")
    records = [json.loads(line) for line in (DATA / "form_letters.jsonl").open(encoding="utf-8")]
    background = [json.loads(line)["text"] for line in (DATA / "background.jsonl").open(encoding="utf-8")]
    letters = [(record["language"], record["text"]) for record in records if record["kind"] == "letter"]
    personal = defaultdict(list)
    for record in records:
        if record["kind"] == "personal":
            personal[record["language"]].append(record["text"])
    pools = {}
    for language, texts in personal.items():
        words = [word for code, text in letters if code == language for word in split_words(text, language)]
        pools[language] = Pool(texts, words, language)
    return _build(letters, pools, background, kind, rng)


def _build(
    letters: Sequence[tuple[str, str]],
    pools: dict[str, Pool],
    natural: Sequence[str],
    kind: str,
    rng: random.Random,
) -> Docket:
    entries = [(text, -1 - number) for number, text in enumerate(natural)]
    copies = round(len(natural) * CAMPAIGN_SHARE / (1 - CAMPAIGN_SHARE))
    for _ in range(copies):
        number = rng.randrange(len(letters))
        language, letter = letters[number]
        entries.append((EDITS[kind](letter, pools[language], rng), number))
    rng.shuffle(entries)
    return Docket([text for text, _ in entries], [number for _, number in entries])


def _measured(detail: str, docket: Docket) -> list[Row]:
    groups = edited_groups(docket.texts)
    found = largest_group(groups, len(docket.texts))
    rng = np.random.default_rng(0)
    whole = pair_scores(docket.campaigns, found, np.ones(len(found)))
    draws = [
        pair_scores(docket.campaigns, found, rng.multinomial(len(found), np.full(len(found), 1 / len(found))))
        for _ in range(RESAMPLES)
    ]
    low, high = np.percentile(np.array(draws), [2.5, 97.5], axis=0)
    natural = sum(all(docket.campaigns[index] < 0 for index in group) for group in groups)
    note = f"{len(docket.texts)} texts; {natural} groups of natural texts alone"
    return [
        Row(
            "edited letters",
            detail,
            measure,
            round(float(whole[position]), 4),
            round(float(low[position]), 4),
            round(float(high[position]), 4),
            TARGET if measure == "F1" else None,
            note if measure == "F1" else "",
        )
        for position, measure in enumerate(("precision", "recall", "F1"))
    ]


def largest_group(groups: Sequence[Sequence[int]], texts: int) -> list[int]:
    """For every text the number of its group, the largest if it has two, and a number of its own if none."""
    found = [-1 - index for index in range(texts)]
    size = [0] * texts
    for number, group in enumerate(groups):
        for index in group:
            if len(group) > size[index]:
                found[index], size[index] = number, len(group)
    return found


def pair_scores(
    truth: Sequence[int], found: Sequence[int], weights: Sequence[float] | np.ndarray
) -> tuple[float, float, float]:
    """Pairwise precision, recall and F1; ``weights`` say how often each text was drawn."""
    both, one, other = Counter(), Counter(), Counter()
    for true, group, weight in zip(truth, found, weights, strict=True):
        # A text drawn twice makes no pair with itself.
        for counter, key in ((both, (true, group)), (one, true), (other, group)):
            counter[key] += complex(weight, weight * weight)
    pairs = [
        sum(value.real**2 - value.imag for value in counter.values()) / 2 for counter in (both, one, other)
    ]
    precision = pairs[0] / pairs[2] if pairs[2] else 1.0
    recall = pairs[0] / pairs[1] if pairs[1] else 1.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def main() -> None:
    """Print the table."""
    for seed in (0,):
        for row in rows(Path(__file__).resolve().parents[2] / "shared" / "data", seed):
            if row.value is None:
                print(f"{seed}  {row.detail}: {row.note}")
            else:
                interval = f"{row.value:.4f} [{row.low:.4f}, {row.high:.4f}]"
                print(f"{seed}  {row.detail:55}{row.measure:10}{interval} {row.note}")


if __name__ == "__main__":
    main()
