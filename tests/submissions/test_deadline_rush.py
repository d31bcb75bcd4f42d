"""Many send just before the deadline, and the server is killed in the middle: each is accepted once.

The same harness finds doubles and losses where the sender looks first and seals later, and where nobody
tries again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.rush import CARELESS, Server, make_site, problems, rush
from colloquia.submissions.models import Call, Submission
from colloquia.waiting_room import ARRIVED

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="kills a group of processes"),
]

SENDERS = 40


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """A server on the database of the test, with a data folder of its own."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        address = f"{connection.settings_dict['HOST']}".replace("/", "%2F")
        address = f"postgres://{connection.settings_dict['USER']}@{address}/{name}"
    yield {
        "DATABASE_URL": address,
        "COLLOQUIA_DATA": str(settings.DATA),
        "LOG_LEVEL": "critical",
        "WEB_THREADS": "4",
    }
    connection.close()


def test_each_is_accepted_once_though_the_server_is_killed_in_the_middle(
    environment: Mapping[str, str],
) -> None:
    tokens = make_site(SENDERS, seconds=3600)
    server = Server(environment, workers=1)
    server.start()

    def cut() -> None:
        server.kill()
        server.start()

    try:
        results = rush(server.port, tokens, within=1.0, tabs=2, after=(SENDERS // 2, cut))
    finally:
        server.kill()
    assert problems(results) == []
    assert {len(result.identifiers) for result in results} == {2}
    assert Submission.objects.count() == SENDERS


def test_a_careless_sender_and_clients_that_give_up_are_found_out(environment: Mapping[str, str]) -> None:
    """The controls."""
    tokens = make_site(12, seconds=3600)
    server = Server(environment, workers=1, application=CARELESS)
    server.start()
    try:
        doubles = problems(rush(server.port, tokens[:8], within=0.1, tabs=3))
    finally:
        server.kill()
    assert any(each.startswith("double") for each in doubles)
    losses = problems(rush(server.port, tokens[8:], within=0.1, retry=False))
    assert losses.count("lost: a sender got no answer") == 4


def test_who_arrived_before_the_deadline_is_in_time_however_long_the_queue(client: Client) -> None:
    first, second = make_site(2, seconds=3600)
    deadline = timezone.now()
    Call.objects.update(closes_at=deadline)
    for token, moment in ((first, deadline - timedelta(seconds=1)), (second, deadline)):
        client.post(f"/drafts/{token}/send/", **{ARRIVED: moment})
    assert list(Submission.objects.order_by("received_at").values_list("is_late", flat=True)) == [False, True]
