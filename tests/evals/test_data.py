"""The evaluation data keeps the shape, the counts and the separation that its README promises."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from colloquia.engines.paper import read_paper

DATA = Path(__file__).resolve().parents[2] / "evals" / "data"
SETS = {"development", "held_out"}
ENCODER_LANGUAGES = {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"}
UNSUPPORTED_LANGUAGES = {"cs", "el", "he", "hi", "ro", "sw", "uk", "vi"}
WRITTEN_WITHOUT_SPACES = {"ja", "th", "zh"}
FILES = ("letters", "background", "passages", "short_language")

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    with (DATA / f"{name}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def question_ids() -> list[str]:
    return [question.id for question in read_paper(DATA / "questions.json").questions]


def test_questions_are_the_whole_paper() -> None:
    ids = question_ids()
    assert len(ids) == 68
    assert len(set(ids)) == 68
    assert {identifier.split(".")[0] for identifier in ids} == {f"IP-{number:02d}" for number in range(1, 17)}


@pytest.mark.parametrize("name", FILES)
def test_texts_are_distinct_trimmed_and_in_a_known_language(name: str) -> None:
    found = rows(name)
    texts = [row["text"] for row in found]
    assert [text for text, count in Counter(texts).items() if count > 1] == []
    assert [text for text in texts if not text or text != text.strip()] == []
    known = ENCODER_LANGUAGES | (UNSUPPORTED_LANGUAGES if name == "short_language" else set())
    assert {row["language"] for row in found} - known == set()


@pytest.mark.parametrize("name", FILES)
def test_readme_states_the_number_of_rows(name: str) -> None:
    table = (DATA / "README.md").read_text(encoding="utf-8").splitlines()
    cells = [line.split("|") for line in table if line.startswith(f"| `{name}.jsonl` |")]
    assert [int(cell[2]) for cell in cells] == [len(rows(name))]


def test_no_text_stands_in_two_files() -> None:
    texts = Counter(row["text"] for name in FILES for row in rows(name))
    assert [text for text, count in texts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("letters", {"set", "letter", "kind", "language", "text"}),
        ("background", {"set", "subject", "language", "text"}),
        ("short_language", {"language", "text"}),
    ],
)
def test_rows_have_exactly_the_documented_fields(name: str, fields: set[str]) -> None:
    assert {frozenset(row) for row in rows(name)} == {frozenset(fields)}


def test_letters_have_one_original_and_rewordings_in_three_languages() -> None:
    letters = rows("letters")
    assert {row["set"] for row in letters} == SETS
    by_letter: dict[tuple[str, str], list[Row]] = {}
    for row in letters:
        by_letter.setdefault((row["set"], row["letter"]), []).append(row)
    assert Counter(chosen for chosen, _ in by_letter) == {"development": 3, "held_out": 3}
    assert len({letter for _, letter in by_letter}) == 6
    for messages in by_letter.values():
        kinds = Counter(row["kind"] for row in messages)
        assert (kinds["original"], kinds["translation"]) == (1, 6)
        assert kinds["rewording"] >= 24
        reworded = {row["language"] for row in messages if row["kind"] == "rewording"}
        assert len(reworded) == 3
        assert [row for row in messages if row["kind"] == "translation" and row["language"] in reworded] == []


def test_background_covers_every_letter_of_its_set() -> None:
    subjects = {(row["set"], row["letter"]) for row in rows("letters")}
    background = Counter((row["set"], row["subject"]) for row in rows("background"))
    assert set(background) == subjects
    assert min(background.values()) >= 50


def test_passages_are_two_hundred_labelled_by_known_questions() -> None:
    passages = rows("passages")
    assert Counter(row["set"] for row in passages) == {"development": 80, "held_out": 120}
    known = set(question_ids())
    fields = {"set", "language", "text", "questions"}
    for row in passages:
        assert set(row) - {"also_acceptable"} == fields
        labels = row["questions"] + row.get("also_acceptable", [])
        assert set(labels) <= known
        assert len(labels) == len(set(labels)), row["text"]
    assert sum(not row["questions"] for row in passages) == 25


def test_passages_without_a_question_have_no_acceptable_one() -> None:
    assert [row for row in rows("passages") if not row["questions"] and "also_acceptable" in row] == []


def test_short_sentences_are_long_enough_to_cut() -> None:
    sentences = rows("short_language")
    counts = Counter(row["language"] for row in sentences)
    assert counts == dict.fromkeys(ENCODER_LANGUAGES | UNSUPPORTED_LANGUAGES, 6)
    for row in sentences:
        if row["language"] in WRITTEN_WITHOUT_SPACES:
            assert len(row["text"]) >= 35, row["text"]
        else:
            assert len(row["text"].split()) >= 20, row["text"]
