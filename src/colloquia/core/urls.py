"""Addresses of received files."""

from __future__ import annotations

from django.urls import path

from colloquia.core import views

urlpatterns = [path("files/<uuid:attachment_id>", views.attachment, name="attachment")]
