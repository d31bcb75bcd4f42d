"""Generated dockets of any size: short distinct comments made of our own sentences."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from random import Random

_DATA = Path(__file__).parent.parent / "evals" / "data"
_UNSPACED = frozenset(("ja", "th", "zh"))
_STAKEHOLDERS = ("individual", "company", "academic", "civil society", "creator", "")
_COUNTRIES = ("FR", "KE", "BR", "JP", "CA", "EG", "IN", "ES", "MX", "ZA", "DE", "")


def sentences() -> list[tuple[str, str]]:
    """Language and text of every sentence of the evaluation data, in order."""
    from colloquia.engines.duplicates.points import points_of

    found: dict[tuple[str, str], None] = {}
    for name in ("background.jsonl", "passages.jsonl", "letters.jsonl"):
        for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.update(dict.fromkeys((row["language"], sentence) for sentence in points_of(row["text"])))
    return list(found)


def comments(count: int, seed: int = 0) -> list[tuple[str, str]]:
    """Language and text of ``count`` distinct comments, about 110 characters of an alphabetic script.

    A chain of words (of characters where words have no spaces) that follows the sentences two
    steps deep: comments share a vocabulary and turns of phrase as those of a real docket do,
    and hardly any two are alike.
    """
    random = Random(seed)
    chains: dict[str, dict[tuple[str, str], list[str]]] = {}
    sizes: dict[str, int] = {}
    for language, sentence in sentences():
        chain = chains.setdefault(language, {})
        sizes[language] = sizes.get(language, 0) + 1
        units = ["", "", *(list(sentence) if language in _UNSPACED else sentence.split())]
        for first, second, third in zip(units, units[1:], units[2:], strict=False):
            chain.setdefault((first, second), []).append(third)
    languages = sorted(chains)
    weights = [sizes[language] for language in languages]
    words = {language: sorted({word for _, word in chains[language]}) for language in languages}
    seen: set[str] = set()
    result: list[tuple[str, str]] = []
    while len(result) < count:
        language = random.choices(languages, weights)[0]
        text = _walk(chains[language], words[language], random, language in _UNSPACED)
        if text not in seen:
            seen.add(text)
            result.append((language, text))
    return result


def _walk(chain: dict[tuple[str, str], list[str]], words: list[str], random: Random, unspaced: bool) -> str:
    wanted = random.randint(25, 55) if unspaced else random.randint(10, 26)
    state = ("", "")
    found: list[str] = []
    while len(found) < wanted:
        # A word from anywhere now and then keeps the chain off the beaten sentences.
        unit = random.choice(words) if random.random() < 0.15 else random.choice(chain.get(state) or words)
        found.append(unit)
        state = (state[1], unit)
    return ("" if unspaced else " ").join(found).strip()


def write_docket(path: Path, count: int, seed: int = 0) -> list[str]:
    """Write a CSV of ``count`` submissions; their texts."""
    random = Random(seed + 1)
    made = comments(count, seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "country", "stakeholder", "text"])
        for number, (_, text) in enumerate(made, start=1):
            writer.writerow([f"R{number:06d}", random.choice(_COUNTRIES), random.choice(_STAKEHOLDERS), text])
    return [text for _, text in made]
