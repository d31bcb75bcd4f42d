"""How much of a docket was read, counted by arrays and by hand."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from colloquia.engines.bulk import Overlay
from colloquia.engines.bulk.docket import PartRead, count_read
from colloquia.engines.bulk.readers import ReadersBulk
from tests.engines.bulk.conftest import Docket, write


@pytest.fixture
def shared(docket: Docket) -> Docket:
    """The random docket with exact copies, and a letter to which some add."""
    names = [row["submission_id"] for row in docket.tables["submissions"]]
    docket.tables["groups"] = [
        {"group_id": "X1", "kind": "exact", "members": 3, "representative": names[0]},
        {"group_id": "E1", "kind": "edited", "members": 4, "representative": names[10]},
        {"group_id": "M1", "kind": "similar", "members": 2, "representative": names[20]},
    ]
    docket.tables["group_members"] = [
        *({"group_id": "X1", "submission_id": name} for name in names[:3]),
        {"group_id": "E1", "submission_id": names[10]},
        {"group_id": "E1", "submission_id": names[11]},
        {"group_id": "E1", "submission_id": names[12], "unique_text": "and a word of mine"},
        {"group_id": "E1", "submission_id": names[13], "unique_text": "and a word of mine"},
        *({"group_id": "M1", "submission_id": name} for name in names[20:22]),
    ]
    write(docket)
    return docket


@pytest.mark.parametrize("seed", range(5))
def test_counts_are_those_of_a_count_by_hand(shared: Docket, seed: int) -> None:
    random = Random(seed)
    bulk = ReadersBulk(shared.folder, Overlay(version="plain"))
    rows = shared.tables["submissions"]
    readers = [random.choice([0, 0, 1, 2]) for _ in rows]
    counts = count_read(bulk.docket(), bulk.answering(), np.array(readers, dtype=np.int32))
    read = {row["submission_id"] for row, number in zip(rows, readers, strict=True) if number}
    copies = {row["submission_id"] for row in shared.tables["group_members"] if row["group_id"] == "X1"}
    same = copies - read if copies & read else set()
    assert (counts.received, counts.read, counts.read_by_two) == (40, len(read), readers.count(2))
    assert counts.same_text == len(same)
    assert counts.messages == len({row["message"] for row in rows})
    assert counts.messages_read == len({row["message"] for row in rows if row["submission_id"] in read})
    expected = []
    for language in sorted({row["language"] for row in rows}):
        own = {row["submission_id"] for row in rows if row["language"] == language}
        expected.append(PartRead(language, len(own), len(own & read), len(own & same)))
    assert list(counts.languages) == expected
    answering: dict[str, set[str]] = {}
    for item in shared.tables["passage_questions"]:
        answering.setdefault(item["question_id"], set()).add(item["passage_id"].rsplit(".", 1)[0])
    assert list(counts.questions) == [
        PartRead(question, len(own), len(own & read), len(own & same))
        for question, own in sorted(answering.items())
    ]


def test_what_an_officer_says_of_questions_is_counted(shared: Docket) -> None:
    plain = ReadersBulk(shared.folder, Overlay(version="plain")).answering()
    question = plain.questions[0]
    answered = set(plain.submission[plain.question == 0].tolist())
    absent = next(row for row in range(40) if row not in answered)
    place = next(
        row
        for row, item in enumerate(shared.tables["passages"])
        if item["submission_id"] == shared.tables["submissions"][absent]["submission_id"]
    )
    judged = ReadersBulk(shared.folder, Overlay(version="judged", answers=((question, place, True),)))
    found = judged.answering()
    assert set(found.submission[found.question == 0].tolist()) == answered | {absent}
