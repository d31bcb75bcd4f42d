"""The tasks there are, by name, and which of them come back at intervals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

TaskFunction = Callable[..., Any]

_tasks: dict[str, TaskFunction] = {}
_periods: dict[str, timedelta] = {}


class UnknownTask(LookupError):
    """No room has registered a task of this name."""


def task(name: str) -> Callable[[TaskFunction], TaskFunction]:
    """Register the function under ``room.verb``. Raises ValueError where the name is taken."""

    def register(function: TaskFunction) -> TaskFunction:
        other = _tasks.setdefault(name, function)
        if (other.__module__, other.__qualname__) != (function.__module__, function.__qualname__):
            raise ValueError(f"“{name}” is the name of another task already.")
        _tasks[name] = function
        return function

    return register


def periodic(name: str, *, every: timedelta) -> Callable[[TaskFunction], TaskFunction]:
    """Register a task without arguments that the worker enqueues at intervals."""
    register = task(name)

    def register_with_period(function: TaskFunction) -> TaskFunction:
        _periods[name] = every
        return register(function)

    return register_with_period


def find(name: str) -> TaskFunction:
    """The function of a task. Raises UnknownTask."""
    try:
        return _tasks[name]
    except KeyError:
        raise UnknownTask(f"There is no task “{name}”; there are {', '.join(sorted(_tasks))}.") from None


def periods() -> dict[str, timedelta]:
    """The periodic tasks with their intervals."""
    return dict(_periods)
