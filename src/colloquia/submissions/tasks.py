"""The room's background work."""

from __future__ import annotations

from datetime import timedelta

from colloquia.core.jobs import periodic, task
from colloquia.submissions.services import (
    analysing,
    expiring,
    in_time,
    intake_looking,
    intake_taking,
    preparing,
    retention,
    uploads,
)


@task(preparing.TASK)
def prepare(submission_id: int) -> None:
    """Read the files of a submission and look through its texts. Done again after a crash, it goes on."""
    in_time.count_in_time(submission_id)
    preparing.prepare(submission_id)


@task(in_time.TASK)
def count_in_time(call_id: int) -> None:
    """Take the mark of being late where a call was extended. Done again after a crash, it goes on."""
    in_time.count_all_in_time(call_id)


@task(analysing.TASK)
def analyse(analysis_id: int) -> None:
    """Analyse what is published of a call. Done again after a crash, it goes on."""
    analysing.run_in_child(analysis_id)


@task(intake_looking.TASK)
def look_at_import(import_id: int) -> None:
    """List what an import would make. Done again after a crash, it begins anew."""
    intake_looking.look(import_id)


@task(intake_taking.TASK)
def take_import(import_id: int) -> None:
    """Take in what was confirmed of an import. Done again after a crash, it goes on."""
    intake_taking.take(import_id)


@periodic(expiring.TASK, every=timedelta(days=1))
def expire_drafts() -> None:
    """Remove drafts that were never sent, some time after their call closed."""
    expiring.expire_drafts()


@periodic("submissions.sweep_uploads", every=timedelta(hours=6))
def sweep_uploads() -> None:
    """Remove uploads that nobody went on with."""
    uploads.sweep_uploads()


@periodic(retention.TASK, every=timedelta(days=1))
def destroy_what_is_due() -> None:
    """Destroy what is sealed of calls whose retention is over. Done again after a crash, it goes on."""
    retention.destroy_due()
