"""After 80 corrections: is the next run nearer to what people coded, and do themes keep their ids?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from colloquia.engines.analysis import Options, analyse
from colloquia.engines.prior import Prior
from colloquia.engines.records import Answer, Incoming
from colloquia.engines.results import Analysis
from colloquia.engines.store import next_prior
from evals.clusters import half_samples
from evals.dockets import consultations
from evals.officers import Desk, Gold, Labels, draw, gold_of, left, merged
from evals.rows import Row, absent, bootstrap
from evals.theme_mapping import Coded, gambling, ottensen

TASK = "learning"
CORRECTIONS = 80
DRAWS = 5
TARGET = 0.95
LARGEST = 1500
_SAME = 0.5
_GENERAL = frozenset({"motorized transport", "non-motorized transport", "moving traffic"})
_GAMBLING = Path("data/consultations/themefinder-gambling_XS")
_OTTENSEN = Path("data/consultations/ottensen_de_12labels.csv")


def rows(shared: Path, seed: int) -> list[Row]:
    """Agreement with gold before and after learning, then lineage and corrections in changed documents."""
    coded: list[Coded] = []
    if (shared / _GAMBLING).exists():
        coded += [gambling(shared, question) for question in ("q1", "q2")]
    if (shared / _OTTENSEN).exists():
        coded.append(ottensen(shared))
    if not coded:
        return [absent(TASK, "gambling_XS, Ottensen", "pairwise F1, learned")]
    found: list[Row] = []
    with TemporaryDirectory(prefix="colloquia-learning-") as folder:
        run = partial(_run, seed=seed, store=Path(folder))
        for source in coded:
            desk = _desk(source, run)
            for wrong in (True, False):
                found += _corrected(source, desk, run, wrong=wrong, seed=seed)
        found += _lineage(shared, run, seed)
        if coded[-1].name == "Ottensen":
            found += _changed(coded[-1], desk, run, seed)
    return found


def _run(texts: Sequence[str], prior: Prior | None = None, *, seed: int, store: Path) -> Analysis:
    """The whole pipeline on one submission for each text."""
    items = [Incoming(f"R{number}", [Answer(text, "-")]) for number, text in enumerate(texts)]
    options = Options("-", 2026, seed=seed, resamples=0)
    return analyse(items, paper=None, options=options, prior=prior, store=store)


Run = Callable[..., Analysis]


def _desk(source: Coded, run: Run) -> Desk:
    analysis = run(source.texts)
    names = [theme.label for theme in source.themes]
    return merged(analysis, gold_of(analysis, names, source.labels, _GENERAL))


def _corrected(source: Coded, desk: Desk, run: Run, *, wrong: bool, seed: int) -> list[Row]:
    """Rows for five draws: agreement on the passages that were not corrected, not learning and learned."""
    standing = int((~desk.gold.right(desk.labels)).sum()) if wrong else len(desk.labels)
    # Half of them stay as they are, so that there is something left to be seen.
    count = min(CORRECTIONS, standing // 2)
    seen = np.ones((DRAWS, len(desk.labels)), dtype=bool)
    after = np.empty((DRAWS, len(desk.labels)), dtype=np.int64)
    for number in range(DRAWS):
        corrected = draw(desk, wrong=wrong, count=count, number=number)
        seen[number, corrected] = False
        after[number] = desk.labels_in(run(source.texts, left(desk, corrected.tolist())))
    before = np.tile(desk.labels, (DRAWS, 1))
    moved = float((after != before)[seen].mean())
    kind = "that stand wrong" if wrong else "at random"
    data = f"{source.name}, {count} {kind}"
    note = f"{len(desk.labels)} passages, {standing if wrong else '-'} wrong; {moved:.0%} moved"
    result = []
    for name, measure in _measures(desk.gold):
        values = [
            _over_draws(measure, labels, seen, np.arange(len(desk.labels))) for labels in (before, after)
        ]
        spread = bootstrap if name == "samples-F1" else half_samples
        everything = np.arange(len(desk.labels))

        def figure(part: np.ndarray, labels: Labels, of: Callable[..., float] = measure) -> float:
            return _over_draws(of, labels, seen, part)

        def gain(part: np.ndarray, of: Callable[..., float] = measure) -> float:
            return _over_draws(of, after, seen, part) - _over_draws(of, before, seen, part)

        low, high = spread(everything, gain, seed=seed)
        for title, value, labels in (("not learning", values[0], before), ("learned", values[1], after)):
            said = (
                note
                if title == "not learning"
                else f"gain {values[1] - values[0]:+.3f} ({low:+.3f} – {high:+.3f})"
            )
            interval = spread(everything, partial(figure, labels=labels), seed=seed)
            result.append(Row(TASK, data, f"{name}, {title}", value, *interval, note=said))
    return result


def _over_draws(
    measure: Callable[[Labels, Labels], float], labels: Labels, seen: np.ndarray, part: Labels
) -> float:
    """Mean over draws of a measure on the passages ``part`` that were not corrected in the draw."""
    return float(
        np.mean(
            [
                measure(kept, own[kept])
                for own, mask in zip(labels, seen, strict=True)
                for kept in (part[mask[part]],)
            ]
        )
    )


def _measures(gold: Gold) -> list[tuple[str, Callable[[Labels, Labels], float]]]:
    """Measures of the labels of some rows against gold, with their names."""
    from sklearn.metrics import adjusted_mutual_info_score

    def pairwise(kept: Labels, labels: Labels) -> float:
        return pairwise_f1(gold.chosen[kept], labels)

    def information(kept: Labels, labels: Labels) -> float:
        return float(adjusted_mutual_info_score(gold.chosen[kept], labels))

    def samples(kept: Labels, labels: Labels) -> float:
        whole = np.full(len(gold.chosen), -1)
        whole[kept] = labels
        return float(gold.f1(whole)[kept].mean())

    return [("pairwise F1", pairwise), ("AMI", information), ("samples-F1", samples)]


def pairwise_f1(one: Labels, other: Labels) -> float:
    """F1 of pairs in one class; from the table of both labels, without looking at the pairs."""
    _, first = np.unique(one, return_inverse=True)
    _, second = np.unique(other, return_inverse=True)
    table = np.zeros((first.max(initial=0) + 1, second.max(initial=0) + 1))
    np.add.at(table, (first, second), 1)

    def pairs(counts: np.ndarray) -> float:
        return float((counts * (counts - 1) / 2).sum())

    return 2 * pairs(table) / max(pairs(table.sum(axis=1)) + pairs(table.sum(axis=0)), 1.0)


def _lineage(shared: Path, run: Run, seed: int) -> list[Row]:
    """Themes that go on under their id when a tenth of the messages comes and a tenth is withdrawn."""
    shares: dict[str, list[float]] = {"learned": [], "not learning": []}
    stayed, fresh, counts = [], [], []
    names = []
    for source in consultations(shared):
        if not 60 <= len(source.texts) <= LARGEST:
            continue
        names.append(source.name)
        for number in range(DRAWS):
            order = np.random.default_rng((seed, number)).permutation(len(source.texts))
            tenth = len(order) // 10
            first = run([source.texts[row] for row in np.sort(order[tenth:])])
            texts = [source.texts[row] for row in np.sort(order[:-tenth])]
            again = run(texts, next_prior(first, "first", Prior("none")))
            shares["learned"].append(_continued(first, again))
            shares["not learning"].append(_continued(first, run(texts)))
            assert again.carried is not None
            known = again.carried.kept + again.carried.moved
            stayed.append(again.carried.kept / max(known, 1))
            fresh.append(len(again.carried.fresh))
            counts.append(len(first.themes))
    if not names:
        return [absent(TASK, "real consultations", "themes under their id", TARGET)]
    data = f"{len(names)} consultations, a tenth comes and goes"
    note = (
        f"{np.mean(counts):.1f} themes, {np.mean(fresh):.1f} new ones a run; "
        f"{np.mean(stayed):.1%} of earlier members stay; {', '.join(names)}"
    )
    return [
        Row(
            TASK,
            data,
            f"themes under their id, {title}",
            float(np.mean(values)),
            *bootstrap(values, seed=seed),
            TARGET if title == "learned" else None,
            note=note if title == "learned" else "themes found anew",
        )
        for title, values in shares.items()
    ]


def _continued(first: Analysis, again: Analysis) -> float:
    """Share of themes with a passage left whose id names a theme of half the same passages afterwards."""
    earlier, later = _texts_of(first), _texts_of(again)
    common = {item.text for item in first.passages} & {item.text for item in again.passages}
    held = []
    for name, own in earlier.items():
        if not own & common:
            continue
        one, other = own & common, later.get(name, set()) & common
        held.append(len(one & other) / len(one | other) >= _SAME)
    return float(np.mean(held))


def _texts_of(analysis: Analysis) -> dict[str, set[str]]:
    text = {item.passage_id: item.text for item in analysis.passages}
    found: dict[str, set[str]] = {}
    for item in analysis.passage_themes:
        found.setdefault(item.theme_id, set()).add(text[item.passage_id])
    return found


def _changed(source: Coded, desk: Desk, run: Run, seed: int) -> list[Row]:
    """Corrections that hold when every text was changed a little, without and with messages withdrawn."""
    result = []
    for withdrawn, data in (
        (0.0, "every text changed"),
        (0.1, "every text changed, a tenth of the messages withdrawn"),
    ):
        carried: list[bool] = []
        still: list[bool] = []
        for number in range(DRAWS):
            corrected = draw(desk, wrong=False, count=CORRECTIONS, number=number).tolist()
            prior = left(desk, corrected)
            kept = np.flatnonzero(
                np.random.default_rng((seed, number)).random(len(source.texts)) >= withdrawn
            )
            again = run([slightly_changed(source.texts[row], row + number) for row in kept.tolist()], prior)
            there = {desk.analysis.submissions[row].submission_id for row in kept.tolist()}
            held = [item for item in prior.reviewed if item.submission_id in there]
            texts = {
                document.document_id: document.text
                for submission in again.submissions
                for document in submission.documents
            }
            assert again.carried is not None
            lost = {item.passage_id for item in again.carried.lost}
            carried += [item.passage_id not in lost for item in held]
            still += [texts.get(item.document_id, "")[item.start : item.end] == item.text for item in held]
        said = f"{len(carried)} corrections on messages that are still there, of {DRAWS * CORRECTIONS}"
        for title, values, note in (
            ("by place and text", carried, said),
            ("by place alone", still, "where the same text stands at its document and offsets"),
        ):
            result.append(
                Row(
                    TASK,
                    f"Ottensen, {CORRECTIONS} at random, {data}",
                    f"corrections carried, {title}",
                    float(np.mean(values)),
                    *bootstrap(values, seed=seed),
                    note=note,
                )
            )
    return result


def slightly_changed(text: str, kind: int) -> str:
    """A text as its sender might send it again: a greeting before it, a word changed, or its end dropped."""
    if kind % 3 == 0:
        return f"Guten Tag, hier ist noch einmal mein Beitrag.\n\n{text}"
    words = text.split(" ")
    if kind % 3 == 1:
        middle = len(words) // 2
        return " ".join([*words[:middle], f"{words[middle]}e", *words[middle + 1 :]])
    return " ".join(words[: max(1, round(len(words) * 0.95))])
