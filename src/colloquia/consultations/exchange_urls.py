"""Addresses of machine drafting and of codebooks; for officers."""

from __future__ import annotations

from django.urls import path

from colloquia.consultations.views import drafting

urlpatterns = [
    path("<slug:slug>/drafts/", drafting.drafts, name="consultation_drafts"),
    path("<slug:slug>/drafts.json", drafting.drafts_json, name="consultation_drafts_json"),
    path("<slug:slug>/drafts/ask/", drafting.ask, name="consultation_drafts_ask"),
    path("<slug:slug>/drafts/<int:number>/", drafting.draft, name="consultation_draft"),
    path("<slug:slug>/drafts/requests/<int:number>/", drafting.change, name="consultation_drafts_change"),
]
