"""What changed while work was away is found, and what cannot be known is said."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from colloquia.engines.refi import (
    Code,
    Codebook,
    Coding,
    CodingChanges,
    PassageCoding,
    Project,
    Source,
    coding_difference,
    difference,
    guid,
    read_codebook,
    write_codebook,
)
from colloquia.engines.refi.differences import MERGES_UNKNOWN
from tests.engines.refi.builder import codebooks

TOP = Code("1", "Licensing", "What it costs")
FEES = Code("2", "Fees", parent="1")
OPT = Code("3", "Opting out")
OURS = Codebook((TOP, FEES, OPT))


@settings(max_examples=40, deadline=None)
@given(codebooks())
def test_nothing_changed_is_no_change(codebook: Codebook) -> None:
    back = read_codebook(write_codebook(codebook, origin="Colloquia"))
    assert difference(codebook, back).is_empty


def test_every_kind_of_change_is_told() -> None:
    theirs = Codebook(
        (
            replace(TOP, description="What a licence costs"),
            replace(OPT, name="Reserving rights", parent="1"),
            Code("9", "Levies", parent="3"),
        )
    )
    found = difference(OURS, theirs)
    assert [(one.code.guid, one.before, one.after) for one in found.renamed] == [
        ("3", "Opting out", "Reserving rights")
    ]
    assert [(one.code.guid, one.before, one.after) for one in found.moved] == [("3", None, "1")]
    assert [(one.code.guid, one.after) for one in found.described] == [("1", "What a licence costs")]
    assert [(one.guid, one.parent) for one in found.added] == [("9", "3")]
    assert [one.guid for one in found.removed] == ["2"]
    assert [(one.kind, one.sentence) for one in found.notes] == [("merges-unknown", MERGES_UNKNOWN)]


def test_white_space_alone_is_no_change() -> None:
    theirs = Codebook((replace(TOP, name=" Licensing\n", description="What  it costs"), FEES, OPT))
    assert difference(OURS, theirs).is_empty


def test_codes_with_new_guids_are_known_by_their_names_and_parents_follow() -> None:
    theirs = Codebook(
        (Code("a", "LICENSING", "What it costs"), Code("b", "Fees", parent="a"), Code("c", "New", parent="b"))
    )
    found = difference(OURS, theirs)
    assert [(one.ours.guid, one.theirs.guid) for one in found.matched_by_name] == [("1", "a"), ("2", "b")]
    assert [(one.guid, one.parent) for one in found.added] == [("c", "2")]
    assert [one.code.guid for one in found.renamed] == ["1"]
    assert [one.guid for one in found.removed] == ["3"]
    assert found.moved == ()


def test_names_that_several_bear_are_matched_by_their_parents_or_not_at_all() -> None:
    ours = Codebook(
        (Code("1", "A"), Code("2", "Other", parent="1"), Code("3", "B"), Code("4", "Other", parent="3"))
    )
    theirs = Codebook(
        (Code("1", "A"), Code("b", "Other", parent="1"), Code("3", "B"), Code("d", "Other", parent="3"))
    )
    assert difference(ours, theirs).is_empty
    flat = Codebook((Code("1", "A"), Code("3", "B"), Code("b", "Other"), Code("d", "Other")))
    found = difference(ours, flat)
    assert [one.guid for one in found.added] == ["b", "d"]
    assert [one.kind for one in found.notes] == ["ambiguous", "ambiguous", "merges-unknown"]


TEXT = "First passage here.\n\nSecond passage, which is longer than others.\n\nThird."
PASSAGES = {"s": [(0, 19), (21, 64), (66, 72)]}


def a_project(*codings: Coding, text: str = TEXT, source: str = "s", name: str = "S-1") -> Project:
    return Project("P", OURS, (Source(source, name, text),), codings)


def test_codings_on_passages_are_compared() -> None:
    ours = a_project(Coding("1", "s", 0, 19), Coding("2", "s", 21, 64))
    theirs = a_project(Coding("1", "s", 0, 19, guid="x"), Coding("3", "s", 66, 72))
    assert coding_difference(ours, theirs, passages=PASSAGES) == CodingChanges(
        added=(PassageCoding("s", 66, 72, "3"),), removed=(PassageCoding("s", 21, 64, "2"),)
    )


def test_selections_stand_for_the_passages_they_share_half_with() -> None:
    def of(start: int, end: int) -> list[tuple[int, int, bool]]:
        found = coding_difference(a_project(), a_project(Coding("1", "s", start, end)), passages=PASSAGES)
        return [(one.start, one.end, one.exact) for one in found.added]

    assert of(0, 20) == [(0, 19, False)]
    assert of(28, 35) == [(21, 64, False)]
    assert of(0, 72) == [(0, 19, False), (21, 64, False), (66, 72, False)]
    assert of(12, 50) == [(21, 64, False)]
    assert of(19, 21) == []


def test_a_selection_between_passages_is_reported_and_not_lost() -> None:
    found = coding_difference(a_project(), a_project(Coding("1", "s", 18, 22)), passages=PASSAGES)
    assert (found.added, [one.problem.kind for one in found.unmatched]) == ((), ["no-passage"])


def test_without_passages_the_spans_of_our_codings_stand_for_them() -> None:
    ours = a_project(Coding("1", "s", 0, 19))
    found = coding_difference(ours, a_project(Coding("2", "s", 1, 19)))
    assert [(one.code, one.start, one.end) for one in found.added] == [("2", 0, 19)]
    assert [(one.code, one.start, one.end) for one in found.removed] == [("1", 0, 19)]


def test_texts_that_were_edited_are_searched_for_the_words() -> None:
    theirs = a_project(
        Coding("1", "s", 28, 34), Coding("2", "s", 0, 7), text="Edited. First passage here. Third."
    )
    found = coding_difference(a_project(), theirs, passages=PASSAGES)
    assert [(one.code, one.start, one.end) for one in found.added] == [("1", 66, 72)]
    assert [one.problem.kind for one in found.unmatched] == ["no-text"]


def test_texts_with_new_guids_are_known_and_missing_ones_change_nothing() -> None:
    ours = a_project(Coding("1", "s", 0, 19))
    assert coding_difference(ours, a_project(Coding("1", "z", 0, 19), source="z")) == CodingChanges()
    found = coding_difference(ours, Project("P", OURS))
    assert (found.added, found.removed, [one.kind for one in found.problems]) == ((), (), ["source-missing"])
    strange = coding_difference(ours, a_project(Coding("1", "z", 0, 3), source="z", text="New text"))
    assert [one.problem.kind for one in strange.unmatched] == ["no-source"]


def test_codes_with_new_guids_are_ours_in_codings_too() -> None:
    theirs = replace(a_project(Coding("x", "s", 0, 19)), codebook=Codebook((Code("x", "Licensing"),)))
    assert coding_difference(a_project(Coding("1", "s", 0, 19)), theirs) == CodingChanges()


def test_a_code_on_a_passage_that_two_people_gave_counts_once() -> None:
    theirs = a_project(
        Coding("1", "s", 0, 19, guid=guid("c", "1")), Coding("1", "s", 0, 18, guid=guid("c", "2"))
    )
    found = coding_difference(a_project(), theirs, passages=PASSAGES)
    assert found.added == (PassageCoding("s", 0, 19, "1"),)
