"""What of a file may be taken over, and each reason why something may not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from colloquia.engines.refi import Code, Codebook, CodingChanges, PassageCoding, difference
from colloquia.engines.refi.proposal_records import NEW, Known, Left, OurTheme, Proposal, Standpoint
from colloquia.engines.refi.proposals import propose

Q1, Q2 = "q1", "q2"
THEMES = {
    "q1.g1": OurTheme(Q1, "Group", is_group=True),
    "q1.g2": OurTheme(Q1, "Second group", is_group=True),
    "q1.t1": OurTheme(Q1, "One", "q1.g1"),
    "q1.t2": OurTheme(Q1, "Two"),
    "q1.t3": OurTheme(Q1, "Three"),
    "q2.t1": OurTheme(Q2, "Other"),
}
PLACES = {Q1: {"p1": "q1.t1", "p2": "q1.t1", "p3": "q1.t2"}, Q2: {"p1": "q2.t1"}}
BASE = Standpoint(THEMES, PLACES)
KNOWN = Known(
    {name: name for name in THEMES},
    {Q1: Q1, Q2: Q2},
    spots={("s", place, place + 1): f"p{place}" for place in range(1, 10)},
)


def book() -> list[Code]:
    codes = [Code(Q1, "Question one", is_codable=False), Code(Q2, "Question two", is_codable=False)]
    codes += [
        Code(name, theme.label, parent=theme.parent or theme.question, is_codable=not theme.is_group)
        for name, theme in THEMES.items()
    ]
    return codes


def changed(guid: str, **values: object) -> list[Code]:
    return [replace(code, **values) if code.guid == guid else code for code in book()]  # type: ignore[arg-type]


def without(*names: str) -> list[Code]:
    return [code for code in book() if code.guid not in names]


def spans(*pairs: tuple[int, str]) -> tuple[PassageCoding, ...]:
    return tuple(PassageCoding("s", place, place + 1, code) for place, code in pairs)


def ask(
    codes: Iterable[Code],
    added: tuple[PassageCoding, ...] = (),
    removed: tuple[PassageCoding, ...] = (),
    *,
    now: Standpoint = BASE,
    known: Known = KNOWN,
) -> tuple[list[Proposal], list[Left]]:
    changes = difference(Codebook(tuple(book())), Codebook(tuple(codes)))
    return propose(BASE, now, known, changes, CodingChanges(added, removed))


def test_nothing_changed_is_nothing_proposed() -> None:
    assert ask(book()) == ([], [])


def test_a_theme_goes_into_a_group_and_out_of_one() -> None:
    found, left = ask(changed("q1.t2", parent="q1.g1"))
    assert (found, left) == ([Proposal("regroup", Q1, "q1.t2", parent="q1.g1")], [])
    found, left = ask(changed("q1.t1", parent=Q1))
    assert (found, left) == ([Proposal("regroup", Q1, "q1.t1", before="q1.g1")], [])


def test_a_book_without_questions_at_its_top_moves_nothing() -> None:
    flat = [replace(code, parent=None) if code.parent in (Q1, Q2) else code for code in without(Q1, Q2)]
    assert ask(flat) == ([], [])


def test_what_the_tree_here_cannot_hold_is_said() -> None:
    assert ask(changed("q1.t2", parent="q1.t3")) == ([], [Left("nested", "Two")])
    assert ask(changed("q1.g2", parent="q1.g1")) == ([], [Left("group in group", "Second group")])
    assert ask(changed("q1.t2", parent=Q2)) == ([], [Left("other question", "Two")])
    assert ask(changed(Q1, name="Another question")) == ([], [Left("question", "Question one")])
    assert ask(without("q1.g2")) == ([], [Left("group gone", "Second group")])
    assert ask([*book(), Code("new", "Nothing in it", parent=Q1)]) == ([], [Left("empty", "Nothing in it")])


def test_a_new_code_without_a_question_is_placed_by_its_passages() -> None:
    codes = [*book(), Code("new", "Loose")]
    found, left = ask(codes, spans((2, "new")), spans((2, "q1.t1")))
    assert (found, left) == (
        [Proposal("new", Q1, label="Loose", passages=("p2",), code="new")],
        [],
    )
    assert ask(codes, spans((9, "new"))) == ([], [Left("no question", "Loose")])


def test_a_passage_with_two_new_codes_is_left_to_a_person() -> None:
    removed = spans((1, "q1.t1"))
    assert ask(book(), spans((1, "q1.t2"), (1, "q1.t3")), removed) == ([], [Left("several", "p1")])
    codes = [*book(), Code("new", "New", parent=Q1)]
    found, left = ask(codes, spans((1, "q1.t2"), (1, "new")), removed)
    assert (found, set(left)) == ([], {Left("several", "p1")})


def test_a_passage_coded_with_a_group_is_left_to_a_person() -> None:
    assert ask(book(), spans((1, "q1.g1"))) == ([], [Left("no theme", "p1")])


def test_questions_are_apart() -> None:
    """A passage in a theme of each of two questions is moved in one and stays in the other."""
    found, _ = ask(book(), spans((1, "q1.t2")), spans((1, "q1.t1")))
    assert found == [Proposal("move", Q1, "q1.t2", passages=("p1",))]


def test_what_was_changed_here_since_is_apart_and_not_advised() -> None:
    now = Standpoint(THEMES, {**PLACES, Q1: {**PLACES[Q1], "p2": "q1.t3"}})
    found, _ = ask(book(), spans((1, "q1.t2"), (2, "q1.t2")), spans((1, "q1.t1"), (2, "q1.t1")), now=now)
    assert [(item.passages, item.changed, item.is_advised) for item in found] == [
        (("p1",), False, True),
        (("p2",), True, False),
    ]


def test_what_stands_already_is_not_proposed() -> None:
    now = Standpoint(
        {**THEMES, "q1.t2": OurTheme(Q1, "Second", "q1.g1")}, {**PLACES, Q1: {**PLACES[Q1], "p1": "q1.t2"}}
    )
    codes = changed("q1.t2", parent="q1.g1", name="Second")
    assert ask(codes, spans((1, "q1.t2")), spans((1, "q1.t1")), now=now) == ([], [])


def test_a_merge_needs_every_passage() -> None:
    codes = without("q1.t1")
    removed = spans((1, "q1.t1"), (2, "q1.t1"))
    found, _ = ask(codes, spans((1, "q1.t2"), (2, "q1.t2")), removed)
    assert found == [Proposal("merge", Q1, "q1.t1", parent="q1.t2")]
    found, _ = ask(codes, spans((1, "q1.t2")), removed)
    assert [(item.kind, item.theme, item.passages) for item in found] == [
        ("move", "q1.t2", ("p1",)),
        ("gone", "q1.t1", ()),
    ]
    assert found[1].choices == ("stay", "out", "q1.t2", "q1.t3")


def test_new_themes_below_a_new_code_make_a_group() -> None:
    codes = [*book(), Code("top", "Top", parent=Q1), Code("new", "New", parent="top")]
    codes = [replace(code, parent="top") if code.guid == "q1.t3" else code for code in codes]
    codes.sort(key=lambda code: code.guid not in (Q1, Q2, "top"))
    found, left = ask(codes, spans((1, "new")), spans((1, "q1.t1")))
    assert left == []
    assert [(item.kind, item.parent, item.themes) for item in found] == [
        ("new", NEW + "top", ()),
        ("group", "", (NEW + "new", "q1.t3")),
    ]


def test_a_code_from_which_a_theme_was_made_is_that_theme() -> None:
    known = replace(KNOWN, made={"new": "q1.t3"})
    codes = [*book(), Code("new", "Three", parent=Q1)]
    found, left = ask(codes, spans((1, "new")), spans((1, "q1.t1")), known=known)
    assert (found, left) == ([Proposal("move", Q1, "q1.t3", passages=("p1",))], [])


def test_a_key_names_what_is_proposed_and_not_what_stands() -> None:
    one = Proposal("move", Q1, "q1.t2", passages=("p1",))
    assert one.key == replace(one, changed=True).key
    assert one.key != replace(one, passages=("p1", "p2")).key
