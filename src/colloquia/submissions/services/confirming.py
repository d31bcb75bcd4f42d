"""Whose the e-mail address is: a message with a link, and the button behind it that confirms."""

from __future__ import annotations

import hmac
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from colloquia.core import audit, mail, private_links
from colloquia.core.mail_languages import message_language
from colloquia.core.written import day_and_time
from colloquia.submissions.call_times import on_clock, zone_words
from colloquia.submissions.models import AnswerDraft, Submission
from colloquia.submissions.services.drafting import draft_token
from colloquia.submissions.services.receipts import note_confirmed

LINK = "draft-address"


def confirmation_code(draft: AnswerDraft) -> str:
    """What only the mailbox of the draft's address is told."""
    return private_links.token(LINK, f"{draft.pk} {draft.email}", issue=draft.token_issue)


def draft_url(draft: AnswerDraft) -> str:
    """The private address of a draft, for a message."""
    return urljoin(settings.PUBLIC_URL, reverse("draft", args=[draft_token(draft)]))


def confirmation_url(draft: AnswerDraft) -> str:
    """Where the address of a draft, and of what it became, is confirmed; for a message."""
    return urljoin(
        settings.PUBLIC_URL, reverse("draft_confirm", args=[draft_token(draft), confirmation_code(draft)])
    )


def post_links(*, draft: AnswerDraft) -> None:
    """Write to the draft's address: the link to go on elsewhere, and the one that confirms."""
    from colloquia.submissions.services.expiring import removed_on

    call, language = draft.call, message_language(draft.interface_language)
    # Written here: a template shows a moment on the clocks of the site.
    with translation.override(language):
        moment, day = on_clock(call.deadline, call.zone), day_and_time(removed_on(call))
    mail.post(
        "submissions/mail/draft",
        to=draft.email,
        language=draft.interface_language,
        context={
            "title": call.title(draft.interface_language, language),
            "moment": moment,
            "time_zone": zone_words(call.deadline, call.zone),
            "draft_url": draft_url(draft),
            "confirmation_url": confirmation_url(draft),
            "day": day,
        },
        about=draft,
    )


def is_code_of(draft: AnswerDraft, code: str) -> bool:
    """Whether the code is the one that the address was told."""
    return bool(draft.email) and hmac.compare_digest(code.encode(), confirmation_code(draft).encode())


def confirm(*, draft: AnswerDraft) -> AnswerDraft:
    """Note that the address is the sender's; also of the submission, where the draft was sent already.

    Done again, it changes nothing.
    """
    with transaction.atomic():
        row = AnswerDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        now = timezone.now()
        if row.confirmed_at is None:
            row.confirmed_at = now
            row.save(update_fields=["confirmed_at"])
            audit.record(row, "submissions.confirm_draft")
        if row.submission_id is not None:
            submission = Submission.objects.select_for_update(of=("self",)).get(pk=row.submission_id)
            if submission.confirmed_at is None:
                submission.confirmed_at = now
                submission.changed += 1
                submission.save(update_fields=["confirmed_at", "changed"])
                audit.record(submission, "submissions.confirm")
                note_confirmed(submission)
    return row
