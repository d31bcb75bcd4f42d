"""After the receipt, in the background: texts out of files, and what an officer should look at."""

from __future__ import annotations

from colloquia.submissions.services.receiving import TASK_PREPARE

TASK = TASK_PREPARE


def prepare(submission_id: int) -> None:
    """Make the texts of the latest version of a submission."""
