"""The only ways to a consultation and a run for a person who asks."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from colloquia.accounts.rules import is_officer, works_on_analyses
from colloquia.consultations.models import Consultation, Run


class NotShown(LookupError):
    """There is no such consultation or run, or it is not for this person; the two look alike."""


class FilesMissing(Exception):
    """The run is there and its folder is not, so that none of its pages can be made."""

    def __init__(self, run: Run) -> None:
        self.run = run
        super().__init__(f"{run.folder} is missing or not whole; put it back from a backup.")


def visible_consultations(user: Any) -> QuerySet[Consultation]:
    """What a person may see of the list: officers everything, others what is public.

    Analysts see besides what has a run. A consultation stays public where its run is not shown at present.
    """
    rows = Consultation.objects.select_related("shown_run")
    if is_officer(user):
        return rows
    public = Q(is_public=True)
    if works_on_analyses(user):
        return rows.filter(public | Q(pk__in=Run.objects.filter(is_complete=True).values("consultation")))
    return rows.filter(public)


def consultation_for(user: Any, slug: str) -> Consultation:
    """A consultation that the person may see. Raises NotShown."""
    found = visible_consultations(user).filter(slug=slug).first()
    if found is None:
        raise NotShown(slug)
    return found


def hidden_from(user: Any, slug: str) -> Consultation | None:
    """A public consultation of which no run is shown to this person at present; None where one is.

    Officers and analysts see every run.
    """
    if works_on_analyses(user):
        return None
    return Consultation.objects.filter(slug=slug, is_public=True, shown_run__isnull=True).first()


def run_for(user: Any, slug: str, number: int | None = None) -> Run:
    """A run that the person may see. Without a number: for the public the one that is shown, for
    officers and analysts the latest.

    Raises NotShown.
    """
    runs = Run.objects.filter(consultation__slug=slug, is_complete=True).select_related(
        "consultation", "prior", "reviewed_by", "signed_by"
    )
    if works_on_analyses(user):
        found = (runs.filter(number=number) if number is not None else runs.order_by("-number")).first()
    else:
        found = runs.filter(consultation__is_public=True, shown_in__isnull=False).first()
        if found is not None and number not in (None, found.number):
            found = None
    if found is None:
        raise NotShown(f"{slug} {number or ''}".strip())
    return found
