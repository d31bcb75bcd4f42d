"""Ids are unique and without gaps, however many want one at once."""

import pytest
from django.db import transaction

from colloquia.core.identifiers import Form, IdentifierError, allocate, declare, parse, reserve

TAKE = """
import sys
from django.db import transaction
from colloquia.core.identifiers import allocate
from colloquia.core.models import IdentifierSequence

def carefully():
    return allocate(kind="S", year=2026)

def naively():
    row, _ = IdentifierSequence.objects.get_or_create(kind="S", scope="2026")
    import time; time.sleep(0.002)
    IdentifierSequence.objects.filter(pk=row.pk).update(last=row.last + 1)
    return f"S-2026-{row.last + 1:05d}"

class GivenUp(Exception):
    pass

sys.stdin.readline()
for turn in range(40):
    try:
        with transaction.atomic() if METHOD == "carefully" else __import__("contextlib").nullcontext():
            taken = globals()[METHOD]()
            if turn % 5 == 4 and METHOD == "carefully":
                raise GivenUp
        print(taken)
    except GivenUp:
        pass
"""


def take_at_once(site, method):
    processes = [site.start(f"METHOD = {method!r}\n{TAKE}") for _ in range(4)]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    taken = []
    for process in processes:
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        taken += output.split()
    return sorted(taken)


@pytest.mark.django_db
def test_allocate_numbers_each_series_on_its_own():
    assert [allocate(kind="S", year=2026), allocate(kind="S", year=2026)] == ["S-2026-00001", "S-2026-00002"]
    assert allocate(kind="S", year=2027) == "S-2027-00001"
    assert [allocate(kind="I", territory="JP"), allocate(kind="I", territory="US-TN")] == [
        "I-JP-0001",
        "I-US-TN-0001",
    ]
    assert [allocate(kind="M"), allocate(kind="M"), allocate(kind="E")] == ["M1", "M2", "E1"]


@pytest.mark.django_db(transaction=True)
def test_a_number_is_free_again_after_a_rollback():
    with transaction.atomic():
        assert allocate(kind="M") == "M1"
        transaction.set_rollback(True)
    assert allocate(kind="M") == "M1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": "Q"},
        {"kind": "S"},
        {"kind": "S", "year": 26},
        {"kind": "S", "year": 2026, "territory": "JP"},
        {"kind": "M", "year": 2026},
        {"kind": "I", "territory": "jp"},
        {"kind": "I", "territory": "JP'; --"},
        {"kind": "I", "territory": "JP\n"},
    ],
)
def test_allocate_refuses_what_does_not_fit(wanted):
    with pytest.raises(IdentifierError):
        allocate(**wanted)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("S-2026-00417", ("S", "2026", 417)),
        ("I-JP-0004", ("I", "JP", 4)),
        ("I-US-TN-0012", ("I", "US-TN", 12)),
        ("I-INT-OECD-0001", ("I", "INT-OECD", 1)),
        ("M13", ("M", "", 13)),
        ("S-2026-123456", ("S", "2026", 123456)),
    ],
)
def test_parse_takes_an_id_apart_and_back(text, parts):
    found = parse(text)
    assert (found.kind, found.scope, found.number) == parts
    assert str(found) == text


@pytest.mark.parametrize(
    "text", ["", "S-2026-417", "s-2026-00417", "M013", "M0", "M٣", "S-2026-00417\n", "M" + "9" * 40]
)
def test_parse_knows_one_proper_form_only(text):
    assert parse(text) is None


def test_declare_refuses_a_second_form_for_a_kind():
    declare(Form("M", "meeting"))
    with pytest.raises(IdentifierError):
        declare(Form("M", "message", digits=3))


def test_four_processes_at_once_get_every_number_once(site_on_this_database):
    taken = take_at_once(site_on_this_database, "carefully")
    assert taken == [f"S-2026-{number:05d}" for number in range(1, 129)]


def test_the_race_is_real(site_on_this_database):
    """The negative control: reading first and adding one gives numbers twice."""
    taken = take_at_once(site_on_this_database, "naively")
    assert len(taken) == 160
    assert len(set(taken)) < 160


@pytest.mark.django_db
def test_ids_that_are_used_elsewhere_are_never_given_out() -> None:
    """Those of an analysis made elsewhere; what is no id is left alone, and a series never goes back."""
    reserve(["S-2026-00007", "S-2026-00003", "R12", "S-2026-7"])
    reserve(["S-2026-00002"])
    assert allocate(kind="S", year=2026) == "S-2026-00008"
    assert allocate(kind="S", year=2027) == "S-2027-00001"
