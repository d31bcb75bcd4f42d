"""Progress on the terminal: count, rate and time left of each stage; plain lines where there is none."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Self

_LABELS = {
    "read": "Reading documents",
    "passages": "Cutting passages",
    "languages": "Telling languages",
    "duplicates": "Finding shared text",
    "meaning": "Encoding meaning",
    "similar": "Finding reworded letters",
    "questions": "Mapping to questions",
    "themes": "Finding themes",
    "write": "Writing results",
    "intake_look": "Looking at submissions",
    "intake_take": "Taking in submissions",
    "backup": "Copying files",
    "restore_check": "Checking the backup",
    "restore": "Putting files back",
    "restore_rows": "Filling tables",
}
_EVERY = 5.0


class TerminalProgress:
    """Call it with (stage, done, total): bars on a terminal, elsewhere lines; all on stderr.

    A total of 0 is one that is not known yet.
    """

    def __init__(self) -> None:
        self._bars: dict[str, Any] = {}
        self._rich: Any = None
        self._started: dict[str, float] = {}
        self._said: dict[str, float] = {}

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeElapsedColumn,
                TimeRemainingColumn,
            )

            self._rich = Progress(
                TextColumn("{task.description:<26}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
            )
            self._rich.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._rich is not None:
            self._rich.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        started = self._started.setdefault(stage, now)
        rate = done / (now - started) if now - started > 0.5 else 0.0
        if self._rich is not None:
            self._bar(stage, done, total, f"{rate:,.0f}/s" if rate else "")
        elif (ended := done >= total > 0) or now - self._said.get(stage, started) >= _EVERY:
            if ended and stage in self._said and self._said[stage] < 0:
                return
            self._said[stage] = -1.0 if ended else now
            left = f", {(total - done) / rate:,.0f} s left" if rate and done < total else ""
            of = f" of {total:,}" if total else ""
            speed = f" ({rate:,.0f}/s{left})" if rate else ""
            print(f"{_LABELS.get(stage, stage)}: {done:,}{of}{speed}", file=sys.stderr, flush=True)

    def _bar(self, stage: str, done: int, total: int, rate: str) -> None:
        if stage not in self._bars:
            label = _LABELS.get(stage, stage)
            self._bars[stage] = self._rich.add_task(label, total=total or None, rate=rate)
        self._rich.update(self._bars[stage], completed=done, total=total or None, rate=rate)
