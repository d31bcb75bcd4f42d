"""The addresses of the room."""

from __future__ import annotations

from django.urls import path

from colloquia.consultations import exchange_urls, organisation_urls, reading_urls
from colloquia.consultations.views import (
    again,
    analysis,
    correcting,
    corrections,
    files,
    method,
    question,
    runs,
    shared,
    signing,
    splitting,
    submission,
    theme,
    translating,
    translation_files,
    translation_service,
    translation_writing,
)

urlpatterns = [
    path("", analysis.consultations, name="consultations"),
    path("index.json", analysis.consultations_json, name="consultations_json"),
    path("<slug:slug>/", analysis.consultation, name="consultation"),
    path("<slug:slug>/analysis.json", analysis.consultation_json, name="consultation_json"),
    path("<slug:slug>/questions/<question_id>/", question.question, name="consultation_question"),
    path(
        "<slug:slug>/questions/<question_id>.json", question.question_json, name="consultation_question_json"
    ),
    path("<slug:slug>/themes/<theme_id>/", theme.theme, name="consultation_theme"),
    path("<slug:slug>/themes/<theme_id>.json", theme.theme_json, name="consultation_theme_json"),
    path("<slug:slug>/passages/<passage_id>/", theme.passage, name="consultation_passage"),
    path("<slug:slug>/shared/", shared.shared, name="consultation_shared"),
    path("<slug:slug>/shared.json", shared.shared_json, name="consultation_shared_json"),
    path("<slug:slug>/shared/<group_id>/", shared.shared_text, name="consultation_shared_text"),
    path("<slug:slug>/shared/<group_id>.json", shared.shared_text_json, name="consultation_shared_text_json"),
    path("<slug:slug>/submissions/", submission.submissions, name="consultation_submissions"),
    path("<slug:slug>/submissions.json", submission.submissions_json, name="consultation_submissions_json"),
    path("<slug:slug>/submissions/<submission_id>/", submission.submission, name="consultation_submission"),
    path(
        "<slug:slug>/submissions/<submission_id>.json",
        submission.submission_json,
        name="consultation_submission_json",
    ),
    path("<slug:slug>/originals/<document_id>/", submission.original, name="consultation_original"),
    path("<slug:slug>/method/", method.consultation_method, name="consultation_method"),
    path("<slug:slug>/method.json", method.consultation_method_json, name="consultation_method_json"),
    path("<slug:slug>/runs/", runs.runs, name="consultation_runs"),
    path("<slug:slug>/runs.json", runs.runs_json, name="consultation_runs_json"),
    path("<slug:slug>/compare/", runs.compare, name="consultation_compare"),
    path("<slug:slug>/compare.json", runs.compare_json, name="consultation_compare_json"),
    path("<slug:slug>/files/", files.files, name="consultation_files"),
    path("<slug:slug>/files.json", files.files_json, name="consultation_files_json"),
    path("<slug:slug>/files/<name>", files.file, name="consultation_file"),
    path("<slug:slug>/word/", files.word, name="consultation_word"),
    path("<slug:slug>/analyse/", again.analyse, name="consultation_analyse"),
    path("<slug:slug>/analyse.json", again.analyse_json, name="consultation_analyse_json"),
    path("<slug:slug>/analyse/<int:number>/abandon/", again.abandon, name="consultation_analyse_abandon"),
    path("<slug:slug>/sign/", signing.sign, name="consultation_sign"),
    path("<slug:slug>/correct/", correcting.choose, name="consultation_correct_choose"),
    path("<slug:slug>/correct/split/parts/", splitting.split, name="consultation_split"),
    path("<slug:slug>/correct/<slug:kind>/", correcting.correct, name="consultation_correct"),
    path("<slug:slug>/corrections/", corrections.corrections, name="consultation_corrections"),
    path("<slug:slug>/corrections.json", corrections.corrections_json, name="consultation_corrections_json"),
    path("<slug:slug>/corrections/<int:number>/undo/", corrections.undo, name="consultation_correction_undo"),
    path(
        "<slug:slug>/corrections/<int:number>/again/", corrections.again, name="consultation_correction_again"
    ),
    path("<slug:slug>/translations/", translating.translations, name="consultation_translations"),
    path(
        "<slug:slug>/translations.json", translating.translations_json, name="consultation_translations_json"
    ),
    path(
        "<slug:slug>/translations/write/", translation_writing.write, name="consultation_translations_write"
    ),
    path(
        "<slug:slug>/translations/<int:number>/take-back/",
        translation_writing.take_back,
        name="consultation_translations_take_back",
    ),
    path("<slug:slug>/translations/file/", translation_files.file_out, name="consultation_translations_file"),
    path(
        "<slug:slug>/translations/files/", translation_files.upload, name="consultation_translations_upload"
    ),
    path(
        "<slug:slug>/translations/files/<int:number>/",
        translation_files.received,
        name="consultation_translations_received",
    ),
    path(
        "<slug:slug>/translations/service/",
        translation_service.service,
        name="consultation_translations_service",
    ),
    path(
        "<slug:slug>/translations/service/<int:number>/",
        translation_service.change,
        name="consultation_translations_service_change",
    ),
    *exchange_urls.urlpatterns,
    *organisation_urls.urlpatterns,
    *reading_urls.urlpatterns,
]
