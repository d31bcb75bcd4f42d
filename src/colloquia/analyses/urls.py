"""Addresses of published analyses."""

from __future__ import annotations

from django.urls import path

from colloquia.analyses import views

urlpatterns = [
    path("", views.index, name="analyses"),
    path("index.json", views.index_json, name="analyses_json"),
    path("<slug:slug>/", views.analysis, name="analysis"),
    path("<slug:slug>/index.json", views.analysis_json, name="analysis_json"),
    path("<slug:slug>/<str:name>", views.analysis_file, name="analysis_file"),
]
