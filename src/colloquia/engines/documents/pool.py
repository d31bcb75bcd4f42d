"""Many files through a few long-lived child processes, answers in the order of the files."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from colloquia.engines.documents.limits import Limits
from colloquia.engines.documents.schedule import Crew, Task
from colloquia.engines.documents.worker import PROGRAM
from colloquia.engines.records import ReadText

Key = TypeVar("Key", bound=Hashable)

_AHEAD = 8


class Reader:
    """Reads files in child processes that are bounded, and replaced when a file ends them.

    ``jobs`` children work at once; the answers do not depend on their number. ``ocr`` is
    ``auto``, ``off`` or Tesseract's language codes. Use it in a ``with`` statement, from
    one thread at a time; children start at the first file and end at the latest with the
    statement. ``program`` is the Python code that a child runs.
    """

    def __init__(
        self, limits: Limits | None = None, jobs: int = 1, ocr: str = "auto", *, program: str = PROGRAM
    ) -> None:
        if jobs < 1:
            raise ValueError("jobs must be at least 1")
        self.limits = limits or Limits()
        self._jobs = jobs
        self._crew = Crew(self.limits, jobs, ocr, program)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all children and wait for them."""
        self._crew.close()

    def read(self, path: Path, name: str | None = None) -> ReadText:
        """Return the text of one file; never raises for what is in it."""
        ((_, answer),) = self.read_many([(0, path, path.name if name is None else name)])
        return answer

    def read_bytes(self, data: bytes, name: str) -> ReadText:
        """Return the text of a file that is in memory, an attachment for instance."""
        with tempfile.NamedTemporaryFile(prefix="colloquia-") as copy:
            copy.write(data)
            copy.flush()
            return self.read(Path(copy.name), name)

    def read_many(self, items: Iterable[tuple[Key, Path, str]]) -> Iterator[tuple[Key, ReadText]]:
        """Yield (key, answer) for each (key, path, name), in the same order.

        Items are taken as they are needed, a few ahead. Leaving the loop early ends the
        children that are busy.
        """
        source = iter(items)
        ahead = _AHEAD * self._jobs
        queue: deque[tuple[Key, Task]] = deque()
        try:
            exhausted = False
            while queue or not exhausted:
                while not exhausted and len(queue) < ahead:
                    item = next(source, None)
                    if item is None:
                        exhausted = True
                        break
                    key, path, name = item
                    task = Task(path, name)
                    queue.append((key, task))
                    self._crew.add(task)
                if not queue:
                    return
                key, task = queue[0]
                answer = self._crew.answer_of(task)
                queue.popleft()
                yield key, answer
        finally:
            self._crew.forget(task for _, task in queue)
