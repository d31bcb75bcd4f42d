"""Revising a paper question by question. A change takes a review back; a published revision stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.models import Consultation
from colloquia.core import audit
from colloquia.issues.models import PaperVersion
from colloquia.outcomes.models import Change, ChangeKind, Outcome, Revision
from colloquia.outcomes.services.refusals import OutcomeConflict, OutcomeRefused

LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Wish:
    """What an officer wants done to a question; ``outcomes`` are primary keys of those that it rests on."""

    kind: str
    question_id: str
    issue_id: str
    texts: Mapping[str, str]
    position: int | None
    reasons: Mapping[str, str]
    outcomes: Sequence[int]


@transaction.atomic
def begin_revision(
    *,
    consultation: Consultation,
    base: PaperVersion,
    key: str,
    titles: Mapping[str, str],
    symbol: str,
    by: Any,
) -> Revision:
    """Begin a revision of a version of the paper. Raises OutcomeRefused."""
    reasons = []
    try:
        validate_slug(key)
    except ValidationError:
        reasons.append(_("The key may hold letters, digits and hyphens only."))
    if PaperVersion.objects.filter(paper=base.paper_id, key=key).exists():
        reasons.append(_("The paper has a version “%(key)s” already; choose another key.") % {"key": key})
    if Revision.objects.filter(consultation=consultation, key=key).exists():
        reasons.append(_("There is a revision with this key already; choose another key."))
    if not titles.get(base.language, "").strip():
        reasons.append(_("Give the new version a title in its own language."))
    if reasons:
        raise OutcomeRefused(*reasons)
    row = Revision.objects.create(
        consultation=consultation,
        base=base,
        key=key,
        titles={code: text.strip() for code, text in titles.items() if text.strip()},
        symbol=symbol.strip(),
        language=base.language,
        created_by=by,
    )
    audit.record(row, "outcomes.begin_revision", by=by, before={})
    return row


def save_change(*, revision: Revision, wish: Wish, seen: str, change: int | None = None, by: Any) -> Change:
    """Write the change of a question, or write it anew; ``change`` names an added question.

    ``seen`` is the ``stamp`` of the change that the officer was looking at, blank for none.

    Raises:
        OutcomeRefused: something is missing.
        OutcomeConflict: somebody else wrote a change of this question since.
    """
    try:
        with transaction.atomic():
            locked = open_revision(revision.pk)
            row = _standing(locked, wish, change)
            if (stamp(row) if row else "") != seen:
                raise OutcomeConflict(_told(row), stamp(row) if row else "")
            return _save(locked, row, wish, by)
    except IntegrityError as error:
        raise OutcomeRefused(
            _("Somebody else changed this question at the same moment. Look at it again.")
        ) from error


@transaction.atomic
def drop_change(*, revision: Revision, change: int, seen: str, by: Any) -> None:
    """Leave a question as it was. Raises as ``save_change``."""
    locked = open_revision(revision.pk)
    row = Change.objects.filter(revision=locked, pk=change).first()
    if row is None:
        return
    if stamp(row) != seen:
        raise OutcomeConflict(_told(row), stamp(row))
    before = _values(row)
    row.delete()
    _changed(locked, by, "drop_change", before, {})


def stamp(change: Change) -> str:
    """What an officer has seen of a change: new whenever somebody writes it anew."""
    return change.at.isoformat()


def open_revision(pk: int) -> Revision:
    """The revision, locked. Raises OutcomeRefused where it is published."""
    row = (
        Revision.objects.select_for_update(of=("self",))
        .select_related("base__paper", "consultation")
        .get(pk=pk)
    )
    if row.published_at is not None:
        raise OutcomeRefused(_("This revision is published and stays as it is. Begin another one."))
    return row


def _standing(revision: Revision, wish: Wish, change: int | None) -> Change | None:
    rows = Change.objects.select_for_update(of=("self",)).filter(revision=revision)
    if change is not None:
        row = rows.filter(pk=change).first()
        if row is None:
            raise OutcomeConflict("", "")
        return row
    return rows.filter(question_id=wish.question_id).first() if wish.question_id else None


def _save(revision: Revision, row: Change | None, wish: Wish, by: Any) -> Change:
    texts = {code: text.strip() for code, text in wish.texts.items() if text.strip()}
    if wish.kind == ChangeKind.REMOVE:
        texts = {}
    _refuse(revision, wish, texts)
    before = _values(row) if row else {}
    row = row or Change(revision=revision, question_id=wish.question_id)
    row.kind, row.issue_id, row.texts, row.position = wish.kind, wish.issue_id, texts, wish.position
    row.reasons = {code: text.strip() for code, text in wish.reasons.items() if text.strip()}
    row.by, row.at = by, timezone.now()
    row.save()
    found = Outcome.objects.filter(
        pk__in=list(wish.outcomes), consultation=revision.consultation_id, superseded_by=None
    )
    row.outcomes.set(found)
    _changed(revision, by, "save_change", before, _values(row))
    return row


def _refuse(revision: Revision, wish: Wish, texts: Mapping[str, str]) -> None:
    reasons = []
    if wish.kind not in ChangeKind.values or (wish.kind == ChangeKind.ADD) != (not wish.question_id):
        reasons.append(_("Choose what is done to the question."))
    if (wish.kind in (ChangeKind.ADD, ChangeKind.REWORD) or texts) and not texts.get(revision.language):
        reasons.append(_("Write the text in the language of the paper."))
    if any(len(text) > LONGEST for text in (*texts.values(), *wish.reasons.values())):
        reasons.append(_("A text is longer than %(n)s characters. Shorten it.") % {"n": LONGEST})
    if reasons:
        raise OutcomeRefused(*reasons)


def _changed(
    revision: Revision, by: Any, verb: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    revision.version += 1
    revision.reviewed_by, revision.reviewed_at = None, None
    revision.save(update_fields=["version", "reviewed_by", "reviewed_at"])
    audit.record(revision, f"outcomes.{verb}", by=by, before=before, after=after)


def _values(row: Change) -> dict[str, Any]:
    return audit.snapshot(row, without=("id", "revision", "by", "at")) | {
        "outcomes": sorted(row.outcomes.values_list("pk", flat=True)) if row.pk else []
    }


def _told(row: Change | None) -> str:
    """A change in words for who meant to write over it."""
    if row is None:
        return ""
    text = row.texts.get(row.revision.language) or next(iter(row.texts.values()), "")
    return f"{row.get_kind_display()}: {text}" if text else str(row.get_kind_display())
