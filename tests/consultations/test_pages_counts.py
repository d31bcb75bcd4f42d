"""What the pages count in one pass equals what is counted piece by piece; dropped searches are made again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from colloquia.engines.bulk import Bulk, Filters, Overlay, build_index
from colloquia.engines.bulk.counting import DIMENSIONS
from colloquia.engines.bulk.database import KEPT_SEARCHES, forget

AFRICA = {"africa": ("EG", "KE", "MU", "NG", "SN", "TZ", "ZA"), "east": ("KE", "TZ")}
PLACES = [
    {},
    {"question": "IP-08.q1"},
    {"question": "IP-08.q1", "theme": "IP-08.q1.t1"},
    {"question": "", "theme": "T1"},
]


@pytest.fixture
def bulk(run_folder: Path, tmp_path: Path) -> Iterator[Bulk]:
    """The docket of the tests."""
    folder = tmp_path / "run"
    shutil.copytree(run_folder, folder)
    build_index(folder)
    yield Bulk(folder, Overlay(version="1"))
    forget(folder)


@pytest.mark.parametrize("place", PLACES, ids=["docket", "question", "theme", "theme of the docket"])
@pytest.mark.parametrize("filters", [Filters(), Filters(languages=("en",)), Filters(search="machine")])
def test_breakdowns_at_once_are_those_one_by_one(bulk: Bulk, place: dict[str, str], filters: Filters) -> None:
    found = bulk.breakdowns(groups=AFRICA, filters=filters, **place)
    for dimension in DIMENSIONS:
        assert found[dimension] == bulk.breakdown(dimension, filters=filters, **place)


def test_groups_overlap_and_the_missing_part_is_outside_of_all(bulk: Bulk) -> None:
    rows, base, missing = bulk.breakdowns(groups=AFRICA)["group"]
    counted = {row.value: row.submissions for row in rows}
    assert counted == {"africa": 7, "east": 2}
    assert (base, missing) == (28, 21)


def test_stakeholders_of_themes_add_up_to_the_themes(bulk: Bulk) -> None:
    across = bulk.across("IP-08.q1", "stakeholder")
    stated = bulk.breakdown("stakeholder", question="IP-08.q1", theme="IP-08.q1.t1")[0]
    assert across["IP-08.q1.t1"] == stated
    with pytest.raises(ValueError, match="no dimension"):
        bulk.across("IP-08.q1", "weather")


def test_search_that_was_dropped_is_made_again(bulk: Bulk) -> None:
    wanted = bulk.passages(filters=Filters(search="harpsichords"))
    statement = bulk._statement(Filters(search="harpsichords"))
    for number in range(KEPT_SEARCHES):
        bulk.total(Filters(search=f"word {number}"))
    rows = bulk._ask(f"WITH {statement.found().rstrip(', ')} SELECT count(*) FROM found", {})
    assert rows == [(len(wanted[0]),)]


def test_page_behind_the_last_still_says_how_many_there_are(bulk: Bulk) -> None:
    assert bulk.passages(limit=10, offset=1000) == ([], 31)


def test_submissions_that_were_read_are_left_out(bulk: Bulk) -> None:
    assert bulk.total(Filters(not_submissions=("S-2026-00001", "S-2026-00002"))).submissions == 26


def test_neighbours_are_those_received_before_and_after(bulk: Bulk) -> None:
    assert bulk.neighbours("S-2026-00002") == ("S-2026-00001", "S-2026-00003")
    assert bulk.neighbours("S-2026-00028") == ("S-2026-00027", "")
    assert bulk.neighbours("S-2026-99999") == ("", "")
