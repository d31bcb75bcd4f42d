"""Receipts that go out by mail, and the confirmation of the address that they went to."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from colloquia.core import audit, ledger, mail, private_links
from colloquia.core.mail_languages import message_language
from colloquia.core.models import OutgoingMail
from colloquia.core.written import day_and_time_in
from colloquia.submissions.models import Submission, SubmissionVersion
from colloquia.submissions.queries import receipts as queries
from colloquia.submissions.queries.integrity_receipts import second
from colloquia.submissions.services.refusals import SubmissionRefused

LINK = "submission"
CONFIRMED = "submission.confirmed"
_CONFIRMATION = "confirmation"
TEMPLATE = "submissions/mail/receipt"
MOST_MAILS_AN_HOUR = 3


def private_token(submission: Submission) -> str:
    """The token of the sender's private page; it can be made again at any time while SECRET_KEY stays."""
    return private_links.token(LINK, submission.key, issue=submission.link_issue)


def confirmation_code(submission: Submission) -> str:
    """What stands in the mail alone: whoever brings it has read what was sent to the address."""
    return private_links.token(_CONFIRMATION, submission.key, issue=submission.link_issue)


def post_receipt(version: SubmissionVersion) -> OutgoingMail | None:
    """Write the receipt to the sender in their language, within the caller's transaction.

    Nothing is written where there is no address. The mail alone suffices to prove what was received: it holds
    the receipt as the page gives it out.
    """
    if not version.email:
        return None
    submission = version.submission
    receipt = queries.receipt_of(version)
    language = message_language(version.interface_language)
    with translation.override(language):
        context = {
            "submission": submission,
            "version": version,
            "call": submission.call.title(version.interface_language, language),
            "received": moments(version.received_at, submission),
            "deadline": day_and_time_in(submission.call.deadline, submission.call.zone),
            "files": version.files.select_related("attachment").order_by("position"),
            "receipt": receipt,
            "receipt_json": json.dumps(receipt.as_json(), indent=1, ensure_ascii=False) if receipt else "",
            "address": page_address(submission),
            "confirm_address": "" if submission.confirmed_at else _confirm_address(submission),
            "ledger_address": f"{settings.PUBLIC_URL}{reverse('ledger')}",
        }
    return mail.post(
        TEMPLATE, to=version.email, language=version.interface_language, context=context, about=submission
    )


def send_again(*, submission: Submission, now: datetime | None = None) -> None:
    """Send the receipt of the latest version once more.

    Raises:
        SubmissionRefused: there is no address, or it was sent three times within the hour.
    """
    since = (now or timezone.now()) - timedelta(hours=1)
    with transaction.atomic():
        locked = _locked(submission)
        sent = OutgoingMail.objects.filter(
            about=f"{locked._meta.label_lower} {locked.pk}", template=TEMPLATE, created_at__gt=since
        ).count()
        if sent >= MOST_MAILS_AN_HOUR:
            raise SubmissionRefused(
                _("The receipt was sent several times within the hour. Look into your mail, and try later.")
            )
        version = queries.version_of(locked)
        if version is None or post_receipt(version) is None:
            raise SubmissionRefused(_("There is no address to which the receipt could be sent."))


def confirm(*, submission: Submission, code: str, now: datetime | None = None) -> bool:
    """Confirm the sender's address with the code of the mail; whether it is confirmed now. Twice is once."""
    if not hmac.compare_digest(code.encode(), confirmation_code(submission).encode()):
        return submission.confirmed_at is not None
    with transaction.atomic():
        locked = _locked(submission)
        if locked.confirmed_at is None:
            locked.confirmed_at = now or timezone.now()
            locked.changed += 1
            locked.save(update_fields=["confirmed_at", "changed"])
            audit.record(locked, "submissions.confirm")
            note_confirmed(locked)
    submission.confirmed_at = locked.confirmed_at
    return True


def note_confirmed(submission: Submission) -> None:
    """Append to the ledger that the address was confirmed: from then on the submission counts."""
    ledger.record(
        CONFIRMED,
        about=submission,
        content={"submission": submission.identifier, "confirmed": second(submission.confirmed_at)},
    )


def page_address(submission: Submission) -> str:
    """The whole address of the sender's private page."""
    return f"{settings.PUBLIC_URL}{reverse('receipt', args=[private_token(submission)])}"


def moments(moment: datetime, submission: Submission) -> str:
    """A moment in the venue's zone, and in UTC where that differs."""
    venue = day_and_time_in(moment, submission.call.zone)
    universal = day_and_time_in(moment, UTC)
    if submission.call.time_zone in ("UTC", "Etc/UTC"):
        return universal
    return _("%(venue)s (%(universal)s)") % {"venue": venue, "universal": universal}  # in mails


def _confirm_address(submission: Submission) -> str:
    path = reverse("receipt_confirm", args=[private_token(submission)])
    return f"{settings.PUBLIC_URL}{path}?code={confirmation_code(submission)}"


def _locked(submission: Submission) -> Any:
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("call__consultation")
        .get(pk=submission.pk)
    )
