"""Addresses of received files and of the ledger."""

from __future__ import annotations

from django.urls import path

from colloquia.core import ledger_views, views

urlpatterns = [
    path("files/<uuid:attachment_id>", views.attachment, name="attachment"),
    path("ledger/", ledger_views.page, name="ledger"),
    path("ledger/heads.json", ledger_views.heads, name="ledger_heads"),
    path("ledger/heads.atom", ledger_views.feed, name="ledger_feed"),
    path("ledger/entries.json", ledger_views.entries, name="ledger_entries"),
    path("ledger/inclusion.json", ledger_views.inclusion, name="ledger_inclusion"),
    path("ledger/consistency.json", ledger_views.consistency, name="ledger_consistency"),
    path("ledger/key.json", ledger_views.key, name="ledger_key"),
]
