"""The ledger in public: anybody can rebuild the tree and check every head from what is given out."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core import ledger
from colloquia.core.ledger import counting
from colloquia.core.models import LedgerEntry
from colloquia.core.registered import addresses
from colloquia.engines.ledger import (
    consistency_ranges,
    head_of,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_head,
    verify_inclusion,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def seven(chen: User) -> list[LedgerEntry]:
    """Seven entries about somebody."""
    return [ledger.record("test.acted", about=chen, content={"number": number}) for number in range(7)]


def fetch(client: Client, name: str, **query: Any) -> Any:
    return client.get(reverse(name), query).json()


def test_anybody_can_rebuild_the_tree_from_what_is_given_out(
    client: Client, seven: list[LedgerEntry]
) -> None:
    entries = fetch(client, "ledger_entries")["entries"]
    leaves = [leaf_hash(each["entry"].encode()) for each in entries]
    assert [leaf.hex() for leaf in leaves] == [each["leaf_hash"] for each in entries]
    public = base64.b64decode(fetch(client, "ledger_key")["keys"][0]["public"])
    heads = [head_of(each) for each in fetch(client, "ledger_heads")["heads"]]
    assert [head.size for head in heads] == [1, 2, 3, 4, 5, 6, 7]
    for head in heads:
        assert root_of(leaves[: head.size]).hex() == head.root
        assert verify_head(head, public) is True


def test_every_proof_that_is_given_out_holds(client: Client, seven: list[LedgerEntry]) -> None:
    for index in range(7):
        given = fetch(client, "ledger_inclusion", index=index, size=7)
        proof = [bytes.fromhex(each) for each in given["proof"]]
        root = bytes.fromhex(given["head"]["root"])
        assert verify_inclusion(bytes(seven[index].leaf_hash), index, 7, proof, root) is True
    for old in range(1, 8):
        given = fetch(client, "ledger_consistency", old=old, size=7)
        proof = [bytes.fromhex(each) for each in given["proof"]]
        roots = [bytes.fromhex(given[name]["root"]) for name in ("old", "head")]
        assert len(proof) == len(consistency_ranges(old, 7))
        assert verify_consistency(old, 7, proof, *roots) is True


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("ledger_inclusion", "index=7"), ("ledger_inclusion", "index=0&size=9"), ("ledger_inclusion", ""),
        ("ledger_inclusion", "index=-1"), ("ledger_inclusion", "index=0&size=0"),
        ("ledger_consistency", "old=8"), ("ledger_consistency", "old=0"), ("ledger_consistency", "old=a"),
        ("ledger_consistency", "old=1&size=99999999999999999999"), ("ledger_entries", "start=x"),
        ("ledger_heads", "start=1.5"), ("ledger_heads", "start=%D9%A3"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_answered_by_a_sentence(
    client: Client, seven: list[LedgerEntry], name: str, query: str
) -> None:
    response = client.get(f"{reverse(name)}?{query}")
    body = response.json()
    assert (response.status_code, body["ok"], body["status"], body["error"][-1]) == (400, False, 400, ".")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_long_lists_come_in_parts(
    client: Client, seven: list[LedgerEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colloquia.core.ledger_views.PAGE", 3)
    first = fetch(client, "ledger_entries")
    assert ([each["index"] for each in first["entries"]], first["size"]) == ([0, 1, 2], 7)
    assert first["next"].endswith("/ledger/entries.json?start=3")
    last = fetch(client, "ledger_heads", start=7)
    assert ([each["size"] for each in last["heads"]], last["next"]) == ([7], None)


def test_an_empty_ledger_says_so(client: Client) -> None:
    assert "no entry yet" in client.get(reverse("ledger")).content.decode()
    assert fetch(client, "ledger_heads") == {"ok": True, "latest": None, "heads": [], "next": None}
    assert client.get(reverse("ledger_inclusion"), {"index": 0}).status_code == 400
    assert client.get(reverse("ledger_feed")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number_of_entries(
    client: Client, chen: User, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        ledger.record(f"test.acted{number}", about=chen, content={"number": number})
    with django_assert_num_queries(3):
        page = client.get(reverse("ledger")).content.decode()
    head = ledger.head()
    assert head is not None
    assert (head.root in page, "test.acted0" in page) == (True, True)


def test_the_counts_come_as_a_file(client: Client, seven: list[LedgerEntry]) -> None:
    file = client.get(f"{reverse('ledger')}?table=entries&format=csv").getvalue()
    lines = file.decode("utf-8-sig").splitlines()
    assert lines[1].split(",")[1:] == ["test.acted", "7"]


def test_the_feed_holds_the_last_head_of_each_day_that_is_over(
    client: Client, seven: list[LedgerEntry]
) -> None:
    now = timezone.now().astimezone(UTC)
    days = [now - timedelta(days=2), now - timedelta(days=2), now - timedelta(days=1), *[now] * 4]
    for size, day in enumerate(days, start=1):
        _move(size, day)
    tree = ET.fromstring(client.get(reverse("ledger_feed")).content)
    titles = [each.text for each in tree.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles[1:] == [f"Head of {days[2]:%Y-%m-%d}: 3 entries", f"Head of {days[0]:%Y-%m-%d}: 2 entries"]
    assert counting.last_of_each_day(now=datetime(2000, 1, 1, tzinfo=UTC)) == []


def _move(size: int, day: datetime) -> None:
    """Heads refuse to be changed; a test has to go round them."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_ledgerhead SET at=%s WHERE size=%s", [f"{day:%Y-%m-%dT%H:%M:%SZ}", size])


def test_a_stranger_reads_every_address_and_nothing_of_the_content(
    client: Client, seven: list[LedgerEntry], chen: User
) -> None:
    opening = seven[0].opening
    for address in addresses():
        response = client.get(address)
        said = response.getvalue().decode()
        assert response.status_code == 200
        assert bytes(opening.salt).hex() not in said
        assert chen.email not in said
        assert json.dumps(opening.content) not in said
