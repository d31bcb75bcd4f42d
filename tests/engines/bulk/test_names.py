"""Names of organisations: joined by the machine, and what people decided of each level of a name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from colloquia.engines.bulk import Bulk, Filters, Overlay
from colloquia.engines.bulk.database import forget
from colloquia.engines.bulk.names import resolve
from tests.engines.bulk.conftest import Docket, write

SENDERS = (
    # name, territory, kind, domain of the address
    ("Kestrel Press Ltd", "GB", "Company", ""),
    ("KESTREL PRESS LIMITED", "GB", "Company", "kestrelpress.org"),
    ("Kestrel  Press Ltd", "", "Company", ""),
    ("Kestrel Press", "GB", "Company", ""),
    ("Ministry of Culture", "FR", "Member state", ""),
    ("Ministry of Culture", "JP", "Member state", ""),
    ("Heron House", "FR", "Individual", ""),
    ("n/a", "FR", "Company", ""),
    ("", "FR", "Company", ""),
)


@pytest.fixture
def named(tmp_path: Path) -> Docket:
    docket = Docket(tmp_path)
    docket.tables = {
        "submissions": [
            {
                "submission_id": f"S-2026-{number:05d}", "organisation": name, "country": country,
                "stakeholder": kind, "mail_domain": domain, "message": number,
            }
            for number, (name, country, kind, domain) in enumerate(SENDERS)
        ]
    }  # fmt: skip
    write(docket)
    return docket


def bodies(docket: Docket, **organisations: str) -> list[str]:
    """Key of the organisation of each sender, "" for none; the overlay maps what is asked for."""
    mapping = {KEYS.get(name, name): KEYS.get(to, to) for name, to in organisations.items()}
    bulk = Bulk(docket.folder, Overlay(repr(sorted(mapping.items())), organisations=mapping))
    found = dict.fromkeys(range(len(SENDERS)), "")
    for key, *_ in bulk.organisations():
        for row in bulk.submissions(filters=Filters(organisations=(key,)), limit=0)[0]:
            found[int(row.submission_id[-5:])] = key
    assert bulk.total().organisations == len({key for key in found.values() if key})
    return list(found.values())


PRESS, FRENCH, JAPANESE = "kestrel press ltd|GB", "ministry of culture|FR", "ministry of culture|JP"
KEYS = {"press": PRESS, "french": FRENCH, "japanese": JAPANESE}


def test_names_written_alike_are_one_and_homonyms_and_persons_are_not(named: Docket) -> None:
    assert bodies(named) == [PRESS] * 4 + [FRENCH, JAPANESE, "", "", ""]


def test_what_people_joined_counts_as_one(named: Docket) -> None:
    assert bodies(named, japanese="french") == [PRESS] * 4 + [FRENCH, FRENCH, "", "", ""]


def test_a_name_as_written_goes_its_own_way_before_its_body(named: Docket) -> None:
    _, table = resolve(named.folder / "submissions.parquet")
    upper = next(row["key"] for row in table.to_pylist() if row["name"].isupper())
    assert bodies(named, **{upper: upper, "press": "french"}) == [
        FRENCH, upper, FRENCH, FRENCH, FRENCH, JAPANESE, "", "", "",
    ]  # fmt: skip


def test_a_folded_name_goes_its_own_way_before_its_body(named: Docket) -> None:
    lonely = "kestrel press ltd|"
    assert bodies(named, **{lonely: lonely, "press": "french"})[:4] == [FRENCH, FRENCH, lonely, FRENCH]


def test_keys_stay_when_others_arrive(named: Docket, tmp_path: Path) -> None:
    def keys(folder: Path) -> set[str]:
        return {row["key"] for row in resolve(folder / "submissions.parquet")[1].to_pylist()}

    before = keys(named.folder)
    more = Docket(tmp_path / "more")
    more.folder.mkdir()
    more.tables = {
        "submissions": [
            *named.tables["submissions"],
            {"submission_id": "S-2026-09999", "organisation": "Kestrel Press (UK)", "country": "GB"},
        ]
    }
    write(more)
    assert before < keys(more.folder)


def test_an_index_of_an_earlier_program_is_made_again(named: Docket) -> None:
    before = bodies(named)
    forget(named.folder)
    shutil.rmtree(named.folder / "index")
    (named.folder / "index").mkdir()
    assert bodies(named) == before
