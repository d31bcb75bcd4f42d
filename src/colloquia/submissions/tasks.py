"""The room's background work."""

from __future__ import annotations

from colloquia.core.jobs import task
from colloquia.submissions.services import preparing


@task(preparing.TASK)
def prepare(submission_id: int) -> None:
    """Read the files of a submission and look through its texts. Done again after a crash, it goes on."""
    preparing.prepare(submission_id)
