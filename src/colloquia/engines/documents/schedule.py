"""Who reads which file: hands files to children, watches their limits, replaces the fallen."""

from __future__ import annotations

import selectors
import signal
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from colloquia.engines.documents import mediatypes as media
from colloquia.engines.documents import problems
from colloquia.engines.documents.framing import BrokenFrame, TooMuch, to_answer
from colloquia.engines.documents.limits import Limits
from colloquia.engines.documents.worker import Worker
from colloquia.engines.records import ReadText

_ATTEMPTS = 3


@dataclass(eq=False, slots=True)
class Task:
    """One file on its way through the children."""

    path: Path
    name: str
    answer: ReadText | None = None
    attempts: int = 0
    page: int = 0
    skip: set[int] = field(default_factory=set)
    fresh: bool = False
    seconds: float = 0.0
    since: float = 0.0


class Crew:
    """The children and the files that wait for them."""

    def __init__(self, limits: Limits, jobs: int, ocr: str, program: str) -> None:
        self._limits, self._jobs, self._ocr, self._program = limits, jobs, ocr, program
        self._waiting: deque[Task] = deque()
        self._idle: list[Worker] = []
        self._busy: dict[Worker, Task] = {}
        self._selector = selectors.DefaultSelector()

    def add(self, task: Task) -> None:
        """Let a file wait for a child."""
        self._waiting.append(task)
        self._assign()

    def answer_of(self, task: Task) -> ReadText:
        """Return the answer for a file, working on all files until it is there."""
        now = time.monotonic()
        for other in self._busy.values():
            # The time since the last call was the caller's, not the child's.
            other.since = now
        while task.answer is None:
            self._assign()
            self._listen()
        return task.answer

    def forget(self, tasks: Iterable[Task]) -> None:
        """Drop files that nobody waits for any more, with the children that read them."""
        dropped = set(tasks)
        self._waiting = deque(task for task in self._waiting if task not in dropped)
        for worker, task in list(self._busy.items()):
            if task in dropped:
                del self._busy[worker]
                self._dismiss(worker)

    def close(self) -> None:
        """End all children."""
        for worker in [*self._busy, *self._idle]:
            self._dismiss(worker)
        self._busy.clear()
        self._idle.clear()
        self._waiting.clear()
        self._selector.close()

    def _assign(self) -> None:
        while self._waiting and (self._idle or len(self._busy) < self._jobs):
            task = self._waiting.popleft()
            if task.fresh and self._idle:
                self._dismiss(self._idle.pop())
            worker = self._idle.pop() if self._idle else self._hire()
            task.attempts += 1
            task.page, task.seconds, task.since = 0, float(self._limits.wall_seconds), time.monotonic()
            self._busy[worker] = task
            worker.ask(task.path, task.name, task.skip)

    def _hire(self) -> Worker:
        if self._selector.get_map() is None:
            self._selector = selectors.DefaultSelector()
        worker = Worker(self._limits, self._ocr, self._program)
        self._selector.register(worker, selectors.EVENT_READ)
        return worker

    def _dismiss(self, worker: Worker, *, by_itself: bool = False) -> int:
        self._selector.unregister(worker)
        return worker.end(by_itself=by_itself)

    def _listen(self) -> None:
        """Wait for the next message or the next limit, and deal with it."""
        now = time.monotonic()
        for task in self._busy.values():
            task.seconds -= now - task.since
            task.since = now
        patience = max(0.0, min(task.seconds for task in self._busy.values()))
        heard = self._selector.select(patience)
        for key, _ in heard:
            self._hear(cast("Worker", key.fileobj))
        if not heard:
            spent = time.monotonic() - now
            for worker, task in list(self._busy.items()):
                if task.seconds <= spent:
                    self._lose(worker, problems.WALL_CLOCK, kill=True)

    def _hear(self, worker: Worker) -> None:
        try:
            messages = worker.listen()
            if messages is None:
                self._lose(worker, problems.CRASHED)
                return
            for message, blobs in messages:
                self._take(worker, message, blobs)
        except TooMuch:
            self._lose(worker, problems.OUTPUT, kill=True)
        except BrokenFrame:
            self._lose(worker, problems.GARBLED, kill=True)

    def _take(self, worker: Worker, message: dict[str, Any], blobs: list[bytes]) -> None:
        task = self._busy.get(worker)
        if task is None:
            raise BrokenFrame
        if "page" in message:
            if type(message["page"]) is not int:
                raise BrokenFrame
            task.page = message["page"]
            if message.get("slow") is True:
                task.seconds = float(self._limits.wall_seconds + self._limits.ocr_seconds)
            return
        answer = to_answer(message, blobs)
        if answer.problem == problems.MEMORY:
            self._lose(worker, problems.MEMORY, kill=True)
            return
        task.answer = answer
        del self._busy[worker]
        if worker.served >= self._limits.recycle_after:
            self._dismiss(worker)
        else:
            self._idle.append(worker)

    def _lose(self, worker: Worker, reason: str, *, kill: bool = False) -> None:
        """Replace a child, and try its file again where that can help."""
        status = self._dismiss(worker, by_itself=not kill)
        task = self._busy.pop(worker, None)
        if task is None:
            if worker in self._idle:
                self._idle.remove(worker)
            return
        if not kill:
            reason = {-signal.SIGXCPU: problems.PROCESSOR, -signal.SIGKILL: problems.MEMORY,
                      -signal.SIGALRM: problems.WALL_CLOCK}.get(status, reason)  # fmt: skip
        if task.attempts < _ATTEMPTS and self._may_help(task, worker, reason):
            task.fresh = True
            self._waiting.appendleft(task)
            return
        kind = media.BY_EXTENSION.get(media.extension(task.name), media.BINARY)
        task.answer = ReadText("", kind, status="unreadable", problem=reason)

    def _may_help(self, task: Task, worker: Worker, reason: str) -> bool:
        """Tell whether the file may still be read: without a page, or in a child of its own.

        A file that shares a child with others may fail for what they left behind, and the
        outcome may not depend on the neighbours.
        """
        if task.page:
            if not task.skip:
                task.skip.add(task.page)
            else:
                task.skip.update(range(task.page, self._limits.pages + 1))
            return True
        return worker.served > 1 and reason in (problems.CRASHED, problems.MEMORY, problems.GARBLED)
