"""Addresses of what is public, of publishing, and of the analysis of a call."""

from __future__ import annotations

from django.urls import URLPattern, path

from colloquia.submissions.views import analysing, bulk, feed, published, publishing

_ONE = "submissions/<str:identifier>"

urlpatterns: list[URLPattern] = [
    path("calls/<slug:slug>/submissions/", published.submissions, name="submissions"),
    path("calls/<slug:slug>/submissions.json", published.submissions_json, name="submissions_json"),
    path(
        "calls/<slug:slug>/submissions.csv",
        published.submissions_file,
        {"kind": "csv"},
        name="submissions_csv",
    ),
    path(
        "calls/<slug:slug>/submissions.xlsx",
        published.submissions_file,
        {"kind": "xlsx"},
        name="submissions_xlsx",
    ),
    path("calls/<slug:slug>/submissions.zip", bulk.submissions_zip, name="submissions_zip"),
    path("calls/<slug:slug>/submissions.atom", feed.feed, name="submissions_feed"),
    path("calls/<slug:slug>/publish/", publishing.publish, name="submissions_publish"),
    path("calls/<slug:slug>/analyse/", analysing.analyse, name="call_analyse"),
    path("calls/<slug:slug>/analyse.json", analysing.analyse_json, name="call_analyse_json"),
    path("calls/<slug:slug>/analyse/<int:number>/abandon/", analysing.abandon, name="call_analyse_abandon"),
    path(f"{_ONE}/", published.submission, name="submission"),
    path(f"{_ONE}.json", published.submission_json, name="submission_json"),
    path(f"{_ONE}/files/<int:position>/", published.submission_file, name="submission_file"),
    path(f"{_ONE}/files/<int:position>/text/", published.submission_text, name="submission_text"),
    path(
        f"{_ONE}/files/<int:position>/text.json", published.submission_text_json, name="submission_text_json"
    ),
    path(f"{_ONE}/unpublish/", publishing.unpublish, name="submission_unpublish"),
    path(".well-known/tdmrep.json", feed.tdmrep, name="tdmrep"),
]
