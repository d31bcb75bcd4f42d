"""Over random acts: folding equals doing, undoing everything gives the machine's state, counts add up."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colloquia.engines.bulk import Bulk, Filters, Overlay, Size
from colloquia.engines.corrections import (
    Act,
    MachineTheme,
    State,
    apply,
    changes,
    dependents,
    fold,
    problem,
)
from tests.engines.bulk.by_hand import ByHand
from tests.engines.bulk.conftest import STATES, Docket, make
from tests.engines.corrections import making
from tests.engines.corrections.eager import Eager

QUESTIONS = making.QUESTIONS
ROWS = range(40)


class Held:
    """A docket that does not print itself whole where a property fails."""

    def __init__(self, docket: Docket) -> None:
        self.docket = docket


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    return Held(make(tmp_path_factory.mktemp("random"), 3))


def machine_of(docket: Docket) -> list[MachineTheme]:
    own = [
        MachineTheme(row["theme_id"], row["question_id"] or "", "", row["theme_id"].lower())
        for row in docket.tables["themes"]
    ]
    groups = [MachineTheme(name, "", "", name.lower(), True) for name in ("G1", "G2")]
    grouped = [
        MachineTheme(t.theme_id, "", "G1" if t.theme_id < "T4" else "G2", t.label) if not t.question_id else t
        for t in own
    ]
    return [*grouped, *groups]


def eager_of(docket: Docket) -> Eager:
    row = {passage["passage_id"]: place for place, passage in enumerate(docket.tables["passages"])}
    question = {item["theme_id"]: item["question_id"] or "" for item in docket.tables["themes"]}
    return Eager(
        machine_of(docket),
        {
            (question[item["theme_id"]], row[item["passage_id"]]): item["theme_id"]
            for item in docket.tables["passage_themes"]
        },
        {(item["question_id"], row[item["passage_id"]]) for item in docket.tables["passage_questions"]},
    )


def next_act(random: Random, number: int, world: Eager) -> Act:
    """An act that may or may not make sense."""
    question = random.choice(("", *QUESTIONS))
    live = sorted(name for name in world.live if world.questions[name] == question)
    some = random.sample(live, min(len(live), random.randint(1, 3)))
    rows = random.sample(ROWS, random.randint(1, 4))
    kind = random.choice(
        ("rename", "merge", "merge", "split", "group", "reparent", "move", "move", "answer", "not_opinion")
    )
    prefix = f"{question}." if question else ""
    if kind == "rename":
        return making.rename(number, some[0], f"label {number}", question)
    if kind == "merge":
        return making.merge(number, some, some[0], random.choice(("", f"label {number}")), question)
    if kind == "split":
        inside = [row for row in ROWS if world.shown().get((question, row)) == some[0]][:3]
        return making.split(number, some[0], {f"{prefix}x{number}": inside}, question)
    if kind == "group":
        return making.group(number, f"{prefix}y{number}", some, question)
    if kind == "reparent":
        return making.reparent(number, some, random.choice((*live, "")), question)
    if kind == "move":
        return making.move(number, rows, random.choice((*live, "")), question)
    if kind == "not_opinion":
        return making.no_opinion(number, rows, random.random() < 0.6)
    source, target = random.choice(("", *QUESTIONS)), random.choice(("", *QUESTIONS))
    inside = [row for row in rows if not source or (source, row) in world.answers()]
    themes = sorted(name for name in world.live if target and world.questions[name] == target)
    return making.answer(number, inside, source, target, random.choice(("", *themes)))


def random_acts(docket: Docket, seed: int, count: int) -> tuple[list[Act], Eager]:
    """Acts that made sense when they were done, and the world after them."""
    random, world, state = Random(seed), eager_of(docket), fold(machine_of(docket), [])
    acts: list[Act] = []
    for number in range(1, count + 1):
        act = next_act(random, number, world)
        if problem(state, act, QUESTIONS) == "":
            acts.append(act)
            apply(state, act)
            world.do(act)
    return acts, world


def overlay_of(state: State, name: str) -> Overlay:
    return Overlay(
        version=name,
        theme_map=state.theme_map(),
        parents=state.parents(),
        overrides=tuple(state.overrides()),
        answers=tuple(state.judged()),
        not_opinion=tuple(sorted(state.not_opinion)),
        state_stakeholders=STATES,
    )


def counted(docket: Docket, world: Eager, name: str) -> tuple[object, object]:
    """What brute force counts from the places of passages: by theme of each question, and by question."""
    hand = ByHand(docket, Overlay(name, parents=dict(world.parents), state_stakeholders=STATES), Filters())
    passages = docket.tables["passages"]
    by_theme = {
        question: hand.sizes(
            [(theme, passages[row]) for (asked, row), theme in world.shown().items() if asked == question],
            with_parents=True,
        )
        for question in ("", *QUESTIONS)
    }
    return _without_none(by_theme), hand.sizes([(asked, passages[row]) for asked, row in world.answers()])


def _without_none(by_theme: dict[str, dict[str, Size]]) -> dict[str, dict[str, Size]]:
    return {key: {name: size for name, size in sizes.items() if name} for key, sizes in by_theme.items()}


SLOW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@SLOW
@given(seed=st.integers(0, 10**6))
def test_folding_gives_what_doing_gives(held: Held, seed: int) -> None:
    docket = held.docket
    acts, world = random_acts(docket, seed, 25)
    state = fold(machine_of(docket), acts)
    assert {name for name, theme in state.themes.items() if theme.is_live} == world.live
    assert {name: state.themes[name].label for name in world.live} == {
        name: world.labels[name] for name in world.live
    }
    assert state.parents() == {name: at for name, at in world.parents.items() if at and name in world.live}
    bulk = Bulk(docket.folder, overlay_of(state, f"fold {seed}"))
    by_theme, by_question = counted(docket, world, f"hand {seed}")
    assert {question: bulk.by_theme(question) for question in ("", *QUESTIONS)} == by_theme
    assert bulk.by_question() == by_question


@SLOW
@given(seed=st.integers(0, 10**6))
def test_applying_one_by_one_gives_the_same_as_folding_anew(held: Held, seed: int) -> None:
    docket = held.docket
    acts, _world = random_acts(docket, seed, 25)
    state = fold(machine_of(docket), [])
    for place, act in enumerate(acts):
        following = state.copy()
        apply(following, act)
        assert state == fold(machine_of(docket), acts[:place])
        state = following
    assert state == fold(machine_of(docket), acts)


@SLOW
@given(seed=st.integers(0, 10**6))
def test_undoing_everything_in_any_order_gives_the_machines_state(held: Held, seed: int) -> None:
    docket = held.docket
    acts, _world = random_acts(docket, seed, 25)
    random = Random(seed)
    while acts:
        free = [act for act in acts if not dependents(acts, act.number)]
        acts.remove(random.choice(free))
        state = fold(machine_of(docket), acts)
        _holds_together(state)
    assert state == fold(machine_of(docket), [])


def _holds_together(state: State) -> None:
    """Whatever was undone: a theme that is gone leads to one that is there, and nothing else is named."""
    for name, theme in state.themes.items():
        assert theme.is_live is (theme.merged_into == "")
        assert state.themes[state.in_effect(name)].is_live is True
        assert not theme.is_live or not theme.parent_id or state.themes[theme.parent_id].is_live is True
    for _question, _row, at in state.overrides():
        assert at == "" or state.themes[at].is_live is True


@SLOW
@given(seed=st.integers(0, 10**6))
def test_what_is_said_to_change_is_all_that_changes(held: Held, seed: int) -> None:
    docket = held.docket
    acts, _world = random_acts(docket, seed, 25)
    before, after = fold(machine_of(docket), acts[: len(acts) // 2]), fold(machine_of(docket), acts)
    found = changes(before, after)
    one = Bulk(docket.folder, overlay_of(before, f"before {seed}"))
    other = Bulk(docket.folder, overlay_of(after, f"after {seed}"))
    questions = set(found.questions)
    if found.rows:
        places = Bulk(docket.folder, Overlay(version="machine")).placements(sorted(found.rows))
        questions |= {item.question_id for item in places}
    for question in {"", *QUESTIONS} - questions:
        assert one.by_theme(question) == other.by_theme(question)
    if not found.answers:
        assert one.by_question() == other.by_question()


def test_random_lists_hold_every_kind_of_act(held: Held) -> None:
    """Or the properties above prove little."""
    kinds = {act.kind for seed in range(30) for act in random_acts(held.docket, seed, 25)[0]}
    assert kinds == {"rename", "merge", "split", "group", "reparent", "move", "answer", "not_opinion"}
