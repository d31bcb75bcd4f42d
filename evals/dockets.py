"""What evaluations read: the data of this folder, real responses beside the checkout, and their vectors."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.duplicates.folding import fold
from colloquia.engines.meaning.batches import encode as encode_batches
from colloquia.engines.meaning.centring import unit
from colloquia.engines.passages.split import split, weight

Vectors = NDArray[np.float32]

DATA = Path(__file__).resolve().parent / "data"
SHARED = Path(__file__).resolve().parents[2] / "shared"
UN_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")

_DELIBERATION = (("genai", "GenAI.json"), ("life", "AI-changes-human-life.json"))
_POLIS = (
    ("bowling-green", "en", "american-assembly.bowling-green.csv"),
    ("marching-orders", "en", "march-on.operation-marchin-orders.csv"),
    ("biodiversity", "en", "scoop-hivemind.biodiversity.csv"),
    ("austria-1", "de", "austria-climate.5tzfrp5eaa.2022-07-07.csv"),
    ("austria-2", "de", "austria-climate.9xnndurbfm.2022-07-07.csv"),
    ("uber", "zh", "vtaiwan.uberx.csv"),
)
_encoded: dict[str, NDArray[np.float32]] = {}


@dataclass(frozen=True)
class Consultation:
    """Distinct real messages of one consultation, in the order of its file, all in one language."""

    name: str
    language: str
    texts: list[str]


def own(name: str, part: str = "") -> list[dict[str, Any]]:
    """The rows of ``data/<name>.jsonl``, those of one ``set`` only when ``part`` is given."""
    with (DATA / f"{name}.jsonl").open(encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    return [row for row in found if not part or row["set"] == part]


def consultations(shared: Path) -> list[Consultation]:
    """The real responses that are there; an empty list where the folder is absent."""
    folder = shared / "data" / "consultations"
    found = []
    for name, file in _DELIBERATION:
        if (path := folder / "deliberation" / file).exists():
            comments = json.loads(path.read_text(encoding="utf-8"))["comments"]
            found.append(Consultation(name, "en", distinct(comment["comment"] for comment in comments)))
    if (path := folder / "ottensen_de_12labels.csv").exists():
        found.append(Consultation("ottensen", "de", distinct(row["text"] for row in table(path))))
    for name, language, file in _POLIS:
        if (path := folder / "polis" / file).exists():
            found.append(Consultation(name, language, distinct(row["comment-body"] for row in table(path))))
    if (path := folder / "aipubcom-args.csv").exists():
        found.append(Consultation("japanese", "ja", distinct(row["argument"] for row in table(path))))
    return found


def sdg(shared: Path) -> dict[str, dict[str, str]]:
    """Language to (target to sentence), the same targets in the same order for every language."""
    import yaml

    found = {}
    for path in sorted((shared / "data" / "parallel" / "sdg").glob("*/global_targets.yml")):
        found[path.parent.name.split("-")[0]] = {
            key: " ".join(str(text).split())
            for key, text in yaml.safe_load(path.read_text(encoding="utf-8")).items()
            if key.endswith("-title")
        }
    if not found:
        return {}
    common = [key for key in found["en"] if all(texts.get(key) for texts in found.values())]
    return {language: {key: texts[key] for key in common} for language, texts in found.items()}


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def distinct(texts: Any) -> list[str]:
    """The first of every set of texts that are the same when folded; empty ones are left out."""
    kept: dict[str, str] = {}
    for text in texts:
        if (text or "").strip() and (folded := fold(text)):
            kept.setdefault(folded, text.strip())
    return list(kept.values())


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors (n, 512) of the default encoder; each text is encoded once in a run."""
    missing = [text for text in dict.fromkeys(texts) if text not in _encoded]
    if missing:
        _encoded.update(zip(missing, encode_batches(missing, encoder="use"), strict=True))
    if not texts:
        return encode_batches([], encoder="use")
    return np.array([_encoded[text] for text in texts], dtype=np.float32)


def passages(texts: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """All passages of the texts, and for each the index of its text."""
    found = [(text[start:end], owner) for owner, text in enumerate(texts) for start, end in split(text)]
    return [passage for passage, _ in found], np.array([owner for _, owner in found], dtype=np.int64)


def message_vectors(texts: Sequence[str]) -> Vectors:
    """Unit vectors (n, 512) of whole messages: means of their passages' vectors, weighed by length."""
    parts, owners = passages(texts)
    weights = np.array([weight(part) for part in parts], dtype=np.float32)
    sums = np.zeros((len(texts), 512), dtype=np.float32)
    np.add.at(sums, owners, encode(parts) * weights[:, None])
    return unit(sums)
