"""What waits for an officer, over all consultations, for the page on which they begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from colloquia.consultations.models import AnalysisRequest, Consultation, Correction, Run, Translation
from colloquia.consultations.models.consultation import RunStatus
from colloquia.consultations.models.requests import RequestState
from colloquia.consultations.queries.coverage import unsupported_languages


@dataclass(frozen=True, slots=True)
class TranslationsWaiting:
    """Passages of a consultation in unsupported languages, and how many of them have a translation."""

    run: Run
    passages: int
    translated: int

    @property
    def waiting(self) -> int:
        """Passages without a translation."""
        return max(self.passages - self.translated, 0)


def latest_runs() -> list[Run]:
    """The latest whole run of each consultation, the newest consultation first. One query."""
    last = Run.objects.filter(consultation=OuterRef("pk"), is_complete=True).order_by("-number").values("pk")
    keys = Consultation.objects.annotate(last=Subquery(last[:1])).values("last")
    rows = Run.objects.filter(pk__in=keys).select_related("consultation", "reviewed_by")
    return list(rows.order_by("-consultation__created_at", "consultation__slug"))


def translations_waiting(runs: Sequence[Run]) -> list[TranslationsWaiting]:
    """For runs with passages in unsupported languages, in the same order. One query at most."""
    found = []
    wanted = [run for run in runs if unsupported_languages(run)]
    counts: dict[tuple[int, str], int] = {}
    if wanted:
        rows = Translation.objects.filter(
            consultation__in=[run.consultation_id for run in wanted], replaced_at=None
        )
        counts = {
            (row["consultation"], row["source_language"]): row["n"]
            for row in rows.order_by()
            .values("consultation", "source_language")
            .annotate(n=Count("passage_id", distinct=True))
        }
    for run in wanted:
        languages = unsupported_languages(run)
        passages = sum(item["passages"] for item in run.languages if item["language"] in languages)
        translated = sum(counts.get((run.consultation_id, language), 0) for language in languages)
        found.append(TranslationsWaiting(run, passages, translated))
    return found


def latest_corrections(number: int = 10) -> QuerySet[Correction]:
    """The last corrections by anybody, latest first. One query."""
    rows = Correction.objects.select_related("run__consultation", "by", "undone_by")
    return rows.order_by("-at", "-pk")[:number]


def requests_under_way() -> QuerySet[AnalysisRequest]:
    """Analyses that were asked for and have not ended. One query."""
    rows = AnalysisRequest.objects.filter(state__in=[RequestState.WAITING, RequestState.RUNNING])
    return rows.select_related("consultation", "base", "asked_by")


def runs_waiting(runs: Sequence[Run], person: Any) -> list[tuple[Run, str]]:
    """Of these, the runs that wait for ``review``, or to be signed: by this person (``sign``), or by another
    since this person reviewed them (``other``).
    """
    found = []
    for run in runs:
        if run.status == RunStatus.DRAFT:
            found.append((run, "review"))
        elif run.status == RunStatus.REVIEWED:
            found.append((run, "other" if run.reviewed_by_id == person.pk else "sign"))
    return found
