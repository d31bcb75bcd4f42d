"""Clearance before sending: private links for colleagues, their comments and approvals.

Nothing said here becomes part of the submission. All of it is removed when the draft is sent.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core import audit, mail, private_links
from colloquia.core.mail_languages import message_language
from colloquia.core.models import OutgoingMail
from colloquia.submissions.models import AnswerDraft, Clearance, ClearanceRemark
from colloquia.submissions.queries import clearance as queries
from colloquia.submissions.services import drafting
from colloquia.submissions.services.receiving import files_of
from colloquia.submissions.services.refusals import SubmissionRefused

LINK = "clearance"
MOST_LINKS = 20
MOST_REMARKS = 500
REMARKS_WITHIN = 30
WITHIN = timedelta(minutes=10)
LONGEST_REMARK = 20_000
_TEMPLATE = "submissions/mail/clearance"
_MAIL_EVERY = timedelta(minutes=15)


class StateChanged(SubmissionRefused):
    """The draft is not (any more) what the colleague had before them; nothing was approved."""


def make_link(*, draft: AnswerDraft, note: str) -> Clearance:
    """A new private link, named for whom it is.

    Raises:
        SubmissionRefused: there are twenty links already.
        drafting.DraftSent: the draft was sent meanwhile.
    """
    with transaction.atomic():
        locked = drafting.locked(draft)
        if locked.clearances.filter(ended_at=None).count() >= MOST_LINKS:
            raise SubmissionRefused(
                {
                    "note": _("There are %(number)s links already. End one that is no longer needed.")
                    % {"number": MOST_LINKS}
                }
            )
        # The token is derived from the row's own key, which is known only once the row is there.
        row = Clearance.objects.create(draft=locked, note=note.strip()[:200], token_digest=uuid.uuid4().hex)
        row.token_digest = private_links.digest(clearance_token(row))
        row.save(update_fields=["token_digest"])
        audit.record(locked, "submissions.make_clearance", by=locked.owner)
    return row


def clearance_token(clearance: Clearance) -> str:
    """The token of a colleague's page."""
    return private_links.token(LINK, clearance.pk)


def end_link(*, draft: AnswerDraft, clearance_id: int) -> None:
    """End a link; what was said through it stays until the draft is sent. Twice is once."""
    with transaction.atomic():
        locked = drafting.locked(draft)
        ended = locked.clearances.filter(pk=clearance_id, ended_at=None).update(ended_at=timezone.now())
        if ended:
            audit.record(locked, "submissions.end_clearance", by=locked.owner)


def comment(*, clearance: Clearance, name: str, text: str, question_id: str = "") -> ClearanceRemark:
    """Leave a comment on an answer, or on the whole where ``question_id`` is blank.

    Raises:
        SubmissionRefused: too many within ten minutes, or on this draft at all.
        drafting.DraftSent: the draft was sent meanwhile.
    """
    with transaction.atomic():
        locked = drafting.locked(clearance.draft)
        _refuse_flood(clearance)
        row = ClearanceRemark.objects.create(
            clearance=clearance,
            name=name.strip()[:200],
            question_id=question_id,
            text=text.strip()[:LONGEST_REMARK],
            draft_version=locked.version,
        )
        _tell_owner(locked, approves=False)
    return row


def approve(*, clearance: Clearance, name: str, seen: str, text: str = "") -> ClearanceRemark:
    """Approve the exact state whose SHA-256 is ``seen``: content and files as they would be sealed.

    Raises:
        StateChanged: the draft was changed meanwhile.
        SubmissionRefused: too many remarks.
        drafting.DraftSent: the draft was sent meanwhile.
    """
    with transaction.atomic():
        locked = drafting.locked(clearance.draft)
        _refuse_flood(clearance)
        state = queries.state_of(locked, files_of(locked))
        if state.sha256 != seen:
            raise StateChanged(
                _("The draft was changed while you read it. Look at what is new, then approve again.")
            )
        row = ClearanceRemark.objects.create(
            clearance=clearance,
            name=name.strip()[:200],
            text=text.strip()[:LONGEST_REMARK],
            approves=True,
            content_sha256=state.sha256,
            state=state.document,
            draft_version=locked.version,
        )
        _tell_owner(locked, approves=True)
    return row


def settle(*, draft: AnswerDraft, remark_id: int, settled: bool) -> None:
    """Mark a comment as dealt with, or open it again."""
    with transaction.atomic():
        locked = drafting.locked(draft)
        ClearanceRemark.objects.filter(pk=remark_id, clearance__draft=locked).update(
            settled_at=timezone.now() if settled else None
        )


def _refuse_flood(clearance: Clearance) -> None:
    if not Clearance.objects.filter(pk=clearance.pk, ended_at=None).exists():
        raise SubmissionRefused(_("This link was ended by the one who made it. Ask for another one."))
    if queries.recent_remarks(clearance, WITHIN) >= REMARKS_WITHIN:
        raise SubmissionRefused(
            _("That is a lot within ten minutes. What you typed is still here; try later.")
        )
    if clearance.draft.clearances.filter(remarks__isnull=False).values("remarks").count() >= MOST_REMARKS:
        raise SubmissionRefused(_("This draft holds as many comments as it can. Tell its author directly."))


def _tell_owner(draft: Any, *, approves: bool) -> None:
    """Write to whoever works on the draft, where the address is known to be theirs, and seldom."""
    address = draft.owner.email if draft.owner else draft.email if draft.confirmed_at else ""
    about = f"{draft._meta.label_lower} {draft.pk}"
    lately = OutgoingMail.objects.filter(
        about=about, template=_TEMPLATE, created_at__gt=timezone.now() - _MAIL_EVERY
    )
    if not address or lately.exists():
        return
    language = draft.interface_language
    path = reverse("draft_clearance", args=[drafting.draft_token(draft)])
    context = {
        "approves": approves,
        "call": draft.call.title(language, message_language(language)),
        "address": f"{settings.PUBLIC_URL}{path}",
    }
    mail.post(_TEMPLATE, to=address, language=language, context=context, about=draft)
