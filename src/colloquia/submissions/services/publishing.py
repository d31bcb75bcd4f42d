"""Making public what the check let pass, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.services import stop_showing
from colloquia.core import audit, ledger
from colloquia.submissions.folding import folded, searched
from colloquia.submissions.models import (
    CheckState,
    PublicAddress,
    Publication,
    PublishedPart,
    PublishedSubmission,
    Submission,
)
from colloquia.submissions.queries.checking import (
    PartOut,
    RespondentOut,
    may_be_public,
    public_parts,
    public_respondent,
    sealed_parts,
)
from colloquia.submissions.queries.checking_texts import latest_version
from colloquia.submissions.queries.integrity_published import committed
from colloquia.submissions.services.refusals import SubmissionRefused

PUBLISHED = "submission.published"
REPUBLISHED = "submission.republished"
UNPUBLISHED = "submission.unpublished"
LONGEST_SEARCHED = 400_000
"""Characters of one submission that are searched."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of several that were to be published; ``problem`` is blank where it is public."""

    identifier: str
    problem: str = ""


def publish(*, submission: Submission, by: Any, again: bool = True) -> PublishedSubmission:
    """Make public what may be of the latest version; after a change it takes the place of what was.

    Without ``again``, what is public and was not taken up since stays as it is.

    Texts are prepared before the row is locked; what is then found to be otherwise is read again under the
    lock, so that what was withdrawn or replaced meanwhile never becomes public.

    Raises:
        SubmissionRefused: it did not pass the check, is confidential, or was taken back by its sender.
    """
    ready = {
        part.text_version.pk: folded(part.text_version.text[:LONGEST_SEARCHED])
        for part in public_parts(submission)
        if part.text_version
    }
    with transaction.atomic():
        locked = _locked(submission)
        _refuse_unless_public(locked)
        if not again and locked.check_state == CheckState.PUBLISHED:
            public = PublishedSubmission.objects.filter(pk=locked.pk, version=locked.version).first()
            if public is not None:
                return public
        parts, who = public_parts(locked), public_respondent(locked)
        now = timezone.now()
        earlier = PublishedSubmission.objects.filter(pk=locked.pk).values("published_at").first()
        row = _row(locked, who, by)
        row.language = who.language or _common_language(parts)
        row.sealed_parts = sealed_parts(locked, parts)
        row.redactions = sum(part.redactions for part in parts)
        row.search_text = _searched(row, parts, ready)
        row.published_at, row.changed_at = (earlier["published_at"] if earlier else now), now
        row.save()
        row.parts.all().delete()
        PublishedPart.objects.bulk_create([_part(row, part) for part in parts])
        PublicAddress.objects.get_or_create(pk=row.identifier, defaults={"call_id": row.call_id})
        before = {"check_state": locked.check_state, "published version": None}
        locked.check_state = CheckState.PUBLISHED
        locked.changed += 1
        locked.save(update_fields=["check_state", "changed"])
        after = {"check_state": locked.check_state, "published version": row.version}
        audit.record(locked, "submissions.publish", by=by, before=before, after=after)
        ledger.record(REPUBLISHED if earlier else PUBLISHED, about=locked, content=committed(row.pk))
    return row


def publish_several(*, submissions: Iterable[Submission], by: Any) -> list[Outcome]:
    """Publish each by itself: what may not be published does not keep back the others.

    A button that is pressed twice publishes once.
    """
    outcomes = []
    for submission in submissions:
        try:
            publish(submission=submission, by=by, again=False)
        except SubmissionRefused as refusal:
            outcomes.append(Outcome(submission.identifier, str(refusal)))
        else:
            outcomes.append(Outcome(submission.identifier))
    return outcomes


def unpublish(*, submission: Submission, by: Any, reason: str) -> None:
    """Take a submission out of the public, and give it back to the check. Its address says so from then on.

    Raises:
        SubmissionRefused: it is not public, or no reason is given.
    """
    if not reason.strip():
        raise SubmissionRefused({"reason": _("Say why it is taken out of the public; officers can read it.")})
    with transaction.atomic():
        locked = _locked(submission)
        if not take_back(submission=locked, by=by, note=reason.strip()):
            raise SubmissionRefused(_("This submission is not public."))
        locked.check_state = CheckState.CHECKING
        locked.changed += 1
        locked.save(update_fields=["check_state", "changed"])


def take_back(*, submission: Submission, by: Any = None, note: str = "") -> bool:
    """Remove what is public of a submission, within the caller's transaction and under its lock on the row.

    For whoever withdraws, replaces or destroys it. Gives whether anything was public.
    """
    row = PublishedSubmission.objects.filter(pk=submission.pk).defer("search_text").first()
    if row is None:
        return False
    content = committed(row.pk)
    version = row.version
    row.delete()
    audit.record(
        submission,
        "submissions.unpublish",
        by=by,
        before={"published version": version},
        after={"published version": None},
        note=note,
    )
    # What was public of it stands in an analysis too, until officers analyse again and show that.
    stop_showing(consultation_id=submission.call.consultation_id, submission_id=submission.identifier, by=by)
    ledger.record(UNPUBLISHED, about=submission, content=content)
    return True


def _locked(submission: Submission) -> Submission:
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("call__consultation")
        .get(pk=submission.pk)
    )


def _refuse_unless_public(submission: Submission) -> None:
    if submission.withdrawn_at is not None:
        raise SubmissionRefused(_("Its sender withdrew it; it cannot be published."))
    if submission.destroyed_at is not None:
        raise SubmissionRefused(_("What was sealed of it is destroyed; it cannot be published any more."))
    if submission.confirmed_at is None:
        raise SubmissionRefused(_("Its sender has not confirmed the e-mail address; it counts only then."))
    if latest_version(submission).publication == Publication.CONFIDENTIAL:
        raise SubmissionRefused(
            _("Its sender wishes it to be confidential; it is counted, and not published.")
        )
    if not may_be_public(submission):
        raise SubmissionRefused(_("It has not passed the check. Finish the check first."))


def _row(submission: Submission, who: RespondentOut, by: Any) -> PublishedSubmission:
    """The public row, with nothing in it that could tell who an anonymous sender is."""
    return PublishedSubmission(
        submission=submission,
        identifier=submission.identifier,
        call=submission.call,
        version=submission.version,
        kind=who.kind,
        is_anonymous=who.is_anonymous,
        name=who.name,
        organisation=who.organisation,
        on_behalf_of=who.on_behalf_of,
        territory_id=None if who.is_anonymous else who.territory or None,
        parties=[] if who.is_anonymous else list(who.parties),
        stakeholder=who.stakeholder,
        language=who.language,
        channel=submission.channel,
        received_on=submission.received_at.astimezone(submission.call.zone).date(),
        is_late=submission.is_late,
        published_by=by,
    )


def _common_language(parts: list[PartOut]) -> str:
    """The language of all texts that are public, where it is one and known; for whose sender stated none."""
    held = {part.language.partition("-")[0] for part in parts if part.text_version}
    return held.pop() if len(held) == 1 else ""


def _part(row: PublishedSubmission, part: PartOut) -> PublishedPart:
    attachment: Any = part.attachment
    return PublishedPart(
        published=row,
        position=part.position,
        question_id=part.question_id,
        title=part.title,
        is_file=part.is_file,
        attachment=attachment,
        sha256=attachment.sha256 if attachment else (part.text_version.sha256 if part.text_version else ""),
        text_version=part.text_version,
        language=part.language,
        is_redacted=part.is_redacted,
        is_public_version=part.is_public_version,
        rights_statement=part.rights_statement,
        mining_reserved=part.mining_reserved,
    )


def _searched(row: PublishedSubmission, parts: list[PartOut], ready: dict[int, str]) -> str:
    names = [row.identifier, row.organisation, row.name, row.on_behalf_of]
    names += [str(party["name"]) for party in row.parties]
    pieces = [folded(name) for name in names if name]
    for part in parts:
        if part.title:
            pieces.append(folded(part.title))
        if part.text_version:
            text = ready.get(part.text_version.pk)
            pieces.append(folded(part.text_version.text[:LONGEST_SEARCHED]) if text is None else text)
    return searched(pieces)[:LONGEST_SEARCHED]
