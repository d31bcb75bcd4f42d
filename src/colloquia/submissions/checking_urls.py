"""Addresses of the check."""

from __future__ import annotations

from django.urls import path

from colloquia.submissions.views import checking, checking_history, checking_queue, checking_sealed

_ONE = "calls/<slug:slug>/queue/<str:identifier>/"

urlpatterns = [
    path("calls/<slug:slug>/queue/", checking_queue.queue, name="queue"),
    path("calls/<slug:slug>/queue/next/", checking_queue.queue_next, name="queue_next"),
    path(_ONE, checking.check, name="check"),
    path(f"{_ONE}preview/", checking.check_preview, name="check_preview"),
    path(f"{_ONE}history/", checking_history.check_history, name="check_history"),
    path(f"{_ONE}files/<int:position>/", checking_sealed.check_file, name="check_file"),
    path(f"{_ONE}seal/", checking_sealed.seal, name="seal"),
    path(f"{_ONE}seal/<int:number>/", checking_sealed.seal_decide, name="seal_decide"),
    path(f"{_ONE}sealed/", checking_sealed.seal_opened, name="seal_opened"),
]
