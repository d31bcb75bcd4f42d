"""Every write of the room."""

from __future__ import annotations

from colloquia.submissions.services.drafting import DraftSent, begin, draft_token
from colloquia.submissions.services.forms_in import FilledForm, read_form
from colloquia.submissions.services.receiving import files_of, private_token, receive, replace
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.services.sending import send

__all__ = [
    "DraftSent",
    "FilledForm",
    "SubmissionRefused",
    "begin",
    "draft_token",
    "files_of",
    "private_token",
    "read_form",
    "receive",
    "replace",
    "send",
]
