"""Steps of the check: taken up, ready, withheld, taken up again, asked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core import audit, ledger, mail
from colloquia.core.mail_languages import message_language
from colloquia.submissions.models import (
    CheckNote,
    CheckState,
    FileScan,
    Hint,
    NoteKind,
    Publication,
    Submission,
    SubmissionVersion,
)
from colloquia.submissions.queries.checking_texts import latest_version, open_units
from colloquia.submissions.services.publishing import take_back
from colloquia.submissions.services.receiving import private_token
from colloquia.submissions.services.redacting import make_redacted
from colloquia.submissions.services.refusals import SubmissionRefused

WITHHELD = "submission.withheld"
_SEALED_FIELDS = ("link_digest", "key", "source", "withheld_reason", "withdrawal_reason")
LONGEST_NOTE = 5000
"""Characters."""


def locked(submission: Submission, changed: int | None = None) -> Submission:
    """The row under lock, within the caller's transaction.

    Raises:
        SubmissionRefused: it was destroyed or withdrawn; or, where ``changed`` is given, somebody changed it
            since the page with this number was shown.
    """
    row = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("call__consultation")
        .get(pk=submission.pk)
    )
    if row.destroyed_at is not None:
        raise SubmissionRefused(
            _("What was sealed of this submission was destroyed; there is nothing left to check.")
        )
    if row.withdrawn_at is not None:
        raise SubmissionRefused(_("Its sender withdrew this submission; it is not checked any further."))
    if changed is not None and row.changed != changed:
        raise SubmissionRefused(
            {
                "changed": _(
                    "Somebody else changed this submission meanwhile. Look at it as it is now; send again."
                )
            }
        )
    return row


def make_ready(*, submission: Submission, by: Any, changed: int | None = None) -> Submission:
    """Say that what is left of a submission may be published, and make its redacted texts.

    ``changed`` is the number of the page that was looked at.

    Raises:
        SubmissionRefused: files are not read yet, findings wait for a decision, nobody confirmed the address,
            or somebody changed it meanwhile.
    """
    with transaction.atomic():
        row = locked(submission, changed)
        version = latest_version(row)
        if row.confirmed_at is None and row.entered_by_id is None:
            raise SubmissionRefused(
                _("Its sender has not confirmed the e-mail address yet; till then it is counted nowhere.")
            )
        _refuse_unscanned(version)
        if version.publication != Publication.CONFIDENTIAL:
            units = open_units(version)
            if any(
                each.text is None or each.text.searched_at is None
                for each in units
                if not each.is_quarantined
            ):
                raise SubmissionRefused(_("Its texts are still being prepared. Wait a moment and try again."))
            waiting = sum(len(each.undecided) for each in units if not each.is_quarantined)
            if waiting:
                raise SubmissionRefused(
                    _("Findings that wait for a decision: %(number)s. Redact or keep each of them.")
                    % {"number": waiting}
                )
            files = sum(each.waits_for_file for each in units)
            if files:
                raise SubmissionRefused(
                    _(
                        "Files that hold more than their text: %(number)s. Decide of each whether the file "
                        "is given out, or its text alone."
                    )
                    % {"number": files}
                )
            for unit in units:
                make_redacted(unit, by=by)
        step(row, CheckState.READY, "submissions.make_ready", by=by, withheld_reason="")
    return row


def withhold(*, submission: Submission, reason: str, by: Any, changed: int | None = None) -> Submission:
    """Keep a submission from publication, with the reason; what is public of it is taken back.

    Raises:
        SubmissionRefused: no reason, or somebody changed it meanwhile.
    """
    if not reason.strip():
        raise SubmissionRefused({"reason": _("Say why it is withheld.")})
    with transaction.atomic():
        row = locked(submission, changed)
        take_back(submission=row, by=by)
        step(row, CheckState.WITHHELD, "submissions.withhold", by=by, withheld_reason=reason.strip())
        ledger.record(WITHHELD, about=row, content={"submission": row.identifier, "version": row.version})
    return row


def reopen(*, submission: Submission, by: Any, changed: int | None = None) -> Submission:
    """Take up the check of a submission again. What is public of it stays until it is published anew.

    Raises:
        SubmissionRefused: somebody changed it meanwhile.
    """
    with transaction.atomic():
        row = locked(submission, changed)
        if row.check_state in (CheckState.READY, CheckState.WITHHELD, CheckState.PUBLISHED):
            step(row, CheckState.CHECKING, "submissions.reopen", by=by, withheld_reason="")
    return row


def add_note(*, submission: Submission, text: str, by: Any) -> CheckNote:
    """Write something beside a submission for those who check. Two people's notes stand beside each other.

    Raises:
        SubmissionRefused: nothing was written, or too much.
    """
    with transaction.atomic():
        row = locked(submission)
        note = CheckNote.objects.create(submission=row, text=_words(text, "note"), by=by)
        audit.record(row, "submissions.note", by=by)
    return note


def ask_sender(*, submission: Submission, question: str, by: Any) -> CheckNote:
    """Ask the sender something by mail, without learning who it is. The answer comes to the call's contact.

    Raises:
        SubmissionRefused: nothing was written, or there is no address.
    """
    with transaction.atomic():
        row = locked(submission)
        words = _words(question, "question")
        version = latest_version(row)
        if not version.email:
            raise SubmissionRefused(
                {"question": _("There is no e-mail address of this sender; write by post or telephone.")}
            )
        note = CheckNote.objects.create(submission=row, kind=NoteKind.QUESTION, text=words, by=by)
        mail.post(
            "submissions/mail/check_question",
            to=version.email,
            language=version.interface_language,
            context={
                "identifier": row.identifier,
                "call": row.call.title(
                    version.interface_language, message_language(version.interface_language)
                ),
                "contact": row.call.contact,
                "question": words,
                "address": settings.PUBLIC_URL + reverse("receipt", args=[private_token(row)]),
            },
            about=row,
        )
        audit.record(row, "submissions.ask_sender", by=by)
    return note


def set_aside(*, hint: Hint, by: Any) -> None:
    """Say that a hint was looked at and needs nothing. Malware cannot be set aside."""
    with transaction.atomic():
        row = Hint.objects.select_for_update(of=("self",)).select_related("submission").get(pk=hint.pk)
        if row.dismissed_at is not None or row.kind == "malware":
            return
        row.dismissed_at, row.dismissed_by = timezone.now(), by
        row.save(update_fields=["dismissed_at", "dismissed_by"])
        after = {"hint": row.kind, "set aside": True}
        audit.record(
            row.submission, "submissions.set_hint_aside", by=by, before={"hint": row.kind}, after=after
        )


def _words(text: str, name: str) -> str:
    words = text.replace("\x00", "").strip()
    if not words:
        raise SubmissionRefused({name: _("Write something first.")})
    if len(words) > LONGEST_NOTE:
        raise SubmissionRefused(
            {name: _("This is longer than %(number)s characters; shorten it.") % {"number": LONGEST_NOTE}}
        )
    return words


def _refuse_unscanned(version: SubmissionVersion) -> None:
    if settings.CLAMAV != "required":
        return
    hashes = set(version.files.values_list("attachment__sha256", flat=True))
    if hashes - set(FileScan.objects.filter(sha256__in=hashes).values_list("sha256", flat=True)):
        raise SubmissionRefused(
            _("Files of it were not scanned for malware, which CLAMAV=required asks for. Start the scanner.")
        )


def step(row: Submission, state: CheckState, verb: str, *, by: Any, **fields: Any) -> None:
    """Write a step of the check with its audit entry, which holds no sealed text."""
    before = audit.snapshot(row, without=_SEALED_FIELDS)
    row.check_state = state
    row.changed += 1
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=["check_state", "changed", *fields])
    audit.record(row, verb, by=by, before=before, after=audit.snapshot(row, without=_SEALED_FIELDS))
