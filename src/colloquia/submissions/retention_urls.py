"""Addresses of the schedule of retention."""

from __future__ import annotations

from django.urls import path

from colloquia.submissions.views import retention

urlpatterns = [
    path("retention/", retention.page, name="retention"),
    path("retention/<slug:slug>/", retention.hold, name="retention_hold"),
]
