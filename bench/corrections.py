"""How long officers wait for a correction, by kind of act: ``python -m bench.corrections``."""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from bench.stored import at, stored_run

KINDS = ("rename", "merge", "split", "group", "reparent", "move", "answer", "not_opinion", "undo", "again")
TARGET = 300
"""Milliseconds at the 95th percentile."""


class Officer:
    """Does acts of every kind on a stored run, each on things drawn by a seed."""

    def __init__(self, run: Any, by: Any, seed: int) -> None:
        from colloquia.consultations import services

        self.run, self.by, self.random, self.services = run, by, Random(seed), services

    def _themes(self, question: str | None = None, *, groups: bool = False) -> list[Any]:
        from colloquia.consultations.models import ThemeInEffect

        rows = ThemeInEffect.objects.filter(run=self.run, is_live=True, is_parent=groups, passages__gt=20)
        return list(rows if question is None else rows.filter(question_id=question))

    def _questions(self) -> list[str]:
        counted: dict[str, int] = {}
        for row in self._themes():
            counted[row.question_id] = counted.get(row.question_id, 0) + 1
        return [question for question, count in counted.items() if count > 2]

    def prepare(self, kind: str) -> Callable[[], Any]:
        """An act with everything looked up that an officer would have before them."""
        self.run.refresh_from_db()
        common = {"run": self.run, "by": self.by, "seen": self.run.sequence}
        question = self.random.choice(self._questions())
        if kind in {"split", "move", "answer", "not_opinion"}:
            return self._of_passages(kind, question, common)
        some = self.random.sample(self._themes(question), 3)
        names = [row.theme_id for row in some]
        match kind:
            case "rename":
                return lambda: self.services.rename_theme(
                    theme=names[0], label=f"Label {self.run.sequence}", **common
                )
            case "merge":
                return lambda: self.services.merge_themes(themes=names[:2], into=names[0], **common)
            case "group":
                return lambda: self.services.group_themes(
                    question=question, label="A group", themes=names, **common
                )
            case "reparent":
                groups = [row.theme_id for row in self._themes(question, groups=True)]
                parent = self.random.choice(["", *groups])
                return lambda: self.services.reparent_themes(
                    question=question, themes=names, parent=parent, **common
                )
        return self._of_history(kind, common)

    def _of_passages(self, kind: str, question: str, common: dict[str, Any]) -> Callable[[], Any]:
        from colloquia.consultations.queries import bulk_of

        if kind == "answer" and not question:
            return self.prepare(kind)
        one, other = self.random.sample(self._themes(question), 2)
        rows, _total = bulk_of(self.run).passages(question=question, theme=one.theme_id, limit=25)
        names = [row.passage_id for row in self.random.sample(rows, 5)]
        others = [each for each in self._questions() if each not in {"", question}]
        match kind:
            case "split":
                return lambda: self.services.split_theme(
                    theme=one.theme_id, parts=[("A part", names)], **common
                )
            case "move":
                return lambda: self.services.move_passages(
                    question=question, passages=names, theme=other.theme_id, **common
                )
            case "answer":
                return lambda: self.services.move_between_questions(
                    passages=names, source=question, target=others[0] if others else "", **common
                )
        return lambda: self.services.mark_not_opinion(passages=names, **common)

    def _of_history(self, kind: str, common: dict[str, Any]) -> Callable[[], Any]:
        """Of a rename made for it, which is undone first where it is to be made again."""
        act = self.prepare("rename")()
        self.run.refresh_from_db()
        common["seen"] = self.run.sequence
        if kind == "undo":
            return lambda: self.services.undo(number=act.number, **common)
        self.services.undo(number=act.number, **common)
        return lambda: self.services.restore(number=act.number, **common | {"seen": self.run.sequence + 1})


def timed(officer: Officer, kind: str, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each of ``count`` acts, waited and computed; what makes no sense is drawn again."""
    from colloquia.consultations.services import CorrectionRefused

    taken: list[float] = []
    computed: list[float] = []
    while len(taken) < count:
        act = officer.prepare(kind)
        begun, busy = time.perf_counter(), time.process_time()
        try:
            act()
        except CorrectionRefused:
            continue
        taken.append(1000 * (time.perf_counter() - begun))
        computed.append(1000 * (time.process_time() - busy))
    return taken, computed


def main() -> None:
    """Store the results as a run, correct it, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="comments of the docket that is made")
    parser.add_argument("--results", type=Path, help="results of an analysis, instead of making a docket")
    parser.add_argument("--acts", type=int, default=100, help="acts of each kind")
    arguments = parser.parse_args()
    with stored_run(arguments.size, arguments.results) as (run, officer):
        _table(Officer(run, officer, seed=1), arguments.acts)


def _table(officer: Officer, acts: int) -> None:
    print(f"{'act':<12}{'acts':>6}{'p50 ms':>9}{'p95 ms':>9}{'most ms':>9}{'p50 cpu':>9}{'p95 cpu':>9}")
    slow = []
    for kind in KINDS:
        taken, computed = timed(officer, kind, acts)
        if at(taken, 0.95) > TARGET:
            slow.append(kind)
        figures = (at(taken, 0.5), at(taken, 0.95), max(taken), at(computed, 0.5), at(computed, 0.95))
        print(f"{kind:<12}{len(taken):>6}" + "".join(f"{value:>9.0f}" for value in figures), flush=True)
    officer.run.refresh_from_db()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{officer.run.sequence:,} acts and undos in all; peak {memory:,.0f} MiB")
    print(f"target: p95 under {TARGET} ms; missed by: {', '.join(slow) or 'none'}")
    print("cpu: milliseconds that this process computed, whatever else the machine was doing.")
    print("An act costs time linear in the passages it names and in the themes of its questions;")
    print("the first read in another process folds all acts, linear in their number and passages.")


if __name__ == "__main__":
    main()
