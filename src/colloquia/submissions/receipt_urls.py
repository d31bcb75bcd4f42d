"""Addresses of receipts, of clearance, and of an account's own drafts and submissions."""

from __future__ import annotations

from django.urls import path

from colloquia.submissions.views import clearance, mine, receipts

urlpatterns = [
    path("my/submissions/", mine.my_submissions, name="my_submissions"),
    path("receipts/<str:token>/", receipts.receipt, name="receipt"),
    path("receipts/<str:token>/receipt.json", receipts.receipt_json, name="receipt_json"),
    path("receipts/<str:token>/document.json", receipts.receipt_document, name="receipt_document"),
    path(
        "receipts/<str:token>/files/<int:version>/<int:position>/",
        receipts.receipt_file,
        name="receipt_file",
    ),
    path("receipts/<str:token>/confirm/", receipts.receipt_confirm, name="receipt_confirm"),
    path("receipts/<str:token>/replace/", receipts.receipt_replace, name="receipt_replace"),
    path("receipts/<str:token>/withdraw/", receipts.receipt_withdraw, name="receipt_withdraw"),
    path("drafts/<str:token>/clearance/", clearance.draft_clearance, name="draft_clearance"),
    path("clearance/<str:token>/", clearance.clearance, name="clearance"),
    path("clearance/<str:token>/files/<int:position>/", clearance.clearance_file, name="clearance_file"),
]
