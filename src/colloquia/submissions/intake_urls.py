"""Addresses of what officers take in by post and mail."""

from __future__ import annotations

from django.urls import URLPattern, path

from colloquia.submissions.views import intake, intake_entry

_IMPORT = "calls/<slug:slug>/import/"

urlpatterns: list[URLPattern] = [
    path(_IMPORT, intake.intake, name="intake"),
    path(f"{_IMPORT}new/", intake.intake_new, name="intake_new"),
    path(f"{_IMPORT}entry/", intake_entry.intake_entry_new, name="intake_entry_new"),
    path(f"{_IMPORT}entry/<int:import_id>/", intake_entry.intake_entry, name="intake_entry"),
    path(f"{_IMPORT}<int:import_id>/", intake.intake_import, name="intake_import"),
    path(f"{_IMPORT}<int:import_id>/again/", intake.intake_again, name="intake_again"),
    path(f"{_IMPORT}<int:import_id>/confirm/", intake.intake_confirm, name="intake_confirm"),
    path(f"{_IMPORT}<int:import_id>/stop/", intake.intake_stop, name="intake_stop"),
    path(f"{_IMPORT}<int:import_id>/resume/", intake.intake_resume, name="intake_resume"),
    path(f"{_IMPORT}<int:import_id>/discard/", intake.intake_discard, name="intake_discard"),
]
