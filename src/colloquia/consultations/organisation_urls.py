"""The addresses of organisations, and of the settings of a consultation."""

from __future__ import annotations

from django.urls import path

from colloquia.consultations.views import organisation_names, organisation_office, organisations, settings

_OFFICE = "<slug:slug>/organisations"

urlpatterns = [
    path("<slug:slug>/settings/", settings.settings, name="consultation_settings"),
    path("<slug:slug>/organisations/", organisations.organisations, name="consultation_organisations"),
    path(
        "<slug:slug>/organisations.json",
        organisations.organisations_json,
        name="consultation_organisations_json",
    ),
    path(f"{_OFFICE}/proposals/", organisation_office.proposals, name="consultation_organisation_proposals"),
    path(f"{_OFFICE}/proposals/look/", organisation_office.look, name="consultation_organisation_look"),
    path(f"{_OFFICE}/decisions/", organisation_office.decisions, name="consultation_organisation_decisions"),
    path(
        f"{_OFFICE}/decisions/<int:number>/undo/",
        organisation_office.undo,
        name="consultation_organisation_undo",
    ),
    path(f"{_OFFICE}/merge/", organisation_names.merge, name="consultation_organisation_merge"),
    path(f"{_OFFICE}/<slug:written_key>/", organisations.organisation, name="consultation_organisation"),
    path(
        f"{_OFFICE}/<slug:written_key>.json",
        organisations.organisation_twin,
        name="consultation_organisation_json",
    ),
    path(
        f"{_OFFICE}/<slug:written_key>/split/",
        organisation_names.split,
        name="consultation_organisation_split",
    ),
]
