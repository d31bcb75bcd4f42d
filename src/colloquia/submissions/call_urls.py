"""Addresses of calls."""

from __future__ import annotations

from django.urls import URLPattern, path

from colloquia.submissions.views import (
    calls,
    calls_files,
    office_calls,
    office_calls_acts,
    office_calls_deleting,
)

urlpatterns: list[URLPattern] = [
    path("calls/", calls.calls, name="calls"),
    path("calls/index.json", calls.calls_json, name="calls_json"),
    path("calls/feed.atom", calls_files.calls_feed, name="calls_feed"),
    path("calls/new/", office_calls.call_new, name="call_new"),
    path("calls/zone/", calls.time_zone, name="call_zone"),
    path("calls/<slug:slug>/", calls.call, name="call"),
    path("calls/<slug:slug>.json", calls.call_twin, name="call_json"),
    path("calls/<slug:slug>/form.docx", calls_files.call_form, name="call_form"),
    path("calls/<slug:slug>/calendar.ics", calls_files.call_calendar, name="call_calendar"),
    path("calls/<slug:slug>/edit/", office_calls.call_edit, name="call_edit"),
    path("calls/<slug:slug>/announce/", office_calls_acts.call_announce, name="call_announce"),
    path("calls/<slug:slug>/extend/", office_calls_acts.call_extend, name="call_extend"),
    path("calls/<slug:slug>/close/", office_calls_acts.call_close, name="call_close"),
    path("calls/<slug:slug>/delete/", office_calls_deleting.call_delete, name="call_delete"),
    path("calls/<slug:slug>/history/", office_calls.call_history, name="call_history"),
]
