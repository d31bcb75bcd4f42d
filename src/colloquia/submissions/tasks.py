"""The room's background work."""

from __future__ import annotations

from colloquia.core.jobs import task
from colloquia.submissions.services import analysing, preparing


@task(preparing.TASK)
def prepare(submission_id: int) -> None:
    """Read the files of a submission and look through its texts. Done again after a crash, it goes on."""
    preparing.prepare(submission_id)


@task(analysing.TASK)
def analyse(analysis_id: int) -> None:
    """Analyse what is published of a call. Done again after a crash, it goes on."""
    analysing.run_in_child(analysis_id)
