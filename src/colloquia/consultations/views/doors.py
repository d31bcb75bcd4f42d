"""Which consultation and run a request is about, and whether its person may work on it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from colloquia.accounts.rules import is_officer, works_on_analyses
from colloquia.consultations import services
from colloquia.consultations.models import Run
from colloquia.consultations.queries import FilesMissing, NotShown, run_for
from colloquia.core.doors import Arguments, View, only


def run_of(request: HttpRequest, slug: str) -> Run:
    """The run that the address names (``?run=2``), or the one that this person sees without it.

    Its themes in effect are counted: where a correction was made and its counting did not end, it is
    counted now. Raises Http404 where there is none for this person.
    """
    run = run_named(request, slug)
    if run.counted_sequence != run.sequence:
        services.count_themes(run)
        run.refresh_from_db(fields=["counted_sequence"])
    return run


def run_named(request: HttpRequest, slug: str) -> Run:
    """The same for pages that show no counts of themes. Raises Http404, and FilesMissing."""
    text = request.GET.get("run", "") or request.POST.get("run", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404(_("A run is named by its number."))
    try:
        run = run_for(request.user, slug, int(text) if text else None)
    except NotShown as error:
        raise Http404(_("There is no such consultation or run here.")) from error
    if not run.has_files:
        raise FilesMissing(run)
    return run


def officers_only(view: View[Arguments]) -> View[Arguments]:
    """Let officers in; ask who is not signed in to sign in, and refuse everybody else."""
    return only(view, is_officer.test)


def workers_only(view: View[Arguments]) -> View[Arguments]:
    """Let officers and analysts in, for what corrects and reads an analysis and settles nothing."""
    return only(view, works_on_analyses.test)
