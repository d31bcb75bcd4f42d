"""Background work by name: register a task in a room's ``tasks.py``, enqueue it from a service.

A task must be idempotent: it may run again after a crash. It carries ids, never objects.
"""

from colloquia.core.jobs.names import UnknownTask, periodic, task
from colloquia.core.jobs.queue import enqueue

__all__ = ["UnknownTask", "enqueue", "periodic", "task"]
