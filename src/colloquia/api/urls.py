"""The addresses of the interface for programs."""

from __future__ import annotations

from django.urls import path

from colloquia.api.v1 import api

urlpatterns = [path("v1/", api.urls)]
