"""The room's background work."""

from __future__ import annotations

from colloquia.core.jobs import task
from colloquia.outcomes.services import publishing, telling


@task(publishing.TASK_TELL)
def tell_senders(publication_id: int) -> None:
    """Write to senders that outcomes are published. Done again after a crash, it goes on."""
    telling.tell_senders(publication_id)
