"""Putting tasks into the queue, in the same transaction as the change that calls for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django_tasks import task as django_task

from colloquia.core.jobs import names

Argument = str | int | bool | None


@django_task()
def run_named(name: str, *arguments: Any) -> None:
    """The one task that the queue knows; it looks up ours by name, so that code may move."""
    names.find(name)(*arguments)


def enqueue(name: str, *arguments: Argument, run_after: datetime | None = None, priority: int = 0) -> str:
    """Have a task done in the background; gives the id of the queued task.

    Args:
        name: as registered, for instance ``consultations.analyse``.
        arguments: ids, numbers or words; an object is refused, since it would be stale when the task runs.
        run_after: not before this moment.
        priority: -100 to 100; larger first.

    Raises:
        UnknownTask: no room has registered the name.
        TypeError: an argument is not a plain value.
    """
    names.find(name)
    for argument in arguments:
        if argument is not None and not isinstance(argument, str | int):
            raise TypeError(f"A task takes ids, not a {type(argument).__name__}: {name}.")
    configured = run_named.using(run_after=run_after, priority=priority)
    return str(configured.enqueue(name, *arguments).id)
