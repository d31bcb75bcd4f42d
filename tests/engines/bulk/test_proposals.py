"""Proposals kept beside a run: all that the engine finds, open until somebody decided."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from colloquia.engines.bulk.names import mentions_of
from colloquia.engines.bulk.proposals import (
    KINDS,
    MOST,
    ProposalRow,
    Proposals,
    look_for_proposals,
    proposals_file,
)
from colloquia.engines.organisations import propose
from tests.engines.bulk.conftest import Docket, write

WORDS = ("Kestrel", "Heron", "Otter", "Plover")
FORMS = ("", " Press", " Press Ltd", " Press GmbH", " Presss", " Union", " Union, Kenya")


@pytest.fixture
def docket(tmp_path: Path) -> Docket:
    found = Docket(tmp_path)
    random = Random(3)
    found.tables = {
        "submissions": [
            {
                "submission_id": f"S-2026-{number:05d}", "country": random.choice(["KE", "GB", ""]),
                "organisation": random.choice(WORDS) + random.choice(FORMS),
                "mail_domain": random.choice(["", "kestrel.example", "heron.example"]),
            }
            for number in range(150)
        ]
    }  # fmt: skip
    write(found)
    look_for_proposals(tmp_path)
    return found


def every(proposals: Proposals) -> list[ProposalRow]:
    return [row for kind in KINDS for row in proposals.page(kind, 10_000, 0)]


def by_hand(docket: Docket, organisations: dict[str, str], closed: set[tuple[str, str]]) -> list[ProposalRow]:
    """The same, one proposal after the other."""
    found = propose(mentions_of(docket.folder / "submissions.parquet"), most=None).proposals
    met, undecided = set(), []
    for item in found:
        one, other = (organisations.get(key, key) for key in item.keys)
        pair = (min(one, other), max(one, other))
        if one != other and pair not in closed and pair not in met:
            met.add(pair)
            undecided.append(ProposalRow(item.kind, (one, other), item.score, item.reasons))
    counted: Counter[tuple[str, str]] = Counter()
    rows = []
    for row in undecided:
        ends = [(row.kind, key) for key in row.keys]
        if min(counted[end] for end in ends) < MOST:
            rows.append(row)
        counted.update(ends)
    return [row for kind in KINDS for row in rows if row.kind == kind]


def test_nothing_decided_leaves_all_open(docket: Docket) -> None:
    proposals = Proposals(docket.folder, {}, ())
    rows = by_hand(docket, {}, set())
    assert every(proposals) == rows
    assert proposals.counts() == {kind: sum(row.kind == kind for row in rows) for kind in KINDS}
    assert min(proposals.counts().values()) > 10


@pytest.mark.parametrize("seed", range(6))
def test_what_was_decided_is_left_out_and_joined_ones_are_one(docket: Docket, seed: int) -> None:
    random = Random(seed)
    rows = every(Proposals(docket.folder, {}, ()))
    organisations: dict[str, str] = {}
    for row in random.sample(rows, 8):
        one, other = (organisations.get(key, key) for key in row.keys)
        organisations |= {key: one for key, to in organisations.items() if to == other} | {other: one}
    organisations[random.choice(rows).keys[0]] = "a key that no name has"
    closed = set()
    for row in random.sample(rows, 8):
        one, other = sorted(organisations.get(key, key) for key in row.keys)
        closed.add((one, other))
    closed.add(("no such key", "nor this"))
    assert every(Proposals(docket.folder, organisations, closed)) == by_hand(docket, organisations, closed)


def test_a_page_of_proposals_is_a_part_of_all(docket: Docket) -> None:
    proposals = Proposals(docket.folder, {}, ())
    rows = proposals.page("same", 10_000, 0)
    assert [proposals.page("same", 4, offset) for offset in (0, 4, len(rows))] == [rows[:4], rows[4:8], []]


def test_the_proposal_between_two_organisations_is_found_while_it_is_open(docket: Docket) -> None:
    proposals = Proposals(docket.folder, {}, ())
    first = proposals.page("same", 1, 0)[0]
    assert [proposals.between(*first.keys), proposals.between(*first.keys[::-1])] == [first, first]
    assert proposals.between(first.keys[0], "no such key") is None
    closed = Proposals(docket.folder, {}, {(min(first.keys), max(first.keys))})
    assert closed.between(*first.keys) is None


def test_a_docket_without_organisations_has_none(tmp_path: Path) -> None:
    write(Docket(tmp_path))
    assert look_for_proposals(tmp_path) == 0
    assert Proposals(tmp_path, {"a": "b"}, {("a", "b")}).counts() == {"same": 0, "part of": 0}


def test_proposals_that_nobody_looked_for_are_said_to_be_absent(docket: Docket) -> None:
    proposals_file(docket.folder).unlink()
    with pytest.raises(FileNotFoundError, match="not looked for yet"):
        Proposals(docket.folder, {}, ())
