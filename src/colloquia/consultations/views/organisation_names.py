"""What officers do about the names of organisations: merge some by hand, take names out of one."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colloquia.consultations.forms.organisations import NameForm, read_number
from colloquia.consultations.models.organisations import OrganisationVerdict
from colloquia.consultations.presentation.organisations import (
    MOST_NAMES,
    name_choices,
    shape,
    written_lines,
)
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.organisations import (
    organisation_at,
    organisations_by_key,
    organisations_meant,
)
from colloquia.consultations.services.organisation_refusals import OrganisationsRefused, said
from colloquia.consultations.services.organisations import Choice, decide_one
from colloquia.consultations.views.doors import officers_only
from colloquia.consultations.views.finding import NothingHere
from colloquia.consultations.views.organisation_office import office_visit, trail_to
from colloquia.consultations.views.organisations import found_organisation
from colloquia.consultations.views.showing import show
from colloquia.engines.bulk.organisations import OrganisationRow


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Organisations chosen by hand, made one. More can be added by name first."""
    visit = office_visit(request, slug)
    data = request.POST if request.method == "POST" else request.GET
    chosen, unknown = _chosen(visit, data.getlist("organisation"), data.get("add", ""))
    form = NameForm(name_choices(chosen), request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        choice = Choice(OrganisationVerdict.SAME, tuple(row.key for row in chosen), form.chosen)
        try:
            made = decide_one(
                run=visit.run, choice=choice, by=request.user, seen=read_number(request.POST, "seen")
            )
        except OrganisationsRefused as error:
            refusal = str(error)
        else:
            messages.success(request, said(made))
            return redirect(visit.url("consultation_organisation", chosen[0].written_key))
        visit = office_visit(request, slug)
    response = show(
        request,
        visit,
        "organisation_merge.html",
        name="consultation_organisation_merge",
        trail=trail_to(visit, _("Merge")),
        chosen=[shape(visit, row) for row in chosen],
        unknown=unknown,
        form=form,
        refusal=refusal,
        seen=visit.consultation.organisations_sequence,
        twin="",
    )
    response.status_code = 409 if refusal else 200
    return response


def _chosen(visit: Visit, keys: Sequence[str], add: str) -> tuple[list[OrganisationRow], str]:
    """What was chosen, each once, with those of the name ``add``; and that name where nobody has it."""
    rows = [row for key in keys[:50] if (row := organisation_at(visit.run, key)) is not None]
    added = organisations_meant(visit.run, add) if add.strip() else ()
    rows += organisations_by_key(visit.run, added).values() if added else ()
    return list({row.key: row for row in rows}.values()), add if add.strip() and not added else ""


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, slug: str, written_key: str) -> HttpResponseBase:
    """Names of an organisation, some of which are taken out to be one of their own."""
    visit = office_visit(request, slug)
    try:
        row = found_organisation(visit, written_key)
    except NothingHere as nothing:
        return render(
            request, "consultations/missing.html", {"message": str(nothing), "slug": slug}, status=404
        )
    lines = written_lines(visit, row)
    taken = [key for key in request.POST.getlist("taken") if any(line.row.key == key for line in lines)]
    names = tuple(dict.fromkeys(line.row.name for line in lines))[:MOST_NAMES]
    form = NameForm(names, request.POST if request.method == "POST" else None, preselect=False)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        # Without a choice it is shown by the first of its own names.
        own = next((line.row.name for line in lines if line.row.key in taken), "")
        choice = Choice(OrganisationVerdict.SPLIT, tuple(taken), form.chosen or own)
        try:
            made = decide_one(
                run=visit.run, choice=choice, by=request.user, seen=read_number(request.POST, "seen")
            )
        except OrganisationsRefused as error:
            refusal = str(error)
        else:
            messages.success(request, said(made))
            return redirect(visit.url("consultation_organisation", taken[0]))
        visit = office_visit(request, slug)
    response = show(
        request,
        visit,
        "organisation_split.html",
        name="consultation_organisation_split",
        arguments=(written_key,),
        trail=trail_to(visit, row.name),
        organisation=shape(visit, row),
        names=lines,
        taken=taken,
        form=form,
        refusal=refusal,
        seen=visit.consultation.organisations_sequence,
        twin="",
    )
    response.status_code = 409 if refusal else 200
    return response
