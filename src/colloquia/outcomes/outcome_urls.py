"""Addresses of outcomes: the published ones, deciding on them, their terms, and suggestions."""

from __future__ import annotations

from django.urls import URLPattern, path

from colloquia.outcomes.views import became, citing, outcome_edit, outcome_public, terms

_HERE = "consultations/<slug:slug>/outcomes"

urlpatterns: list[URLPattern] = [
    path(f"{_HERE}/", outcome_public.outcomes, name="outcomes"),
    path(f"{_HERE}.json", outcome_public.outcomes_json, name="outcomes_json"),
    path(f"{_HERE}/edit/", outcome_edit.outcomes_edit, name="outcomes_edit"),
    path(f"{_HERE}/edit/<slug:kind>/<str:key>/", outcome_edit.outcome_edit, name="outcome_edit"),
    path(f"{_HERE}/terms/", terms.outcome_terms, name="outcome_terms"),
    path(f"{_HERE}/terms/<slug:code>/", terms.outcome_terms, name="outcome_term"),
    path(f"{_HERE}/suggest/", citing.suggestion_new, name="suggestion_new"),
    path(f"{_HERE}/suggestions/<int:number>/remove/", citing.suggestion_remove, name="suggestion_remove"),
    path("submissions/<str:identifier>/outcome/", became.submission_outcome, name="submission_outcome"),
    path(
        "submissions/<str:identifier>/outcome.json",
        became.submission_outcome_json,
        name="submission_outcome_json",
    ),
    path("receipts/<str:token>/outcome/", became.receipt_outcome, name="receipt_outcome"),
]
