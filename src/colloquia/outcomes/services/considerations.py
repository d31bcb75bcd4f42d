"""Preliminary considerations: drafted, opened for comments, published by a second officer; versions stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.accounts.models import Organisation
from colloquia.accounts.rules import is_focal_point, is_officer
from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.queries import bulk_of
from colloquia.core import audit, ledger
from colloquia.core.models import Territory
from colloquia.issues.models import Issue
from colloquia.outcomes import commitments
from colloquia.outcomes.models import (
    Consideration,
    ConsiderationComment,
    ConsiderationState,
    ConsiderationVersion,
)
from colloquia.outcomes.services.refusals import OutcomeConflict, OutcomeRefused
from colloquia.outcomes.services.wording import ask_about_words, refuse_states_and_verdicts

PUBLISHED, WITHDRAWN = "consideration.published", "consideration.withdrawn"
LONGEST_COMMENT = 20_000


@transaction.atomic
def write_consideration(
    *,
    consultation: Consultation,
    issue_id: str,
    texts: Mapping[str, str],
    passages: Sequence[str],
    run: Run | None,
    by: Any,
    consideration: Consideration | None = None,
    seen: int = 0,
    kept_words: Collection[str] = (),
) -> Consideration:
    """Write the first version of a consideration, or the next one. What is public stays till then.

    Raises:
        OutcomeRefused: no officer, no text, an unknown issue or passage, a state that is named, a verdict, or
            it is withdrawn.
        OutcomeDoubted: words may give a verdict and are not among ``kept_words``.
        OutcomeConflict: somebody wrote another version since ``seen``.
    """
    _officers_only(by)
    kept = {code: text.strip() for code, text in texts.items() if text.strip()}
    cited = list(dict.fromkeys(passages))
    reasons = [] if kept else [_("Write the consideration in at least one language.")]
    if not Issue.objects.filter(pk=issue_id).exists():
        reasons.append(_("There is no issue %(id)s.") % {"id": issue_id})
    missing = _missing(run, cited)
    if missing:
        reasons.append(_("There is no passage %(id)s in the run that is shown.") % {"id": ", ".join(missing)})
    if reasons:
        raise OutcomeRefused(*reasons)
    refuse_states_and_verdicts(kept)
    ask_about_words(kept, kept_words)
    if consideration is None:
        Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
        last = Consideration.objects.filter(consultation=consultation, issue_id=issue_id)
        number = (last.aggregate(last=Max("number"))["last"] or 0) + 1
        row = Consideration(consultation=consultation, issue_id=issue_id, number=number, version=0)
        before: dict[str, Any] = {}
    else:
        row = _locked(consideration)
        _refuse_withdrawn(row)
        if row.version != seen:
            raise OutcomeConflict(str(row.written_by), str(row.version))
        before = audit.snapshot(row)
    row.version, row.texts, row.passages = row.version + 1, kept, cited
    row.written_by, row.written_at = by, timezone.now()
    row.save()
    ConsiderationVersion.objects.create(
        consideration=row, number=row.version, texts=kept, passages=cited, by=by
    )
    audit.record(row, "outcomes.write_consideration", by=by, before=before)
    return row


@transaction.atomic
def open_comments(
    *, consideration: Consideration, until: datetime, organisations: bool, by: Any
) -> Consideration:
    """Let focal points, and members of organisations where allowed, comment until a moment."""
    _officers_only(by)
    row = _locked(consideration)
    _refuse_withdrawn(row)
    if until <= timezone.now():
        raise OutcomeRefused(_("Choose a time in the future until which comments are taken."))
    before = audit.snapshot(row)
    row.comments_until, row.organisations_comment = until, organisations
    if row.state == ConsiderationState.DRAFT:
        row.state = ConsiderationState.COMMENTS
    row.save(update_fields=["comments_until", "organisations_comment", "state"])
    audit.record(row, "outcomes.open_comments", by=by, before=before)
    return row


@transaction.atomic
def comment(
    *,
    consideration: Consideration,
    text: str,
    language: str,
    by: Any,
    territory: Territory | None = None,
    organisation: Organisation | None = None,
) -> ConsiderationComment:
    """Comment for a state or an organisation. Nobody but officers sees it before an officer shows it.

    Raises:
        OutcomeRefused: comments are closed, nothing is said, or the person does not speak for that body.
    """
    row = _locked(consideration)
    if not takes_comments(row):
        raise OutcomeRefused(_("Comments on this consideration are not open."))
    if not text.strip():
        raise OutcomeRefused(_("Write a comment first."))
    if len(text) > LONGEST_COMMENT:
        raise OutcomeRefused(_("The comment is longer than %(n)s characters.") % {"n": LONGEST_COMMENT})
    speaks = territory is not None and is_focal_point(by, territory.pk)
    if organisation is not None and row.organisations_comment:
        own = by.memberships.filter(organisation=organisation, confirmed_at__isnull=False, ended_at=None)
        speaks = speaks or own.exists()
    if not speaks:
        raise OutcomeRefused(_("You do not speak for this state or organisation."))
    made = ConsiderationComment.objects.create(
        consideration=row, consideration_version=row.version, territory=territory, text=text.strip(),
        on_behalf_of=organisation.name if organisation and territory is None else "", language=language,
        by=by,
    )  # fmt: skip
    audit.record(made, "outcomes.comment", by=by)
    return made


@transaction.atomic
def show_comment(*, row: ConsiderationComment, shown: bool, by: Any) -> None:
    """Publish a comment beside its consideration, or take it back. Raises OutcomeRefused."""
    _officers_only(by)
    locked = ConsiderationComment.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if locked.withdrawn_at is not None:
        raise OutcomeRefused(_("Its author withdrew this comment."))
    before = {"shown_at": audit.readable(locked.shown_at)}
    locked.shown_at = timezone.now() if shown else None
    locked.save(update_fields=["shown_at"])
    after = {"shown_at": audit.readable(locked.shown_at)}
    audit.record(locked, "outcomes.show_comment", by=by, before=before, after=after)


@transaction.atomic
def withdraw_comment(*, row: ConsiderationComment, by: Any) -> None:
    """Its author takes a comment back; it is shown no longer. Raises OutcomeRefused."""
    locked = ConsiderationComment.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if locked.by_id != by.pk:
        raise OutcomeRefused(_("Only who wrote the comment withdraws it."))
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.shown_at = timezone.now(), None
        locked.save(update_fields=["withdrawn_at", "shown_at"])
        audit.record(locked, "outcomes.withdraw_comment", by=by)


@transaction.atomic
def publish_consideration(*, consideration: Consideration, seen: int, by: Any) -> Consideration:
    """A second officer publishes exactly the version that they read.

    Raises:
        OutcomeRefused: the officer wrote this version, or it is withdrawn.
        OutcomeConflict: there is another version since ``seen``.
    """
    _officers_only(by)
    row = _locked(consideration)
    _refuse_withdrawn(row)
    if row.version != seen:
        raise OutcomeConflict(str(row.written_by), str(row.version))
    if row.written_by_id == by.pk:
        raise OutcomeRefused(_("You wrote this version. Another officer has to publish it."))
    before = audit.snapshot(row)
    row.state, row.published_version = ConsiderationState.PUBLISHED, row.version
    row.published_by, row.published_at = by, timezone.now()
    row.save(update_fields=["state", "published_version", "published_by", "published_at"])
    audit.record(row, "outcomes.publish_consideration", by=by, before=before)
    content = {
        "issue": row.issue_id,
        "number": row.number,
        "version": row.version,
        "sha256": commitments.of_texts(row),
    }
    ledger.record(PUBLISHED, about=row, content=content)
    return row


@transaction.atomic
def withdraw_consideration(*, consideration: Consideration, reason: str, by: Any) -> Consideration:
    """Take a consideration back, with a reason that the audit keeps. Raises OutcomeRefused."""
    _officers_only(by)
    if not reason.strip():
        raise OutcomeRefused(_("Give the reason for withdrawing it."))
    row = _locked(consideration)
    _refuse_withdrawn(row)
    before, was_public = audit.snapshot(row), row.published_version is not None
    row.state, row.published_version = ConsiderationState.WITHDRAWN, None
    row.save(update_fields=["state", "published_version"])
    audit.record(row, "outcomes.withdraw_consideration", by=by, before=before, note=reason.strip())
    if was_public:
        ledger.record(WITHDRAWN, about=row, content={"issue": row.issue_id, "number": row.number})
    return row


def takes_comments(row: Consideration, now: datetime | None = None) -> bool:
    """Whether comments are open now."""
    return (
        row.state != ConsiderationState.WITHDRAWN
        and row.comments_until is not None
        and (now or timezone.now()) < row.comments_until
    )


def _missing(run: Run | None, passages: Sequence[str]) -> list[str]:
    if not passages:
        return []
    known = bulk_of(run).passages_by_id(list(passages)) if run is not None else {}
    return [each for each in passages if each not in known]


def _locked(consideration: Consideration) -> Consideration:
    return (
        Consideration.objects.select_for_update(of=("self",))
        .select_related("written_by")
        .get(pk=consideration.pk)
    )


def _refuse_withdrawn(row: Consideration) -> None:
    if row.state == ConsiderationState.WITHDRAWN:
        raise OutcomeRefused(_("This consideration is withdrawn. Write a new one."))


def _officers_only(by: Any) -> None:
    if not is_officer(by):
        raise OutcomeRefused(_("Only an officer does this."))
