"""The addresses of the room."""

from __future__ import annotations

from django.urls import path

from colloquia.consultations.views import again, signing

urlpatterns = [
    path("<slug:slug>/analyse/", again.analyse, name="consultation_analyse"),
    path("<slug:slug>/analyse.json", again.analyse_json, name="consultation_analyse_json"),
    path("<slug:slug>/analyse/<int:number>/abandon/", again.abandon, name="consultation_analyse_abandon"),
    path("<slug:slug>/sign/", signing.sign, name="consultation_sign"),
]
