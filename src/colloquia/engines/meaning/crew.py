"""Work over fixed batches in any number of processes, with the same result for any number."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from types import TracebackType
from typing import Self, TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")


class Crew:
    """Up to ``jobs`` processes, started at the first work and kept for the next, in a ``with`` statement.

    Functions and arguments must be picklable. With one job the work is done in this process.
    """

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def map(self, function: Callable[[Argument], Result], arguments: Iterable[Argument]) -> Iterator[Result]:
        """``function`` of each argument, in order."""
        if self.jobs <= 1:
            return map(function, arguments)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.jobs, mp_context=get_context("spawn"), initializer=_join_crew
            )
        return self._pool.map(function, arguments)


def _join_crew() -> None:
    """Prepare a process: Ctrl-C is for the one that started it, and it ends when that one is gone.

    Without the second, a killed analysis would leave its processes waiting for work for ever, as each
    of them holds the queue open for the others.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
