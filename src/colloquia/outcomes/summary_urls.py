"""Addresses of summaries: the published one, and the editor."""

from __future__ import annotations

from django.urls import URLPattern, path

from colloquia.outcomes.views import citing, summary_edit, summary_public

urlpatterns: list[URLPattern] = [
    path("consultations/<slug:slug>/summary/", summary_public.summary, name="summary"),
    path("consultations/<slug:slug>/summary.json", summary_public.summary_json, name="summary_json"),
    path("consultations/<slug:slug>/summary.docx", summary_public.summary_word, name="summary_word"),
    path("consultations/<slug:slug>/summary/edit/", summary_edit.summary_edit, name="summary_edit"),
    path(
        "consultations/<slug:slug>/summary/edit/<int:sentence>/",
        summary_edit.summary_sentence,
        name="summary_sentence",
    ),
    path("consultations/<slug:slug>/summary/cite/", citing.summary_cite, name="summary_cite"),
    path(
        "consultations/<slug:slug>/summary/history/",
        summary_edit.summary_history_page,
        name="summary_history",
    ),
]
