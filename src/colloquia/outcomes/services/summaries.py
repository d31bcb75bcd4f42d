"""Writing a summary sentence by sentence. Any change takes a review back; a signed summary stays."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.models import Run, RunQuestion
from colloquia.core import audit
from colloquia.engines.citing import sentences_of
from colloquia.outcomes.models import Sentence, Summary, SummaryStatus
from colloquia.outcomes.services.refusals import OutcomeConflict, OutcomeRefused

LONGEST = 2000
"""Characters of a sentence."""


@transaction.atomic
def begin_summary(*, run: Run, language: str, by: Any) -> Summary:
    """The summary of a run in a language, begun where there is none. Raises OutcomeRefused."""
    if language not in dict(settings.LANGUAGES):
        raise OutcomeRefused(_("Summaries cannot be written in this language. Choose one from the list."))
    row, made = Summary.objects.get_or_create(run=run, language=language, defaults={"created_by": by})
    if made:
        audit.record(row, "outcomes.begin_summary", by=by, before={})
    return row


@transaction.atomic
def add_sentence(*, summary: Summary, question_id: str, text: str, by: Any) -> Sentence:
    """Write a sentence at the end of what stands under a question (blank: at the head).

    Of several sentences each becomes one of its own, to be cited for itself; the first is given.
    Raises OutcomeRefused.
    """
    locked = open_summary(summary.pk)
    wordings = wordings_of(text)
    _known(locked, question_id)
    rows = [put(locked, question_id, wording, by) for wording in wordings]
    for row in rows:
        changed(locked, by, "add_sentence", {}, _words(row), row)
    return rows[0]


def put(summary: Summary, question_id: str, wording: str, by: Any, **fields: Any) -> Sentence:
    """Make the row, last under its question. The caller holds the lock on the summary."""
    last = Sentence.objects.filter(summary=summary, question_id=question_id).order_by("-position").first()
    return Sentence.objects.create(
        summary=summary,
        question_id=question_id,
        position=last.position + 1 if last else 1,
        text=wording,
        by=by,
        **fields,
    )


@transaction.atomic
def edit_sentence(
    *, summary: Summary, sentence: int, text: str, question_id: str, seen: str, by: Any
) -> Sentence:
    """Write a sentence anew, and under another question where that is given. Its citations stay.

    Of several sentences the first is the one written anew; the others follow it, without citations.
    ``seen`` is the ``stamp`` of the sentence that the officer was looking at. Raises OutcomeRefused, and
    OutcomeConflict where somebody else wrote or deleted it since.
    """
    locked = open_summary(summary.pk)
    wording, *others = wordings_of(text)
    _known(locked, question_id)
    row = _unchanged(locked, sentence, seen)
    before = _words(row)
    if question_id != row.question_id:
        last = Sentence.objects.filter(summary=locked, question_id=question_id).order_by("-position").first()
        row.question_id, row.position = question_id, last.position + 1 if last else 1
    row.text, row.by, row.at = wording, by, timezone.now()
    row.save(update_fields=["question_id", "position", "text", "by", "at"])
    changed(locked, by, "edit_sentence", before, _words(row), row)
    behind = Sentence.objects.filter(summary=locked, question_id=question_id, position__gt=row.position)
    behind.update(position=F("position") + len(others))
    for place, each in enumerate(others, start=row.position + 1):
        new = Sentence.objects.create(
            summary=locked, question_id=question_id, position=place, text=each, by=by
        )
        changed(locked, by, "add_sentence", {}, _words(new), new)
    return row


@transaction.atomic
def delete_sentence(*, summary: Summary, sentence: int, seen: str, by: Any) -> None:
    """Delete a sentence with its citations; its words stay in the history. Raises as ``edit_sentence``."""
    locked = open_summary(summary.pk)
    row = _unchanged(locked, sentence, seen)
    before = _words(row)
    changed(locked, by, "delete_sentence", before, {}, row)
    row.delete()


@transaction.atomic
def move_sentence(*, summary: Summary, sentence: int, up: bool, by: Any) -> None:
    """Let a sentence change places with its neighbour under the same question. At the end nothing happens."""
    locked = open_summary(summary.pk)
    row = _sentence(locked, sentence)
    others = Sentence.objects.filter(summary=locked, question_id=row.question_id)
    other = (
        others.filter(position__lt=row.position).order_by("-position").first()
        if up
        else others.filter(position__gt=row.position).order_by("position").first()
    )
    if other is None:
        return
    before = {"position": row.position}
    row.position, other.position = other.position, row.position
    Sentence.objects.bulk_update([row, other], ["position"])
    changed(locked, by, "move_sentence", before, {"position": row.position}, row)


def stamp(sentence: Sentence) -> str:
    """What an officer has seen of a sentence: new whenever somebody writes it anew."""
    return sentence.at.isoformat()


def open_summary(pk: int) -> Summary:
    """The summary, locked. Raises OutcomeRefused where it is signed."""
    locked = Summary.objects.select_for_update(of=("self",)).select_related("run__consultation").get(pk=pk)
    if locked.status == SummaryStatus.SIGNED:
        raise OutcomeRefused(_("This summary is signed and stays as it is. Write one for the next run."))
    return locked


def changed(
    summary: Summary, by: Any, verb: str, before: dict[str, Any], after: dict[str, Any], sentence: Sentence
) -> None:
    """Count the change, take a review back, and record it under the summary."""
    was = summary.status
    summary.version += 1
    summary.status, summary.reviewed_by, summary.reviewed_at = SummaryStatus.DRAFT, None, None
    summary.save(update_fields=["version", "status", "reviewed_by", "reviewed_at"])
    if was != summary.status:
        before, after = before | {"status": was}, after | {"status": str(summary.status)}
    audit.record(
        summary, f"outcomes.{verb}", by=by, before=before, after=after, note=f"sentence {sentence.pk}"
    )


def _unchanged(summary: Summary, pk: int, seen: str) -> Sentence:
    row = Sentence.objects.filter(summary=summary, pk=pk).first()
    if row is None:
        raise OutcomeConflict("", "")
    if stamp(row) != seen:
        raise OutcomeConflict(row.text, stamp(row))
    return row


def _sentence(summary: Summary, pk: int) -> Sentence:
    row = Sentence.objects.filter(summary=summary, pk=pk).first()
    if row is None:
        raise OutcomeRefused(_("This sentence was deleted by somebody else meanwhile."))
    return row


def _words(row: Sentence) -> dict[str, Any]:
    return {"text": row.text, "question": row.question_id}


def wordings_of(text: str) -> list[str]:
    """The sentences of what an officer typed. Raises OutcomeRefused: none, or one that is too long."""
    wordings = sentences_of(text.replace("\x00", " "))
    if not wordings:
        raise OutcomeRefused(_("Write the sentence."))
    if any(len(wording) > LONGEST for wording in wordings):
        raise OutcomeRefused(
            _("The sentence is longer than %(n)s characters. Make two of it.") % {"n": LONGEST}
        )
    return wordings


def _known(summary: Summary, question_id: str) -> None:
    questions = RunQuestion.objects.filter(run=summary.run, question_id=question_id)
    if question_id and not questions.exists():
        raise OutcomeRefused(_("The question is not in the paper of this run. Choose one from the list."))
