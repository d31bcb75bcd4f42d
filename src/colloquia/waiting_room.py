"""Requests are noted when they arrive and then wait for a free thread: at a deadline the arrival counts.

The web server hands each request to a thread of its own, which notes the time and waits here. A few threads
do the work, each with one connection to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

ARRIVED = "colloquia.arrived"
"""The key of the WSGI environment under which the moment of arrival stands."""
WAITING = 128
"""Requests that may wait in each web process, each in a thread that does nothing else."""

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]


class WaitingRoom:
    """A WSGI application that notes the time of arrival and runs another in so many threads."""

    def __init__(self, application: Application, *, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    def __call__(self, environment: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environment[ARRIVED] = datetime.now(UTC)
        return _Closing(self._threads.submit(self._application, environment, start_response).result())


class _Closing:
    """A response that is given out by the thread that waited; what it opened meanwhile is closed after it."""

    def __init__(self, response: Iterable[bytes]) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._response)

    def close(self) -> None:
        """The server calls this once the response is out or the line broke."""
        from django.db import connections

        try:
            close = getattr(self._response, "close", None)
            if close is not None:
                close()
        finally:
            connections.close_all()
