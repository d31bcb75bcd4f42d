"""The few values asked for last, kept in this process under names that never come to mean anything else."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """``size`` values by name; threads may share it. Two that ask at once may both make the value."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: Hashable, make: Callable[[], Value]) -> Value:
        """The value of that name, made where it is not held; of two made at once all get the first."""
        with self._lock:
            if name in self._held:
                self._held.move_to_end(name)
                return self._held[name]
        value = make()
        with self._lock:
            value = self._held.setdefault(name, value)
            while len(self._held) > self._size:
                self._held.popitem(last=False)
        return value
