"""What a caller may choose about an analysis, and how it hears of the progress."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

STAGES = (
    "read",
    "passages",
    "languages",
    "duplicates",
    "meaning",
    "similar",
    "questions",
    "themes",
    "counts",
)


@dataclass(frozen=True, slots=True)
class Options:
    """``year`` stands in the ids; ``themes`` is the number wanted per question, None to choose it.

    ``jobs`` is the number of processes; the result does not depend on it. ``resamples`` is the
    number of resamples behind a theme's stability.
    """

    title: str
    year: int
    themes: int | None = None
    seed: int = 0
    encoder: str = "use"
    jobs: int = 1
    resamples: int = 8
    ocr: str = "auto"


class Progress(Protocol):
    """Told how far a stage has come; ``total`` is 0 where it is not known."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """A progress report that nobody reads."""


@dataclass(slots=True)
class StageTimes:
    """Seconds and peak memory (bytes, of this process and the largest child) by stage.

    ``clock`` is a parameter, since engines have none of their own.
    """

    clock: Callable[[], float]
    seconds: dict[str, float] = field(default_factory=dict)
    peak_bytes: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure one stage."""
        start = self.clock()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0.0) + self.clock() - start, 3)
        self.peak_bytes[name] = peak_memory()


def peak_memory() -> int:
    """Most memory that this process, and any one child that has ended, have held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * unit
