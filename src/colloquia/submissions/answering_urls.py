"""Addresses of answering: beginning, drafts, files, review and sending."""

from __future__ import annotations

from django.urls import path

from colloquia.submissions.views import (
    answering,
    answering_address,
    answering_begin,
    answering_files,
    answering_form,
    answering_pieces,
    answering_review,
)

urlpatterns = [
    path("calls/<slug:slug>/answer/", answering_begin.answer_begin, name="answer_begin"),
    path("drafts/<str:token>/", answering.draft, name="draft"),
    path("drafts/<str:token>/files/", answering_files.files, name="draft_files"),
    path("drafts/<str:token>/files/<int:file_id>/", answering_files.file, name="draft_file"),
    path(
        "drafts/<str:token>/files/<int:file_id>/remove/",
        answering_files.file_remove,
        name="draft_file_remove",
    ),
    path("drafts/<str:token>/pieces/", answering_pieces.pieces, name="draft_pieces"),
    path("drafts/<str:token>/pieces/<uuid:upload_id>/", answering_pieces.piece, name="draft_piece"),
    path(
        "drafts/<str:token>/pieces/<uuid:upload_id>/finish/",
        answering_pieces.piece_finish,
        name="draft_piece_finish",
    ),
    path("drafts/<str:token>/form/", answering_form.form, name="draft_form"),
    path("drafts/<str:token>/review/", answering_review.review, name="draft_review"),
    path("drafts/<str:token>/send/", answering_review.send_draft, name="draft_send"),
    path("drafts/<str:token>/confirm/", answering_address.links_again, name="draft_links"),
    path("drafts/<str:token>/confirm/<str:code>/", answering_address.address_confirm, name="draft_confirm"),
    path("drafts/<str:token>/remove/", answering_address.remove, name="draft_remove"),
]
