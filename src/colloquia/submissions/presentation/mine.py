"""The lines of an account's list: drafts that wait, and submissions with their state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from colloquia.core import private_links
from colloquia.submissions.models import AnswerDraft, CallState, CheckState, Submission
from colloquia.submissions.services.drafting import draft_token


@dataclass(frozen=True, slots=True)
class Line:
    """One draft or submission. ``url`` is blank where only the mailed link leads there."""

    title: str
    url: str
    identifier: str
    moment: datetime
    note: str


def draft_lines(drafts: Iterable[AnswerDraft], language: str, now: datetime) -> list[Line]:
    """Drafts with what can still be done with them."""
    lines = []
    for draft in drafts:
        token = draft_token(draft)
        # After a change of SECRET_KEY the token that was mailed is another one than the one derived now.
        known = private_links.digest(token) == draft.token_digest
        lines.append(
            Line(
                title=draft.call.title(language),
                url=reverse("draft", args=[token]) if known else "",
                identifier=draft.replaces.identifier if draft.replaces else "",
                moment=draft.saved_at,
                note=_draft_note(draft, now),
            )
        )
    return lines


def submission_lines(submissions: Iterable[Submission], language: str) -> list[Line]:
    """Submissions with their state in a word or two. The id leads the account to its own page."""
    return [
        Line(
            title=row.call.title(language),
            url=reverse("receipt", args=[row.identifier]),
            identifier=row.identifier,
            moment=row.received_at,
            note=_submission_note(row),
        )
        for row in submissions
    ]


def _draft_note(draft: AnswerDraft, now: datetime) -> str:
    match draft.call.state(now):
        case CallState.OPEN:
            return _("Not sent yet")
        case CallState.CLOSED if draft.replaces_id or not draft.call.accepts_late:
            return _("Not sent; the call is closed")
        case CallState.CLOSED:
            return _("Not sent; the call is closed, and what comes now is marked as late")
        case _:
            return _("Not sent; the call is not open yet")


def _submission_note(submission: Submission) -> str:
    if submission.withdrawn_at:
        return _("Withdrawn")
    if submission.destroyed_at:
        return _("Sealed data destroyed")
    if submission.confirmed_at is None:
        return _("Address not confirmed yet")
    if getattr(submission, "published", None):
        return pgettext("of a submission", "Published")
    if submission.check_state == CheckState.WITHHELD:
        return _("Withheld from publication")
    return _("Received, not published")
