"""The addresses of the room."""

from __future__ import annotations

from django.urls import path

from colloquia.issues.views import office, pages, twins

urlpatterns = [
    path("papers/", pages.papers, name="papers"),
    path("papers.json", twins.papers, name="papers_json"),
    path("papers/imports/", office.imports, name="paper_imports"),
    path("papers/imports/new/", office.new_import, name="paper_import_new"),
    path("papers/imports/<uuid:import_id>/", office.one_import, name="paper_import"),
    path("papers/imports/<uuid:import_id>/confirm/", office.confirm, name="paper_import_confirm"),
    path("papers/imports/<uuid:import_id>/discard/", office.discard, name="paper_import_discard"),
    path("papers/<slug:slug>/", pages.paper, name="paper"),
    path("papers/<slug:slug>.json", twins.paper, name="paper_json"),
    path("papers/<slug:slug>/compare/", pages.compare, name="paper_compare"),
    path("papers/<slug:slug>/compare.json", twins.compare, name="paper_compare_json"),
    path("papers/<slug:slug>/<slug:key>/", pages.version, name="paper_version"),
    path("papers/<slug:slug>/<slug:key>.json", twins.version, name="paper_version_json"),
    path("issues/<str:issue_id>/", pages.issue, name="issue"),
    path("issues/<str:issue_id>.json", twins.issue, name="issue_json"),
    path("questions/<str:question_id>/", pages.question, name="question"),
    path("questions/<str:question_id>.json", twins.question, name="question_json"),
]
