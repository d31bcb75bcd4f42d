"""What an act would change, worked out without writing: for the officer to see, then to be written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from colloquia.consultations.models import Run, RunQuestion
from colloquia.consultations.models.consultation import new_version
from colloquia.consultations.queries.state import bulk_of, bulk_under, machine_bulk, state_of
from colloquia.consultations.services.refusals import CorrectionRefused
from colloquia.engines import corrections as engine
from colloquia.engines.bulk import Bulk, Placement, Size

Places = dict[int, dict[str, str]]
"""By row of a passage and by question ("" for the docket), its theme there or ""."""


class Standpoint:
    """A run as it stands at one moment, with what an act needs to know of it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._placed: Places = {}
        self._placed_by_machine: Places = {}

    @cached_property
    def state(self) -> engine.State:
        """The state in effect. Never to be changed in place."""
        return state_of(self.run)

    @cached_property
    def bulk(self) -> Bulk:
        """The bulk as it is in effect."""
        return bulk_of(self.run)

    @cached_property
    def questions(self) -> list[str]:
        """Ids of the questions of the paper, in its order."""
        rows = RunQuestion.objects.filter(run=self.run).order_by("position")
        return list(rows.values_list("question_id", flat=True))

    def theme(self, theme_id: str) -> engine.Standing:
        """A theme, merged away or not. Raises CorrectionRefused where there is none."""
        found = self.state.themes.get(theme_id)
        if found is None:
            raise CorrectionRefused("unknown theme")
        return found

    def anchors(self, passage_ids: Iterable[str]) -> dict[str, engine.Anchor]:
        """Anchors by passage id, in the order given, each once. Raises CorrectionRefused."""
        names = list(dict.fromkeys(passage_ids))
        found = self.bulk.passages_by_id(names)
        for name in names:
            if name not in found:
                raise CorrectionRefused("unknown passage", passage=name)
        return {
            name: engine.Anchor(item.row, name, item.document_id, item.start, item.end)
            for name in names
            for item in (found[name],)
        }

    def placed(self, rows: Iterable[int]) -> Places:
        """Where passages are. Those asked for before are not looked up again."""
        return _looked_up(self._placed, self.bulk, rows)

    def placed_by_machine(self, rows: Iterable[int]) -> Places:
        """Where the machine put passages."""
        return _looked_up(self._placed_by_machine, machine_bulk(self.run), rows)


def _looked_up(known: Places, bulk: Bulk, rows: Iterable[int]) -> Places:
    listed = list(rows)
    unknown = [row for row in listed if row not in known]
    if unknown:
        known |= {row: {} for row in unknown} | _places(bulk.placements(unknown))
    return {row: known[row] for row in listed}


@dataclass(frozen=True, slots=True)
class Plan:
    """An act and what follows from it: the states and the counts before and after.

    ``sizes`` are those of the themes in ``counted``; the others of ``questions`` keep theirs. ``answered``
    are those of all questions, None where no answer changes. ``version`` names the state to come.
    """

    run: Run
    act: engine.Act
    before: engine.State
    after: engine.State
    version: str
    questions: frozenset[str]
    counted: frozenset[str]
    sizes: dict[str, Size]
    answered: dict[str, Size] | None
    places_before: Places
    places_after: Places


_AT_ONCE = 3
"""To count in more questions than these, all are gone through at once."""
SHOWN_PASSAGES = 50
"""The audit says of so many passages where they were and are; the act itself names them all."""

Build = Callable[[Standpoint], engine.Act]


def plan_act(standpoint: Standpoint, act: engine.Act) -> Plan:
    """What the act would change. Raises CorrectionRefused where it makes no sense as things stand."""
    code = engine.problem(standpoint.state, act, standpoint.questions)
    if code:
        raise CorrectionRefused(code)
    after = standpoint.state.copy()
    engine.apply(after, act)
    return _plan(standpoint, act, after)


def plan_undo(standpoint: Standpoint, act: engine.Act, after: engine.State) -> Plan:
    """What taking an act back would change; ``after`` is the state without it."""
    return _plan(standpoint, act, after)


def _plan(standpoint: Standpoint, act: engine.Act, after: engine.State) -> Plan:
    run, before = standpoint.run, standpoint.state
    version = new_version()
    changed = engine.changes(before, after)
    questions = set(changed.questions)
    if changed.rows:
        questions |= _questions_of(standpoint.placed_by_machine(changed.rows).values())
    bulk = bulk_under(run, after, version)
    rows = [anchor.row for anchor in act.anchors()]
    places_before, places_after = standpoint.placed(rows), _places(bulk.placements(rows)) if rows else {}
    counted = set(changed.themes)
    for state, places in ((before, places_before), (after, places_after)):
        own = {theme for found in places.values() for theme in found.values() if theme}
        counted |= own | {state.themes[theme].parent_id for theme in own} - {""}
    return Plan(
        run,
        act,
        before,
        after,
        version,
        frozenset(questions),
        frozenset(counted),
        _sizes(bulk, questions, counted),
        bulk.by_question() if changed.answers else None,
        places_before,
        places_after,
    )


def _sizes(bulk: Bulk, questions: Collection[str], themes: Collection[str]) -> dict[str, Size]:
    """Sizes of some themes, which belong to these questions ("" for the docket)."""
    if not themes:
        return {}
    if len(questions) > _AT_ONCE:
        return bulk.by_theme(None, only=themes)
    sizes: dict[str, Size] = {}
    for question in sorted(questions):
        sizes.update(bulk.by_theme(question, only=themes))
    return sizes


def _questions_of(places: Iterable[dict[str, str]]) -> set[str]:
    return {question for found in places for question in found}


def _places(placements: Sequence[Placement]) -> Places:
    found: Places = {}
    for item in placements:
        found.setdefault(item.row, {})[item.question_id] = item.theme_id
    return found


def described(state: engine.State, act: engine.Act, places: Places) -> dict[str, Any]:
    """What an entry of the audit says: the themes that the act speaks of, and where its passages are."""
    found: dict[str, Any] = {}
    for name in sorted(act.themes()):
        theme = state.themes.get(name)
        if theme is not None:
            found[name] = {"label": theme.label, "group": theme.parent_id, "merged into": theme.merged_into}
    for anchor in act.anchors()[:SHOWN_PASSAGES]:
        found[anchor.passage_id] = {
            "themes": {question or "docket": theme for question, theme in places.get(anchor.row, {}).items()}
            | ({"opinion": "no"} if anchor.row in state.not_opinion else {})
        }
    return found
