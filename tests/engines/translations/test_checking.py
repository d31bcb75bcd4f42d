"""The good part of what comes back is kept, and every other passage is told with its remedy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from colloquia.engines.translations import Returned, Unit, check, read_xliff, write_xliff
from tests.engines.translations.builder import SENT, translated, unit_lists

ENGLISH = translated(SENT)


def test_everything_translated_is_accepted_as_sent_with_its_target() -> None:
    found = check(SENT, [replace(one, target=f" {one.target}\r\n", note="done") for one in ENGLISH])
    assert found == Returned(tuple(replace(one, target=f"In English: {one.id}") for one in SENT))


@pytest.mark.parametrize(
    ("change", "field", "kind"),
    [
        ({"target": SENT[0].source}, "copies", "copy"),
        ({"target": f" {SENT[0].source.replace(' ', '  ')} "}, "copies", "copy"),
        ({"target": " \n\u00ad"}, "empty", "empty"),
        ({"source": "Another text altogether."}, "changed", "changed"),
        ({"complete": False}, "incomplete", "incomplete"),
        ({"target_language": "de-CH"}, "other_language", "other-language"),
    ],
)
def test_one_bad_passage_leaves_the_others(change: dict[str, object], field: str, kind: str) -> None:
    bad = replace(ENGLISH[0], **change)
    found = check(SENT, [bad, *ENGLISH[1:]])
    assert [one.id for one in found.accepted] == [SENT[1].id, SENT[2].id]
    (problem,) = getattr(found, field)
    assert (problem.kind, problem.unit_id, problem.unit) == (kind, SENT[0].id, bad)
    assert problem.sentence.startswith(f"{SENT[0].id}: ")
    assert found.problems == (problem,)


def test_countries_and_missing_languages_or_sources_are_no_objection() -> None:
    back = [replace(ENGLISH[0], target_language="en-GB"), replace(ENGLISH[1], target_language="", source="")]
    assert [one.id for one in check(SENT, back).accepted] == [SENT[0].id, SENT[1].id]


def test_unknown_ids_are_told_with_their_words() -> None:
    stranger = Unit("S-9.p1", "sw", "en", "Nyingine.", "Another.")
    nameless = Unit("", "sw", "en", "", "Lost words.")
    found = check(SENT, [*ENGLISH, stranger, nameless])
    assert [(one.unit_id, one.unit) for one in found.unknown] == [
        ("S-9.p1", stranger),
        ("A row without an identifier", nameless),
    ]
    assert len(found.accepted) == 3


def test_of_several_returns_the_one_that_says_something_counts() -> None:
    empty, copy = replace(ENGLISH[0], target=""), replace(ENGLISH[0], target=SENT[0].source)
    found = check(SENT, [empty, copy, *ENGLISH, ENGLISH[0]])
    assert (len(found.accepted), found.problems) == (3, ())
    other = replace(ENGLISH[0], target="Something else")
    found = check(SENT, [*ENGLISH, other])
    assert [one.unit for one in found.duplicated] == [ENGLISH[0], other]
    assert [one.id for one in found.accepted] == [SENT[1].id, SENT[2].id]


def test_texts_without_letters_may_stay_as_they_are() -> None:
    sent = [Unit("a", "sw", "en", "2026 – 12,5 %")]
    assert [one.target for one in check(sent, translated(sent, lambda unit: unit.source)).accepted] == [
        "2026 – 12,5 %"
    ]


def test_ids_that_differ_only_in_case_stay_apart() -> None:
    sent = [Unit("a", "sw", "en", "Moja."), Unit("A", "sw", "en", "Mbili.")]
    found = check(sent, translated(sent, lambda unit: f"En {unit.id}"))
    assert [(one.id, one.target) for one in found.accepted] == [("a", "En a"), ("A", "En A")]


@settings(max_examples=40, deadline=None)
@given(unit_lists())
def test_every_unit_is_accepted_or_told_once(units: list[Unit]) -> None:
    back = read_xliff(write_xliff(units, original="docket"))
    found = check([replace(one, target="") for one in units], back)
    assert sorted([one.id for one in found.accepted] + [one.unit_id for one in found.problems]) == sorted(
        one.id for one in units
    )
