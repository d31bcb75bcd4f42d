"""The room's background work."""

from __future__ import annotations

from colloquia.consultations.services import (
    again,
    codebook,
    drafting,
    proposing,
    recounting,
    translation_requests,
)
from colloquia.core.jobs import task


@task(again.TASK)
def analyse_again(request_id: int) -> None:
    """Make the next run that an officer asked for. Done again after a crash, it goes on."""
    again.run_in_child(request_id)


@task(translation_requests.TASK)
def translate(request_id: int) -> None:
    """Have passages translated by the service that is set up. Done again after a crash, it goes on."""
    translation_requests.perform_request(request_id)


@task(drafting.TASK)
def draft(request_id: int) -> None:
    """Ask the model for drafts. Done again after a crash, it goes on with the themes not asked about yet."""
    drafting.perform(request_id)


@task(proposing.TASK)
def propose_organisations(run_id: int) -> None:
    """Look for names of a run that may be one organisation. Done again after a crash, it begins anew."""
    proposing.look(run_id)


@task(recounting.TASK)
def recount(consultation_id: int) -> None:
    """Bring counts in line with what was decided on organisations and states."""
    recounting.recount(consultation_id)


@task(codebook.TASK)
def take_codebook(file_id: int) -> None:
    """Make the corrections confirmed from a codebook. Done again after a crash, it goes on."""
    codebook.perform(file_id)
