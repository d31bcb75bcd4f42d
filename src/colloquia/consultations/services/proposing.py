"""Looking for names that may be one organisation, in the background, once for a run."""

from __future__ import annotations

import subprocess
import sys

from colloquia.consultations.models import Run
from colloquia.core.jobs import enqueue
from colloquia.engines.bulk.proposals import look_for_proposals, proposals_file
from colloquia.supervisor import end_with_parent

TASK = "consultations.propose_organisations"
_HERE = 5_000
"""So many submissions are looked at in the worker itself; more in a process whose memory goes with it."""


def ask_for_proposals(run: Run) -> None:
    """Have proposals looked for, in the transaction of the caller where there is one."""
    enqueue(TASK, run.pk)


def look(run_id: int) -> None:
    """Look for the proposals of a run, unless they are there. Called by the worker; safe to call again."""
    run = Run.objects.filter(pk=run_id, is_complete=True).first()
    if run is None or proposals_file(run.folder).is_file():
        return
    if int(run.funnel.get("received", 0)) <= _HERE:
        look_for_proposals(run.folder)
        return
    command = [sys.executable, "-m", "colloquia.engines.bulk.proposals", str(run.folder)]
    subprocess.run(command, check=True, preexec_fn=end_with_parent)
