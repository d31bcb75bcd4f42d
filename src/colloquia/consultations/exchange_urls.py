"""Addresses of machine drafting and of codebooks; for officers."""

from __future__ import annotations

from django.urls import path

from colloquia.consultations.views import codebook, drafting

urlpatterns = [
    path("<slug:slug>/codebook/", codebook.codebook, name="consultation_codebook"),
    path("<slug:slug>/codebook.json", codebook.codebook_json, name="consultation_codebook_json"),
    path("<slug:slug>/codebook/file/", codebook.out, name="consultation_codebook_out"),
    path("<slug:slug>/codebook/<int:number>/", codebook.file, name="consultation_codebook_file"),
    path(
        "<slug:slug>/codebook/<int:number>.json", codebook.file_json, name="consultation_codebook_file_json"
    ),
    path("<slug:slug>/drafts/", drafting.drafts, name="consultation_drafts"),
    path("<slug:slug>/drafts.json", drafting.drafts_json, name="consultation_drafts_json"),
    path("<slug:slug>/drafts/ask/", drafting.ask, name="consultation_drafts_ask"),
    path("<slug:slug>/drafts/<int:number>/", drafting.draft, name="consultation_draft"),
    path("<slug:slug>/drafts/requests/<int:number>/", drafting.change, name="consultation_drafts_change"),
]
