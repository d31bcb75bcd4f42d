"""Counts by the database equal counts by hand, under every overlay and filter."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from colloquia.engines.bulk import Bulk, Filters, Overlay
from tests.engines.bulk.by_hand import ByHand
from tests.engines.bulk.conftest import QUESTIONS, STATES, Docket, make


def overlay_of(docket: Docket, seed: int) -> Overlay:
    """A random overlay: merges, a group, moves, judged questions, passages that are no opinion."""
    random = Random(seed)
    rows = range(len(docket.tables["passages"]))
    overrides, answers = {}, {}
    for question in ("", *QUESTIONS):
        themes = [*docket.themes_of(question)[2:], "", f"{question}.t9".removeprefix(".")]
        for row in random.sample(rows, 12):
            overrides[question, row] = random.choice(themes)
    for question in QUESTIONS:
        for row in random.sample(rows, 10):
            answers[question, row] = random.random() < 0.5
    # What answers no question is in no theme of it, as the fold of corrections has it.
    overrides.update({key: "" for key, yes in answers.items() if not yes})
    return Overlay(
        version=f"random {seed}",
        theme_map={"IP-01.q1.t1": "IP-01.q1.t3", "T1": "T3", "T2": "T3"},
        parents={"IP-01.q1.t3": "IP-01.q1.g1", "IP-01.q1.t4": "IP-01.q1.g1", "T4": "G1"},
        overrides=tuple((question, row, theme) for (question, row), theme in sorted(overrides.items())),
        answers=tuple((question, row, yes) for (question, row), yes in sorted(answers.items())),
        not_opinion=tuple(random.sample(rows, 5)),
        organisations={"gamma ltd|FR": "gamma|FR", "gamma|FR": "gamma|FR", "gamma|JP": "gamma|FR"},
        state_stakeholders=STATES,
    )


FILTERS = [
    Filters(),
    Filters(stakeholders=("Member state",)),
    Filters(countries=("FR", "JP"), channels=("portal",)),
    Filters(organisations=("gamma|FR",)),
    Filters(without_shared=True),
    Filters(search="ωMEGA"),
    Filters(search="licences", languages=("en", "ar"), without_shared=True),
    Filters(search="'; DROP TABLE passages; --"),
]


@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_sizes_equal_those_counted_by_hand(tmp_path: Path, seed: int, filters: Filters) -> None:
    docket = make(tmp_path, seed)
    overlay = overlay_of(docket, seed) if seed else Overlay("", state_stakeholders=STATES)
    bulk, hand = Bulk(tmp_path, overlay), ByHand(docket, overlay, filters)
    for question in ("", *QUESTIONS):
        assert bulk.by_theme(question, filters) == hand.sizes(hand.placed(question), with_parents=True)
    everywhere = [hand.sizes(hand.placed(question), with_parents=True) for question in ("", *QUESTIONS)]
    assert bulk.by_theme(None, filters) == {
        name: size for sizes in everywhere for name, size in sizes.items()
    }
    by_question = {
        name: size for question in QUESTIONS for name, size in hand.sizes(hand.answering(question)).items()
    }
    assert bulk.by_question(filters) == by_question


@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
def test_lists_hold_exactly_what_is_counted(docket: Docket, filters: Filters) -> None:
    overlay = overlay_of(docket, 5)
    bulk, hand = Bulk(docket.folder, overlay), ByHand(docket, overlay, filters)
    for question in ("", *QUESTIONS):
        placed = hand.placed(question)
        for theme in (*docket.themes_of(question), "IP-01.q1.g1"):
            inside = {theme, *(child for child, parent in overlay.parents.items() if parent == theme)}
            wanted = {passage["passage_id"] for name, passage in placed if name in inside}
            listed, total = bulk.passages(question=question, theme=theme, filters=filters, limit=0)
            assert ({row.passage_id for row in listed}, total) == (wanted, len(wanted))
            senders, count = bulk.submissions(question=question, theme=theme, filters=filters, limit=0)
            assert {row.submission_id for row in senders} == {name.partition(".")[0] for name in wanted}
            assert count == len(senders)
    for question in QUESTIONS:
        answering = {passage["passage_id"] for _, passage in hand.answering(question)}
        listed, _ = bulk.passages(question=question, filters=filters, limit=0)
        assert {row.passage_id for row in listed} == answering
        themed = {passage["passage_id"] for _, passage in hand.placed(question)}
        listed, _ = bulk.passages(question=question, theme="", filters=filters, limit=0)
        assert {row.passage_id for row in listed} == answering - themed


def test_breakdown_has_its_base_and_missing_part(docket: Docket) -> None:
    bulk = Bulk(docket.folder, Overlay("", state_stakeholders=STATES))
    rows, base, missing = bulk.breakdown("country")
    countries = [row["country"] for row in docket.tables["submissions"]]
    assert {row.value: row.submissions for row in rows} == {
        code: countries.count(code) for code in set(countries) - {""}
    }
    assert (base, missing) == (40, countries.count(""))
    with pytest.raises(ValueError, match="no dimension"):
        bulk.breakdown("person")


def test_values_that_differ_in_case_or_space_are_one(docket: Docket) -> None:
    bulk = Bulk(docket.folder, Overlay())
    assert len(bulk.stakeholders()) == 2


def test_a_run_without_an_index_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no index"):
        Bulk(tmp_path / "none", Overlay())
