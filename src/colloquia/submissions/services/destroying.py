"""Destroying what is sealed of a submission: the core that two people's decision and the schedule share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from colloquia.core import attachments, audit, ledger
from colloquia.core.models import Attachment, AuditEntry, OutgoingMail
from colloquia.submissions.models import (
    Answer,
    AnswerDraft,
    CheckNote,
    DraftFile,
    Hint,
    ImportItem,
    Party,
    PublishedPart,
    PublishedSubmission,
    Submission,
    SubmissionFile,
    SubmissionVersion,
    TextVersion,
)

PUBLIC_KINDS = ("submission.published", "submission.republished", "submission.unpublished")
"""Acts of the ledger about a submission that commit to nothing sealed: they stay open to proof."""
_SEALED_FIELDS = (
    "withheld_reason", "withdrawal_reason", "source", "owner", "email", "name", "organisation",
    "on_behalf_of",
)  # fmt: skip

Destroyer = Callable[[Submission], None]
_destroyers: list[Destroyer] = []


@dataclass(frozen=True, slots=True)
class Destroyed:
    """How much was destroyed; counts alone, for the ledger and the audit."""

    submissions: int = 0
    documents: int = 0
    answers: int = 0
    texts: int = 0
    files: int = 0
    drafts: int = 0
    mails: int = 0
    openings: int = 0

    def __add__(self, other: Destroyed) -> Destroyed:
        return Destroyed(
            **{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        )

    def as_json(self) -> dict[str, int]:
        """The counts by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def on_destroyed(destroyer: Destroyer) -> Destroyer:
    """Let another part destroy what it keeps of a submission, within the same transaction."""
    if destroyer not in _destroyers:
        _destroyers.append(destroyer)
    return destroyer


def destroy(submission: Submission, *, keep_published: bool, by: Any = None) -> Destroyed:
    """Destroy what is sealed: documents, names, addresses, texts, files, drafts, mails, salts. Hashes stay.

    The caller checks who may, and writes the act into audit and ledger in the same transaction. One short
    transaction; done again, it changes nothing and counts nothing.

    Args:
        submission: any version of the row; it is locked and read again.
        keep_published: what is public stays as it is; without it that goes too.
        by: the person who decided, or None for the schedule.
    """
    with transaction.atomic():
        locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
        if locked.destroyed_at is not None and (
            keep_published or not PublishedSubmission.objects.filter(pk=locked.pk).exists()
        ):
            return Destroyed()
        if not keep_published:
            PublishedPart.objects.filter(published_id=locked.pk).delete()
            PublishedSubmission.objects.filter(pk=locked.pk).delete()
        files = _files(locked, by)
        done = Destroyed(
            submissions=1,
            documents=_versions(locked),
            answers=_answers(locked),
            texts=_texts(locked),
            files=files,
            drafts=destroy_drafts(
                AnswerDraft.objects.filter(Q(submission=locked) | Q(replaces=locked)), by=by
            ),
            mails=destroy_mails(locked),
            openings=ledger.destroy_openings(locked, keep=PUBLIC_KINDS if keep_published else ()),
        )
        _around(locked, by)
        for destroyer in _destroyers:
            destroyer(locked)
    return done


def destroy_drafts(drafts: models.QuerySet[AnswerDraft], *, by: Any = None) -> int:
    """Destroy drafts with their files, links, remarks and messages; gives their number."""
    count = 0
    for draft in drafts:
        with transaction.atomic():
            kept = list(Attachment.objects.filter(pk__in=draft.files.values("attachment")))
            destroy_mails(draft)
            draft.delete()
            for attachment in kept:
                destroy_unused(attachment, by=by)
        count += 1
    return count


def destroy_mails(about: models.Model) -> int:
    """Remove the messages about an object, sent or not; gives their number."""
    return OutgoingMail.objects.filter(about=f"{about._meta.label_lower} {about.pk}").delete()[0]


def destroy_unused(attachment: Attachment, *, by: Any = None) -> int:
    """Destroy the bytes of a receipt that nothing which stays needs; gives 1 where that was done."""
    needed = (
        PublishedPart.objects.filter(attachment=attachment).exists()
        or DraftFile.objects.filter(attachment=attachment).exists()
        or SubmissionFile.objects.filter(
            attachment=attachment, version__submission__destroyed_at=None
        ).exists()
    )
    return 0 if needed else int(attachments.destroy(attachment, by=by))


def _versions(submission: Submission) -> int:
    """Empty the sealed rows. Of the version that is published they keep the names that are public."""
    versions = SubmissionVersion.objects.filter(submission=submission)
    count = versions.exclude(document="").count()
    gone = {"document": "", "email": "", "name": "", "organisation": "", "on_behalf_of": ""}
    public = PublishedSubmission.objects.filter(pk=submission.pk).first()
    if public is None:
        versions.update(**gone, territory=None)
    else:
        versions.exclude(number=public.version).update(**gone, territory=None)
        shown = {name: getattr(public, name) for name in ("name", "organisation", "on_behalf_of")}
        versions.filter(number=public.version).update(**gone | shown, territory=public.territory_id)
    Party.objects.filter(version__submission=submission).delete()
    return count


def _answers(submission: Submission) -> int:
    return Answer.objects.filter(version__submission=submission).update(
        text="", public_text="", secrecy_reason=""
    )


def _texts(submission: Submission) -> int:
    """Empty every text that is not published, and forget what was found and decided in any."""
    texts = TextVersion.objects.filter(version__submission=submission)
    for row in texts:
        row.fingerprints.all().delete()
        row.decisions.all().delete()
        row.findings.all().delete()
    published = PublishedPart.objects.exclude(text_version=None).values("text_version")
    return texts.exclude(pk__in=published).exclude(text="").update(text="", pages=[], problem="")


def _files(submission: Submission, by: Any) -> int:
    """Destroy the bytes of files that are not published, and what was said about them."""
    count = 0
    Submission.objects.filter(pk=submission.pk).update(destroyed_at=timezone.now())
    for row in SubmissionFile.objects.filter(version__submission=submission).select_related("attachment"):
        SubmissionFile.objects.filter(pk=row.pk).update(title="", secrecy_reason="", rights_statement="")
        count += destroy_unused(row.attachment, by=by)
    return count


def _around(submission: Submission, by: Any) -> None:
    """Hints, where it came from, whose account it belongs to, and what the audit says of these."""
    Hint.objects.filter(Q(submission=submission) | Q(other=submission)).delete()
    CheckNote.objects.filter(submission=submission).update(text="")
    ImportItem.objects.filter(submission=submission).update(where="", summary={}, problems=[])
    Submission.objects.filter(pk=submission.pk).update(
        owner=None, source="", withheld_reason="", withdrawal_reason="", changed=models.F("changed") + 1
    )
    entries = AuditEntry.objects.filter(
        object_type=Submission._meta.label_lower, object_id=str(submission.pk)
    )
    for entry in entries:
        named = [name for name in _SEALED_FIELDS if name in entry.changes]
        if named:
            audit.redact(entry=entry, fields=named, by=by, reason="Sealed data were destroyed.")
