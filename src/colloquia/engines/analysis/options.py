"""What a caller may choose about an analysis, and how it hears of the progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from colloquia.engines.analysis import memory

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
    number of resamples behind a theme's stability, at most five where there are more
    passages than the core of the tree holds. ``keep_vectors`` leaves the vectors of the passages in the
    result.
    """

    title: str
    year: int
    themes: int | None = None
    seed: int = 0
    encoder: str = "use"
    jobs: int = 1
    resamples: int = 8
    ocr: str = "auto"
    keep_vectors: bool = False


class Progress(Protocol):
    """Told how far a stage has come; ``total`` is 0 where it is not known."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """A progress report that nobody reads."""


@dataclass(slots=True)
class StageTimes:
    """Seconds and peak memory (bytes, of this process and its children together) by stage.

    ``clock`` is a parameter, since engines have none of their own.
    """

    clock: Callable[[], float]
    seconds: dict[str, float] = field(default_factory=dict)
    peak_bytes: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure one stage."""
        start = self.clock()
        memory.forget_peaks()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0.0) + self.clock() - start, 3)
        self.peak_bytes[name] = max(self.peak_bytes.get(name, 0), memory.peak())
