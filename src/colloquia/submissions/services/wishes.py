"""The wish of a sender that an officer enters later, where an import did not know it."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.accounts.rules import is_officer
from colloquia.core import audit
from colloquia.submissions.models import Publication, Submission, SubmissionVersion
from colloquia.submissions.queries.checking_texts import latest_version
from colloquia.submissions.records import Content, Incoming
from colloquia.submissions.services import receiving
from colloquia.submissions.services.checking import locked
from colloquia.submissions.services.refusals import SubmissionRefused

CORRECTED = "submission.corrected"
LONGEST = 1000
"""Characters of a reason."""


def may_enter_wish(submission: Submission, version: SubmissionVersion) -> bool:
    """Whether officers took it in, and its sender's own wish was not read from what was sent."""
    return submission.entered_by_id is not None and _entry(version).get("wish", "default") != "sender"


def enter_wish(
    *, submission: Submission, wish: str, reason: str, by: Any, changed: int | None = None
) -> SubmissionVersion:
    """Enter what the sender's original says of publication: the next version, otherwise as it was received.

    The version before stays sealed as it is, and what was public of it is taken back. The check begins anew.

    Raises:
        SubmissionRefused: no officer, no reason, no other wish, or the wish was the sender's own.
    """
    with transaction.atomic():
        row = locked(submission, changed)
        version = latest_version(row)
        _refuse(row, version, wish, reason, by)
        document = json.loads(version.document)
        entry = {**_entry(version), "wish": "officer", "note": reason.strip()}
        made = receiving.replace(
            submission=row,
            incoming=Incoming(
                content=Content.from_json({**document["content"], "publication": wish}),
                files=receiving.files_of(version),
                email=version.email,
                interface_language=version.interface_language,
                extra={**document.get("extra", {}), "entry": entry},
            ),
            at=timezone.now(),
            by=by,
            kind=CORRECTED,
            note="An officer entered the wish of its sender.",
        )
        before, after = {"wish": version.publication}, {"wish": wish}
        audit.record(row, "submissions.enter_wish", by=by, before=before, after=after, note=reason.strip())
    return made


def _refuse(row: Submission, version: SubmissionVersion, wish: str, reason: str, by: Any) -> None:
    if not is_officer(by):
        raise SubmissionRefused(_("Only officers enter the wish of a sender."))
    if not may_enter_wish(row, version):
        raise SubmissionRefused(_("Its sender said how it may be published; that wish stands."))
    if wish not in Publication.values or wish == version.publication:
        raise SubmissionRefused({"wish": _("Choose another wish than the one that it has.")})
    if not reason.strip():
        raise SubmissionRefused(
            {"wish_reason": _("Say where the sender chose this: the letter, its date, the page.")}
        )
    if len(reason.strip()) > LONGEST:
        raise SubmissionRefused(
            {"wish_reason": _("This is longer than %(number)s characters; shorten it.") % {"number": LONGEST}}
        )


def _entry(version: SubmissionVersion) -> dict[str, Any]:
    """What the document says of how it was taken in."""
    extra = json.loads(version.document or "{}").get("extra", {})
    return dict(extra.get("entry", {}))
