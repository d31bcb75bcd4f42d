"""Addresses of the revised paper: the published comparison, and the editor."""

from __future__ import annotations

from django.urls import URLPattern, path

from colloquia.outcomes.views import revision_edit, revision_public

_HERE = "consultations/<slug:slug>/revision"

urlpatterns: list[URLPattern] = [
    path(f"{_HERE}/", revision_public.revision, name="revision"),
    path(f"{_HERE}.json", revision_public.revision_twin, name="revision_json"),
    path(f"{_HERE}/edit/", revision_edit.revisions_edit, name="revisions_edit"),
    path(f"{_HERE}/edit/<slug:key>/", revision_edit.revision_edit, name="revision_edit"),
    path(f"{_HERE}/edit/<slug:key>/change/", revision_edit.revision_change, name="revision_change"),
]
