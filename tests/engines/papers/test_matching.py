"""Matching a draft to permanent ids: given, by number, by likeness, or new, and never one id twice."""

from __future__ import annotations

from colloquia.engines.papers.matching import Known, Match, match, taken_twice
from colloquia.engines.papers.records import DraftIssue, DraftPaper, DraftQuestion

ISSUES = [
    Known("IP-07", numbers={"draft": "6", "revised": "7"}, here=True),
    Known("IP-08", numbers={"draft": "7", "revised": "8"}, here=True),
]
QUESTIONS = [Known("IP-08.q1", "IP-08"), Known("IP-08.q2", "IP-08"), Known("IP-07.q1", "IP-07")]


def draft(*issues):
    return DraftPaper(issues=tuple(issues))


def found(paper, likeness=None, choices=None, version="revised", issues=ISSUES):
    matches = match(
        paper,
        issues=issues,
        questions=QUESTIONS,
        version=version,
        likeness=likeness or {},
        choices=choices or {},
    )
    return {place: (each.id, each.how) for place, each in matches.items()}


def test_number_of_the_same_version_counts_not_that_of_the_draft():
    assert found(draft(DraftIssue("i1", "Infringement", number="7"))) == {"i1": ("IP-07", "number")}


def test_number_of_an_earlier_version_needs_like_words():
    strange = [Known(each.id, numbers=each.numbers) for each in ISSUES]
    paper = draft(DraftIssue("i1", "Infringement", number="7"))
    assert found(paper, version="third", issues=strange) == {"i1": ("new", "new")}
    alike = {"i1": [("IP-08", 0.6), ("IP-07", 0.2)]}
    assert found(paper, alike, version="third", issues=strange) == {"i1": ("IP-08", "number")}


def test_likeness_gives_each_id_once_the_best_first():
    paper = draft(
        DraftIssue(
            "i1", "X", number="8", questions=(DraftQuestion("i1.q1", "a"), DraftQuestion("i1.q2", "b"))
        )
    )
    likeness = {"i1.q1": [("IP-08.q1", 0.7), ("IP-08.q2", 0.6)], "i1.q2": [("IP-08.q1", 0.9)]}
    assert found(paper, likeness) == {
        "i1": ("IP-08", "number"),
        "i1.q1": ("IP-08.q2", "similar"),
        "i1.q2": ("IP-08.q1", "similar"),
    }


def test_weak_likeness_and_other_issues_make_new_questions():
    paper = draft(DraftIssue("i1", "X", number="8", questions=(DraftQuestion("i1.q1", "a"),)))
    assert found(paper, {"i1.q1": [("IP-08.q1", 0.49)]})["i1.q1"] == ("new", "new")
    assert found(paper, {"i1.q1": [("IP-07.q1", 0.7)]})["i1.q1"] == ("new", "new")
    assert found(paper, {"i1.q1": [("IP-07.q1", 0.8)]})["i1.q1"] == ("IP-07.q1", "similar")


def test_choice_wins_over_given_id():
    paper = draft(DraftIssue("i1", "X", id="IP-07"))
    assert found(paper) == {"i1": ("IP-07", "given")}
    assert found(paper, choices={"i1": "IP-08"}) == {"i1": ("IP-08", "chosen")}


def test_id_at_two_places_is_named():
    matches = {"i1": Match("i1", "IP-07", "given"), "i2": Match("i2", "IP-07", "chosen")}
    assert taken_twice(matches) == [("IP-07", ["i1", "i2"])]
