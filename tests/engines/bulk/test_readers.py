"""Which submissions are left to read, what waits, and from what a sample is drawn."""

from __future__ import annotations

import pytest

from colloquia.engines.bulk import Filters, Overlay
from colloquia.engines.bulk.readers import ReadersBulk, WaitingDocument, WaitingPassage, Wish
from tests.engines.bulk.conftest import Docket, write
from tests.engines.bulk.test_docket import shared

__all__ = ["shared"]

PLAIN = Overlay(version="plain")


def named(*numbers: int) -> list[str]:
    return [f"S-2026-{number:05d}" for number in numbers]


def test_everything_in_order_of_receipt(docket: Docket) -> None:
    bulk = ReadersBulk(docket.folder, PLAIN)
    assert bulk.to_read(Wish()) == named(*range(1, 41))
    assert bulk.to_read(Wish(), [0, 39]) == named(*range(2, 40))


def test_filters_and_questions_narrow(docket: Docket) -> None:
    bulk = ReadersBulk(docket.folder, PLAIN)
    french = [row["submission_id"] for row in docket.tables["submissions"] if row["language"] == "fr"]
    assert bulk.to_read(Wish(Filters(languages=("fr",)))) == french
    answered = {
        row["passage_id"].rsplit(".", 1)[0]
        for row in docket.tables["passage_questions"]
        if row["question_id"] == "IP-01.q1"
    }
    assert bulk.to_read(Wish(question="IP-01.q1")) == sorted(answered)


def test_one_of_each_shared_text_and_what_each_added(shared: Docket) -> None:
    """1 to 3 are copies, 11 and 12 the bare letter, 13 and 14 added to it, 21 and 22 are merely similar."""
    bulk = ReadersBulk(shared.folder, PLAIN)
    every = set(range(1, 41))
    assert bulk.to_read(Wish(one_of_each=True)) == named(*sorted(every - {2, 3, 12}))


@pytest.mark.parametrize(
    ("row", "gone"), [(1, {1, 2, 3, 12}), (11, {2, 3, 11, 12}), (12, {2, 3, 12, 13}), (20, {2, 3, 12, 21})]
)
def test_of_a_text_that_is_left_out_in_one_copy_no_copy_is_given(
    shared: Docket, row: int, gone: set[int]
) -> None:
    bulk = ReadersBulk(shared.folder, PLAIN)
    kept = sorted(set(range(1, 41)) - gone)
    assert bulk.to_read(Wish(one_of_each=True), [row]) == named(*kept)


def test_a_copy_is_given_where_the_first_does_not_pass_the_filters(shared: Docket) -> None:
    rows = shared.tables["submissions"]
    rows[0]["language"], rows[1]["language"], rows[2]["language"] = "fr", "xx", "xx"
    write(shared)
    bulk = ReadersBulk(shared.folder, PLAIN)
    assert bulk.to_read(Wish(Filters(languages=("xx",)), one_of_each=True)) == named(2)


def test_what_waits_for_a_person(docket: Docket) -> None:
    docket.tables["passages"][3]["language"] = "sw"
    original = docket.tables["passages"][3]["passage_id"]
    documents = docket.tables["documents"]
    documents[4] |= {"status": "unreadable", "problem": "broken"}
    documents[0]["status"] = "read"
    for row in documents[1:]:
        row.setdefault("status", "read")
    translation = {**documents[0], "document_id": "t", "translation_of": original}
    documents.append(translation)
    # A translation in the same unsupported language waits for nobody.
    placed = {"passage_id": "S-2026-00001.p9", "document_id": "t", "language": "sw"}
    docket.tables["passages"].append(docket.tables["passages"][0] | placed)
    write(docket)
    bulk = ReadersBulk(docket.folder, PLAIN)
    sender = docket.tables["passages"][3]["submission_id"]
    row = int(sender[-5:]) - 1
    assert bulk.waiting_passages(("sw",)) == (WaitingPassage(original, sender, "sw", row),)
    assert bulk.waiting_passages(()) == ()
    assert bulk.waiting_documents() == (
        WaitingDocument("S-2026-00005.d1", "S-2026-00005", "a", "", "unreadable", "broken", 4),
    )
    assert bulk.to_read(Wish(unreadable=True)) == named(5)
    assert bulk.to_read(Wish(in_languages=("sw",))) == sorted({sender, "S-2026-00001"})


def test_a_sample_is_drawn_from_the_passages_in_effect(docket: Docket) -> None:
    passages = docket.tables["passages"]
    bulk = ReadersBulk(docket.folder, Overlay(version="not", not_opinion=(0,)))
    everything = [row[0] for row in bulk.population("", without_shared=False)]
    assert everything == [row["passage_id"] for row in passages[1:]]
    own = [row["passage_id"] for row in passages[1:] if not row["shared"]]
    assert [row[0] for row in bulk.population("", without_shared=True)] == own
    answers = {
        row["passage_id"] for row in docket.tables["passage_questions"] if row["question_id"] == "IP-02.q1"
    }
    assert {row[0] for row in bulk.population("IP-02.q1", without_shared=False)} == answers - {
        passages[0]["passage_id"]
    }


def test_the_machine_is_followed_through_merges_and_not_through_moves(docket: Docket) -> None:
    question = "IP-01.q1"
    themes = {
        row["passage_id"]: row["theme_id"]
        for row in docket.tables["passage_themes"]
        if row["theme_id"].startswith(question)
    }
    considered = {
        row["passage_id"] for row in docket.tables["passage_questions"] if row["question_id"] == question
    }
    names = [row["passage_id"] for row in docket.tables["passages"]]
    moved = tuple((question, row, f"{question}.t5") for row in range(len(names)))
    merged = {f"{question}.t1": f"{question}.t2"}
    bulk = ReadersBulk(docket.folder, Overlay(version="merged", theme_map=merged, overrides=moved))
    expected = {
        name: [merged.get(themes[name], themes[name])] if name in themes else [] for name in considered
    }
    assert bulk.machine_themes(question, names) == expected
