"""The settings of a consultation, for officers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colloquia.consultations.forms.settings import SettingsForm
from colloquia.consultations.models.consultation import RunStatus
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.services.settings import (
    SettingsConflict,
    change_settings,
    fingerprint,
    settings_of,
)
from colloquia.consultations.views.doors import officers_only
from colloquia.consultations.views.organisation_office import office_visit
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link


def _form(visit: Visit, data: QueryDict | None = None) -> SettingsForm:
    runs = visit.consultation.runs.filter(is_complete=True).order_by("-number")
    rows, *_rest = bulk_of(visit.run).breakdown("stakeholder")
    return SettingsForm(
        settings_of(visit.consultation),
        runs=[
            (row.number, _("Run %(number)s: %(status)s") % {
                "number": row.number, "status": RunStatus(row.status).label
            })
            for row in runs
        ],
        stakeholders=[(row.value, row.submissions) for row in rows],
        is_hidden=visit.consultation.is_hidden,
        data=data,
        has_call=visit.consultation.closes_at is not None,
    )  # fmt: skip


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The form; on POST the settings are changed, unless somebody else changed them meanwhile."""
    visit = office_visit(request, slug)
    if request.method != "POST":
        return _page(visit, _form(visit))
    form = _form(visit, request.POST)
    conflict = None
    if form.is_valid():
        data = form.cleaned_data
        try:
            change_settings(
                consultation=visit.consultation,
                settings=form.settings,
                by=request.user,
                seen=data["seen"],
                note=data["note"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        except SettingsConflict as met:
            conflict = met
            sent = request.POST.copy()
            sent["seen"] = fingerprint(met.now)
            form = _form(visit, sent)
        else:
            messages.success(request, _("The settings were changed."))
            return redirect(visit.url("consultation_settings"))
    response = _page(visit, form, conflict)
    response.status_code = 409 if conflict else 422
    return response


def _page(visit: Visit, form: SettingsForm, conflict: SettingsConflict | None = None) -> HttpResponseBase:
    return show(
        visit.request,
        visit,
        "settings.html",
        name="consultation_settings",
        trail=(Link(_("Settings")),),
        form=form,
        theirs=conflict.now if conflict else None,
        twin="",
    )
