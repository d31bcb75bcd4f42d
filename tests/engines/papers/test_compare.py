"""Comparing versions: by id, with moves told apart from mere shifts, and wordings only where honest."""

from __future__ import annotations

import pytest

from colloquia.engines.papers.compare import Line, Standing, Text, compare, wording_change


def kinds(before, after, lines=()):
    return {change.id: change.kinds for change in compare(before, after, lines)}


def standings(text, numbers=True):
    found = []
    for place, each in enumerate(text.split(), start=1):
        name, _, parent = each.partition("@")
        found.append(Standing(name, parent, str(place) if numbers else ""))
    return found


def test_added_removed_and_renumbered():
    assert kinds(standings("a b c"), standings("n a c")) == {
        "n": ("added",),
        "a": ("renumbered",),
        "c": ("kept",),
        "b": ("removed",),
    }


def test_a_shift_is_not_a_move_and_one_that_jumps_is():
    assert kinds(standings("a b c d", numbers=False), standings("d a b c", numbers=False)) == {
        "d": ("moved",),
        "a": ("kept",),
        "b": ("kept",),
        "c": ("kept",),
    }


def test_other_section_is_a_move():
    assert kinds(standings("a@x b@x", numbers=False), standings("a@x b@y", numbers=False)) == {
        "a": ("kept",),
        "b": ("moved",),
    }


def test_split_and_merger_by_lineage():
    lines = [Line("split", ("a",), ("a", "n")), Line("merged", ("b", "c"), ("c",))]
    changes = {each.id: each for each in compare(standings("a b c"), standings("a n c"), lines)}
    assert {key: each.kinds for key, each in changes.items()} == {
        "a": ("split",),
        "n": ("split",),
        "c": ("merged",),
        "b": ("merged",),
    }
    assert (changes["n"].related, changes["b"].related, changes["c"].related) == (("a",), ("c",), ("b",))


def test_nothing_compared_with_nothing():
    assert compare([], []) == []


EN = Text("en", "authentic", "Who owns data?")


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ([], [], "neither_held"),
        ([EN], [], "one_held"),
        ([EN], [Text("fr", "authentic", "À qui ?")], "other_language"),
        ([EN], [Text("en", "recalled", "Whose data?")], "other_grade"),
        ([EN], [Text("en", "authentic", "Who  owns data?")], "same"),
        ([EN], [Text("en", "authentic", "Who owns the data?")], "changed"),
        ([Text("en", "recalled", "A?")], [Text("en", "recalled", "A?")], "own_words"),
        ([Text("en", "recalled", "A?")], [Text("en", "recalled", "B?")], "changed"),
        ([Text("en", "secondary", "A?")], [Text("en", "secondary", "B?", True)], "own_words"),
    ],
)
def test_wordings_are_compared_only_where_that_is_honest(before, after, state):
    change = wording_change(before, after)
    assert (change.state, bool(change.pieces)) == (state, state == "changed")


def test_official_texts_win_over_our_own_words():
    own = Text("en", "recalled", "Whose?")
    change = wording_change([own, EN], [own, Text("en", "authentic", "Who owns the data?")])
    assert (change.state, change.grade) == ("changed", "authentic")
