"""Addresses of the house's own sign-in pages; allauth brings the others."""

from __future__ import annotations

from django.urls import path

from colloquia.accounts import views

urlpatterns = [
    path("link/<str:token>/", views.sign_in_link, name="sign_in_link"),
    path("second-factor/", views.second_factor, name="second_factor"),
]
