"""Reworded and translated letters are found among people who write about the same for themselves."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from colloquia.engines.duplicates.similar import LONGEST, SHORTEST, SMALLEST, similar_groups
from colloquia.engines.meaning.centring import unit
from colloquia.engines.passages import split
from colloquia.engines.passages.split import weight
from tests.engines.meaning.vectors import encode

DATA = Path(__file__).parents[3] / "evals" / "data"
BACKGROUND = "background"


@cache
def own(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the development set."""
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(row for line in lines if (row := json.loads(line))["set"] == "development")


LETTERS = sorted({row["letter"] for row in own("letters")})


def whole(texts):
    """Vectors of whole messages from those of their passages."""
    parts = [(row, text[start:end]) for row, text in enumerate(texts) for start, end in split(text)]
    sums = np.zeros((len(texts), 512), dtype=np.float32)
    for (row, part), vector in zip(parts, encode([part for _, part in parts]), strict=True):
        sums[row] += vector * np.float32(weight(part))
    return unit(sums)


def found_in(texts, **options):
    return similar_groups(texts, whole(texts), encode=encode, **options)


def docket(letters, background):
    texts = [row["text"] for row in [*letters, *background]]
    return texts, [row["letter"] for row in letters] + [BACKGROUND] * len(background)


@cache
def everything():
    texts, truth = docket(own("letters"), own("background"))
    return texts, truth, found_in(texts)


def test_every_letter_is_found_and_no_two_are_merged():
    _, truth, groups = everything()
    counted = [Counter(truth[row] for row in group) for group in groups]
    assert sorted(max(count, key=count.__getitem__) for count in counted) == LETTERS
    assert [len(set(count) - {BACKGROUND}) for count in counted] == [1] * len(groups)


def test_people_who_write_for_themselves_on_the_same_subject_are_hardly_ever_flagged():
    _, truth, groups = everything()
    flagged = [row for group in groups for row in group if truth[row] == BACKGROUND]
    assert len(flagged) < 0.05 * truth.count(BACKGROUND)


def test_groups_are_sorted_disjoint_and_large_enough():
    texts, _, groups = everything()
    rows = [row for group in groups for row in group]
    assert len(rows) == len(set(rows))
    assert groups == sorted(sorted(group) for group in groups)
    assert min(map(len, groups)) >= SMALLEST
    assert [row for row in rows if weight(texts[row]) < SHORTEST or len(texts[row]) > LONGEST] == []


def test_the_same_docket_gives_the_same_groups():
    letters = [row for row in own("letters") if row["letter"] == LETTERS[0]]
    others = [row for row in own("background") if row["subject"] != LETTERS[0]][:60]
    texts, _ = docket(letters, others)
    found = found_in(texts, seed=3)
    assert len(found) == 1
    assert found_in(texts, seed=3) == found


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_among_other_subjects_is_found_nearly_whole_with_its_translations(letter):
    letters = [row for row in own("letters") if row["letter"] == letter]
    others = [row for row in own("background") if row["subject"] != letter]
    texts, truth = docket(letters, others)
    groups = found_in(texts)
    assert [max(Counter(truth[row] for row in group)) for group in groups] == [letter]
    members = set(groups[0])
    assert len(members & set(range(len(letters)))) >= 0.95 * len(letters)
    assert len(members - set(range(len(letters)))) <= 0.05 * len(others)
    translated = [row for row, item in enumerate(letters) if item["kind"] == "translation"]
    assert len({letters[row]["language"] for row in translated}) >= 5
    assert len(members & set(translated)) >= len(translated) - 1


def test_messages_without_a_letter_have_no_group():
    assert found_in([row["text"] for row in own("background")]) == []


def test_short_and_huge_texts_are_not_judged():
    letters = [row["text"] for row in own("letters") if row["letter"] == LETTERS[0]]
    others = [row["text"] for row in own("background") if row["subject"] != LETTERS[0]][:60]
    short = ["Please ask us before you train on our music."] * 12
    huge = [f"{letters[0]} {'Thank you. ' * (LONGEST // 10)}", *letters[1:], *others]
    assert len(huge[0]) > LONGEST
    texts = [*huge, *short]
    (group,) = found_in(texts)
    assert [row for row in group if weight(texts[row]) < SHORTEST or len(texts[row]) > LONGEST] == []


@pytest.mark.parametrize("count", [0, 1, 4, 16])
def test_a_docket_too_small_to_compare_with_has_no_groups(count):
    assert found_in([row["text"] for row in own("letters")][:count]) == []
