"""Reviewed passages and earlier members are found again, or not, for a stated reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from colloquia.engines.analysis.carrying import alike, carry
from colloquia.engines.prior import Prior, ReviewedPassage, text_digest
from colloquia.engines.records import Passage

LONG = "Every work that was used for training must be named in a public register, with its author."
OTHER = "Small publishers need help to answer requests, and a model contract would be of use to them."


def passage(submission, number, text, start=0):
    return Passage(
        f"{submission}.p{number}", submission, f"{submission}.d1", 0, start, start + len(text), text, "en"
    )


def said(text, submission="S1", start=0):
    return ReviewedPassage(
        f"{submission}.p1", submission, f"{submission}.d1", start, start + len(text), text, themes={"": "T1"}
    )


@pytest.mark.parametrize(
    ("passages", "row"),
    [
        ([passage("S1", 1, LONG)], 0),
        ([passage("S1", 1, OTHER), passage("S1", 2, LONG, 100)], 1),
        ([passage("S1", 1, OTHER), passage("S1", 2, LONG.replace("must", "should"), 100)], 1),
        ([passage("S1", 1, "  ".join(LONG.split(" ")))], 0),
        ([passage("S1", 1, OTHER), passage("S1", 2, f"Dear office, thank you. {LONG}")], 1),
        ([passage("S1", 1, LONG.removesuffix(", with its author."))], 0),
        ([passage("S1", 1, OTHER), passage("S2", 1, LONG)], 1),
        ([passage("S1", 1, OTHER), passage("S2", 1, LONG.replace("must", "should"))], 1),
    ],
    ids=[
        "in its place",
        "further down",
        "changed slightly",
        "other white space",
        "after a greeting",
        "without its end",
        "under another number",
        "changed and under another number",
    ],
)
def test_a_reviewed_passage_is_found(passages, row):
    found = carry(Prior("one", reviewed=(said(LONG),)), passages)
    assert (list(found.reviewed), found.lost) == ([row], [])


@pytest.mark.parametrize(
    ("passages", "reason"),
    [
        ([passage("S1", 1, OTHER)], "its text is in no passage any more"),
        ([passage("S2", 1, OTHER)], "its submission is no longer there"),
        (
            [passage("S2", 1, LONG), passage("S3", 1, LONG)],
            "its text now stands in several submissions, and in its own no longer",
        ),
    ],
)
def test_a_reviewed_passage_that_is_gone_says_why_and_still_teaches(passages, reason):
    item = said(LONG)
    found = carry(Prior("one", reviewed=(item,)), passages)
    assert found.reviewed == {}
    assert [(lost.passage_id, lost.reason) for lost in found.lost] == [("S1.p1", reason)]
    assert found.elsewhere == [item]


def test_a_short_text_of_another_sender_is_not_the_same_voice():
    found = carry(Prior("one", reviewed=(said("Yes."),)), [passage("S2", 1, "Yes.")])
    assert found.reviewed == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LONG, LONG, True),
        (LONG, LONG.replace("public", "open"), True),
        (LONG, f"{OTHER} {OTHER} {LONG}", False),
        (LONG, OTHER, False),
        (LONG, LONG[::-1], False),
        ("Yes.", "No.", False),
        ("", "", False),
    ],
)
def test_texts_are_alike_only_after_small_changes(one, other, same):
    assert (alike(one, other) > 0) == (alike(other, one) > 0) == same


def test_of_two_equal_texts_the_one_in_its_place_is_meant():
    passages = [passage("S1", 1, LONG), passage("S1", 2, LONG, 200)]
    assert list(carry(Prior("one", reviewed=(said(LONG, start=200),)), passages).reviewed) == [1]


def members(**values):
    prior = Prior(
        "one",
        assignments={"": {"S1.p1": "T1", "S2.p1": "T2"}},
        digests={"S1.p1": text_digest(LONG), "S2.p1": text_digest(OTHER), "S3.p1": text_digest("No theme")},
    )
    return replace(prior, **values)


def test_members_are_known_by_their_text_after_numbers_have_moved():
    passages = [passage("S1", 1, OTHER), passage("S2", 1, "No theme"), passage("S3", 1, "A new one")]
    found = carry(members(), passages)
    assert found.members == {"": {0: "T2"}}
    assert found.known == {0, 1}


def test_without_digests_ids_are_trusted():
    found = carry(members(digests={}), [passage("S1", 1, OTHER)])
    assert found.members == {"": {0: "T1"}}


def test_a_text_that_stood_in_two_themes_belongs_to_neither_elsewhere():
    both = members(
        assignments={"": {"S1.p1": "T1", "S2.p1": "T2"}},
        digests={"S1.p1": text_digest(LONG), "S2.p1": text_digest(LONG)},
    )
    found = carry(both, [passage("S1", 1, LONG), passage("S9", 1, LONG)])
    assert found.members == {"": {0: "T1"}}
    assert found.known == {0, 1}
