"""Addresses of priorities and considerations."""

from __future__ import annotations

from django.urls import URLPattern, path

from colloquia.outcomes.views import considerations, priorities

_HERE = "consultations/<slug:slug>/priorities"
_CONSIDERATIONS = "consultations/<slug:slug>/considerations"

urlpatterns: list[URLPattern] = [
    path(f"{_HERE}/", priorities.priorities, name="priorities"),
    path(f"{_HERE}.json", priorities.priorities_json, name="priorities_json"),
    path(f"{_HERE}/new/", priorities.priority_edit, name="priority_new"),
    path(f"{_HERE}/<int:number>/", priorities.priority_round, name="priority_round"),
    path(f"{_HERE}/<int:number>/edit/", priorities.priority_edit, name="priority_edit"),
    path(f"{_HERE}/<int:number>/<slug:verb>/", priorities.priority_act, name="priority_act"),
    path(f"{_CONSIDERATIONS}/", considerations.considerations, name="considerations"),
    path(f"{_CONSIDERATIONS}.json", considerations.considerations_json, name="considerations_json"),
    path(f"{_CONSIDERATIONS}/new/", considerations.consideration_edit, name="consideration_new"),
    path(f"{_CONSIDERATIONS}/<int:number>/", considerations.consideration, name="consideration"),
    path(
        f"{_CONSIDERATIONS}/<int:number>/edit/", considerations.consideration_edit, name="consideration_edit"
    ),
    path(
        f"{_CONSIDERATIONS}/<int:number>/<slug:verb>/",
        considerations.consideration_act,
        name="consideration_act",
    ),
]
