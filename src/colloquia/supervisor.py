"""Keeping children alive: started together, restarted when they die, stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

STOP_SECONDS = 20
SHORT_LIFE_SECONDS = 10
MOST_SHORT_LIVES = 5
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def end_with_parent() -> None:
    """In a child before it starts: be told to stop when the parent is gone, even if it was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)


@dataclass
class Child:
    """A program that is to run as long as we do."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    short_lives: int = 0
    due: float = field(default=0.0, repr=False)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it through us and in order."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=end_with_parent)  # noqa: PLW1509 -- single-threaded here

    def signal(self, number: int) -> None:
        """Pass a signal to it and to what it has started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Runs children until SIGTERM or SIGINT. A child that keeps dying at once ends the whole."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = list(children)
        self.stopping = False

    def run(self, announce: Callable[[], bool]) -> int:
        """Start all, call ``announce`` until it is true, watch. Gives 0 when told to stop, 1 on failure."""
        previous = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        announced = False
        try:
            for child in self.children:
                child.start()
            while not self.stopping:
                if not self._watch():
                    return 1
                announced = announced or announce()
                time.sleep(0.2)
            return 0
        finally:
            self._end_all()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _watch(self) -> bool:
        """Restart the dead, a little later each time. False where one dies again and again at once."""
        now = time.monotonic()
        for child in self.children:
            if child.process is None:
                if now >= child.due:
                    child.start()
                continue
            status = child.process.poll()
            if status is None:
                continue
            child.signal(signal.SIGKILL)  # what it has left behind would hold the port
            short = now - child.started < SHORT_LIFE_SECONDS
            child.short_lives = child.short_lives + 1 if short else 0
            if child.short_lives >= MOST_SHORT_LIVES:
                print(
                    f"colloquia: the {child.name} keeps failing (status {status}); giving up.",
                    file=sys.stderr,
                )
                return False
            print(f"colloquia: the {child.name} ended (status {status}); starting it again.", file=sys.stderr)
            child.process = None
            child.due = now + min(0.25 * 2**child.short_lives, 5)
        return True

    def _end_all(self) -> None:
        for child in self.children:
            if child.process is not None and child.process.poll() is None:
                child.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                print(f"colloquia: the {child.name} did not stop in time; ending it.", file=sys.stderr)
            child.signal(signal.SIGKILL)
            child.process.wait()
