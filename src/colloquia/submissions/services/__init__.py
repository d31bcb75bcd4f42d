"""Every write of the room."""

from __future__ import annotations

from colloquia.submissions.services.receiving import files_of, private_token, receive, replace
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.services.sending import send

__all__ = ["SubmissionRefused", "files_of", "private_token", "receive", "replace", "send"]
