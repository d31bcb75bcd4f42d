"""Requests are noted when they arrive, however long they wait; what was opened meanwhile is closed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from colloquia.middleware import ArrivalMiddleware
from colloquia.waiting_room import ARRIVED, WaitingRoom


def test_who_waits_has_arrived_before_the_one_ahead_is_done() -> None:
    """One thread works; the second request is noted while the first is still at work."""
    second_is_here, done = threading.Event(), []

    def application(environment: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        if environment["name"] == "first":
            assert second_is_here.wait(30)
            done.append(datetime.now(UTC))
        return [b""]

    room = WaitingRoom(application, threads=1)
    environments: list[dict[str, Any]] = [{"name": "first"}, {"name": "second"}]
    threads = [threading.Thread(target=room, args=(each, print)) for each in environments]
    for thread in threads:
        thread.start()
    while ARRIVED not in environments[1]:
        pass
    second_is_here.set()
    for thread in threads:
        thread.join(30)
    assert environments[1][ARRIVED] <= done[0]


def test_the_request_says_when_it_arrived() -> None:
    request, moment = HttpRequest(), datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    request.META[ARRIVED] = moment
    ArrivalMiddleware(lambda _request: HttpResponse())(request)
    assert request.arrived_at == moment  # type: ignore[attr-defined]


def test_an_error_reaches_the_server_and_a_response_is_closed() -> None:
    closed = []

    class Response(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    answer = WaitingRoom(lambda _environment, _start: Response([b"a"]), threads=1)({}, print)
    assert list(answer) == [b"a"]
    answer.close()  # type: ignore[attr-defined]
    assert closed == [True]
