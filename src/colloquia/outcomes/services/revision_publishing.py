"""A revision reviewed by one officer and published by another: it becomes a version of the paper."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core import audit, ledger
from colloquia.issues.services import ImportRefused, QuestionChange, revise_paper
from colloquia.outcomes import commitments
from colloquia.outcomes.models import Change, Revision
from colloquia.outcomes.queries.revisions import changes_of, faults_of
from colloquia.outcomes.services.refusals import OutcomeRefused
from colloquia.outcomes.services.revising import open_revision

PUBLISHED = "revision.published"


@transaction.atomic
def review_revision(*, revision: Revision, seen: int, by: Any) -> Revision:
    """Say that every change was gone through. Raises OutcomeRefused."""
    locked = open_revision(revision.pk)
    _ready(locked, seen)
    before = audit.snapshot(locked)
    locked.reviewed_by, locked.reviewed_at = by, timezone.now()
    locked.save(update_fields=["reviewed_by", "reviewed_at"])
    audit.record(locked, "outcomes.review_revision", by=by, before=before)
    return locked


@transaction.atomic
def publish_revision(*, revision: Revision, seen: int, by: Any) -> Revision:
    """Make the new version of the paper. Added questions get the next free id of their issue.

    Raises:
        OutcomeRefused: nobody or only the one who publishes reviewed it, a change cites no outcome that is
            public, or somebody changed it meanwhile.
    """
    locked = open_revision(revision.pk)
    changes = _ready(locked, seen)
    if locked.reviewed_at is None:
        raise OutcomeRefused(_("An officer must review the revision before another publishes it."))
    if locked.reviewed_by_id == by.pk:
        raise OutcomeRefused(_("Who reviewed the revision cannot publish it; a second officer must."))
    try:
        version, ids = revise_paper(
            base=locked.base,
            key=locked.key,
            titles=locked.titles,
            symbol=locked.symbol,
            language=locked.language,
            changes=[as_change(row) for row in changes],
            source=_("Revision published on this site"),
            by=by,
        )
    except ImportRefused as error:
        raise OutcomeRefused(*error.reasons) from error
    for row, identifier in zip(changes, ids, strict=True):
        if row.question_id != identifier:
            row.question_id = identifier
            row.save(update_fields=["question_id"])
    before = audit.snapshot(locked)
    locked.result, locked.published_by, locked.published_at = version, by, timezone.now()
    locked.save(update_fields=["result", "published_by", "published_at"])
    audit.record(locked, "outcomes.publish_revision", by=by, before=before)
    ledger.record(PUBLISHED, about=locked, content=commitments.of_revision(locked, version, changes))
    return locked


def as_change(row: Change) -> QuestionChange:
    """A change as the room of papers wants it."""
    return QuestionChange(str(row.kind), row.question_id, row.issue_id, row.texts, row.position)


def _ready(revision: Revision, seen: int) -> list[Change]:
    if revision.version != seen:
        raise OutcomeRefused(
            _("The revision was changed since this page was opened. Look at it again, then go on.")
        )
    changes = changes_of(revision)
    reasons = faults_of(changes)
    if reasons:
        raise OutcomeRefused(*reasons)
    return changes
