"""Ways to a submission that passed the check, and to one that is public."""

from __future__ import annotations

from colloquia.accounts.models import User
from colloquia.submissions.models import PublishedSubmission, Submission
from colloquia.submissions.services import publishing
from colloquia.submissions.services.checking import make_ready
from colloquia.submissions.services.preparing import prepare


def checked(submission: Submission, by: User) -> Submission:
    """The submission after its check, with nothing redacted."""
    prepare(submission.pk)
    return make_ready(submission=submission, by=by)


def made_public(submission: Submission, by: User) -> PublishedSubmission:
    """What is public of it after its check."""
    return publishing.publish(submission=checked(submission, by), by=by)
