"""A run stored once and put back in every later test, which takes a tenth of the time."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from colloquia.consultations.models import Consultation, Run


class KeptRuns:
    """Rows and folders of runs, by the folder of results that they were stored from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: dict[Path, tuple[Run, list[list[Any]]]] = {}

    def stored(self, consultation: Consultation, results: Path) -> Run:
        """What ``store_run`` gives for the first run of a consultation, with all that it leaves."""
        from colloquia.consultations.services import store_run

        if results not in self.kept:
            run = store_run(consultation=consultation, folder=results)
            shutil.copytree(run.folder, self.folder / run.folder_name)
            rows = [list(model._default_manager.filter(run=run)) for model in _models()]
            self.kept[results] = (copy.copy(run), rows)
            return run
        return self._put_back(consultation, results)

    def _put_back(self, consultation: Consultation, results: Path) -> Run:
        from django.conf import settings

        from colloquia.consultations.models.consultation import Run, new_version
        from colloquia.consultations.services.proposing import ask_for_proposals
        from colloquia.consultations.sources import submission_ids
        from colloquia.core import audit, identifiers

        kept, rows = self.kept[results]
        Path(settings.RUNS).mkdir(parents=True, exist_ok=True)
        shutil.copytree(self.folder / kept.folder_name, Path(settings.RUNS) / kept.folder_name)
        run = copy.copy(kept)
        run.pk, run.consultation, run.version = None, consultation, new_version()
        run._state = copy.copy(kept._state)
        run._state.adding = True
        run.save(force_insert=True)
        for model, each in zip(_models(), rows, strict=True):
            model._default_manager.bulk_create([_for(row, run) for row in each])
        identifiers.reserve(submission_ids(run))
        audit.record(run, "consultations.store_run", by=None, before={}, after={"folder": kept.folder_name})
        ask_for_proposals(run)
        return Run.objects.select_related("consultation").get(pk=run.pk)


def _for(row: Any, run: Run) -> Any:
    made = copy.copy(row)
    made._state = copy.copy(row._state)
    made._state.fields_cache = {}
    made.pk, made.run, made._state.adding = None, run, True
    return made


def _models() -> list[Any]:
    from colloquia.consultations.models import (
        MachineBreakdown,
        MachineQuote,
        MachineTheme,
        RunQuestion,
        SharedText,
        ThemeInEffect,
    )

    return [RunQuestion, MachineTheme, MachineQuote, SharedText, MachineBreakdown, ThemeInEffect]
