"""How far the making of a run has come, in words and as JSON."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.models import Run
from colloquia.consultations.models.requests import RequestState, RunRequest
from colloquia.core.components import Progress
from colloquia.core.tables import Words

STAGES: dict[str, Words] = {
    "passages": gettext_lazy("Splitting texts into passages"),
    "languages": gettext_lazy("Finding languages"),
    "duplicates": gettext_lazy("Finding shared text"),
    "meaning": gettext_lazy("Encoding meaning"),
    "similar": gettext_lazy("Finding reworded messages"),
    "questions": gettext_lazy("Finding questions"),
    "themes": gettext_lazy("Finding themes"),
}


def progress_of(row: RunRequest, url: str = "") -> Progress:
    """The stage at work with its numbers; ``url`` is where a running one can be looked at again."""
    running = row.state == RequestState.RUNNING
    return Progress(
        label=STAGES.get(row.stage, _("Analysis")) if running else _("Analysis"),
        state=row.state,  # type: ignore[arg-type]  # the names are the same
        done=row.done if running else 0,
        total=row.total if running else 0,
        message=row.message,
        url=url if running else "",
    )


def as_json(row: RunRequest, *, base: Run | None, **more: Any) -> dict[str, Any]:
    """A request that learns from ``base``, as one row of JSON; ``more`` is what only its kind has."""
    return {
        "id": row.pk,
        "state": row.state,
        "stage": row.stage,
        "done": row.done,
        "total": row.total,
        "message": row.message,
        "from_run": base.number if base else None,
        "run": row.result.number if row.result else None,
        **more,
        "asked": row.asked_at,
        "ended": row.ended_at,
    }
