"""The background worker: takes one task after the other until it is told to stop.

SIGTERM and SIGINT let the task at hand end; after ``PATIENCE`` seconds it is given back to the queue.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import threading
import time
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections, connections

from colloquia.core.jobs import leases, schedules

logger = logging.getLogger("colloquia.jobs")

INTERVAL = 1.0
"""Seconds between looks at an empty queue."""
PULSE = 15.0
CHORES = 30.0
PATIENCE = 12.0


class _ToldToStop(BaseException):
    """Raised inside a task that did not end in time."""


class Worker:
    """One worker process. ``with_reaper`` is switched off only to show what the reaper is for."""

    def __init__(self, *, with_reaper: bool = True, batch: bool = False) -> None:
        """With ``batch`` it ends when the queue is empty."""
        self.worker_id = f"{os.getpid()}-{secrets.token_hex(6)}"
        self.with_reaper = with_reaper
        self.batch = batch
        # A plain flag: a signal handler that set an Event could wait for itself.
        self._stopping = False
        self._ended = threading.Event()
        self._in_task = False
        self._chores_due = 0.0

    def run(self) -> int:
        """Work until told to stop; gives the exit status."""
        handlers = {number: signal.signal(number, self._told) for number in (signal.SIGTERM, signal.SIGINT)}
        handlers[signal.SIGALRM] = signal.signal(signal.SIGALRM, self._out_of_patience)
        pulse = threading.Thread(target=self._keep_pulse, name="pulse", daemon=True)
        pulse.start()
        try:
            while not self._stopping and self.step():
                close_old_connections()
        except _ToldToStop:
            logger.info("The worker was told to stop.")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._ended.set()
            for number, handler in handlers.items():
                signal.signal(number, handler)
            pulse.join(timeout=5)
        return 0

    def step(self) -> bool:
        """One look at the queue. False where the work is done and nothing more is wanted."""
        try:
            self._do_chores()
            row = leases.claim(self.worker_id)
        except (OperationalError, InterfaceError):
            logger.exception("The queue cannot be read; trying again.")
            connections.close_all()
            time.sleep(5)
            return True
        if row is not None:
            self._run(row)
            return True
        if self.batch:
            return False
        time.sleep(INTERVAL)
        return True

    def _run(self, row: leases.TaskRow) -> None:
        error: BaseException | None = None
        started = time.monotonic()
        name = str((row.args_kwargs["args"] or ["?"])[0])
        try:
            self._in_task = True
            task = row.task
            task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        except _ToldToStop:
            leases.release(row, self.worker_id)
            logger.warning("Task %s (%s) was given back: the worker must stop.", row.id, name)
            raise
        except (SystemExit, Exception) as raised:
            error = raised
            logger.exception("Task %s (%s) failed.", row.id, name)
        finally:
            self._in_task = False
        if self._record(row, error) and error is None:
            logger.info("Task %s (%s) done in %.1f s.", row.id, name, time.monotonic() - started)

    def _record(self, row: leases.TaskRow, error: BaseException | None) -> bool:
        """Write the outcome, with patience: a task that was done must not run again for a busy database."""
        for pause in (0.2, 1, 5, 10):
            try:
                return leases.finish(row, self.worker_id, error)
            except (OperationalError, InterfaceError):
                logger.exception("The outcome of task %s could not be written; trying again.", row.id)
                connections.close_all()
                time.sleep(pause)
        return leases.finish(row, self.worker_id, error)

    def _do_chores(self) -> None:
        if time.monotonic() < self._chores_due:
            return
        self._chores_due = time.monotonic() + CHORES
        if self.with_reaper:
            leases.reap()
        schedules.keep_table()
        schedules.enqueue_due()

    def _keep_pulse(self) -> None:
        """Beat from the start to the end, also during a long task; in a thread with its own connection."""
        try:
            while True:
                try:
                    leases.renew(self.worker_id)
                except (OperationalError, InterfaceError):
                    logger.exception("The worker's pulse could not be written; trying again.")
                    connections.close_all()
                if self._ended.wait(PULSE):
                    return
        finally:
            connections.close_all()

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)

    def _out_of_patience(self, _number: int, _frame: FrameType | None) -> None:
        if self._in_task:
            raise _ToldToStop


def run() -> int:
    """Work until told to stop; ``colloquia work`` calls this. Gives the exit status."""
    return Worker().run()
