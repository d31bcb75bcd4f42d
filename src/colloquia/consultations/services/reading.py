"""Marks of reading: a person says that they read a submission, or one passage of it, and may take it back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.models import Consultation, ReadingLanguages, ReadMark, Run
from colloquia.consultations.queries.coverage import readers_bulk
from colloquia.core import audit

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,8})?")


class ReadingRefused(Exception):
    """Something about reading cannot be done as asked; the message says why and what to do."""


def mark_read(*, run: Run, submission_id: str, by: Any, passage_id: str = "") -> ReadMark:
    """Say that ``by`` read a submission, or one passage (or document without text) of it.

    Said again it stays one mark. Two people make two marks, also at once. Raises ReadingRefused where the
    run has no such submission or passage.
    """
    _check(run, submission_id, passage_id)
    with transaction.atomic():
        consultation = locked(run.consultation_id)
        held = _live(consultation, submission_id, passage_id, by)
        if held is not None:
            return held
        row = ReadMark.objects.create(
            consultation=consultation,
            submission_id=submission_id,
            passage_id=passage_id,
            reader=by,
            sequence=_step(consultation),
        )
        audit.record(row, "consultations.mark_read", by=by)
    return row


def withdraw_mark(*, run: Run, submission_id: str, by: Any, passage_id: str = "") -> ReadMark | None:
    """Take back one's own mark. It stays on the record as withdrawn; None where there was none."""
    with transaction.atomic():
        consultation = locked(run.consultation_id)
        row = _live(consultation, submission_id, passage_id, by)
        if row is None:
            return None
        before = audit.snapshot(row)
        row.withdrawn_at, row.sequence = timezone.now(), _step(consultation)
        row.save(update_fields=["withdrawn_at", "sequence"])
        audit.record(row, "consultations.withdraw_mark", by=by, before=before)
    return row


@transaction.atomic
def set_reading_languages(*, person: Any, codes: Iterable[str], by: Any) -> ReadingLanguages:
    """Say which languages a person can read, so that passages find a reader.

    Raises ReadingRefused where a code is no code of a language.
    """
    wanted = sorted(set(codes))
    unknown = [code for code in wanted if not _LANGUAGE.fullmatch(code)]
    if unknown:
        raise ReadingRefused(
            _("%(code)s is no code of a language. Choose languages from the list.")
            % {"code": ", ".join(unknown)[:200]}
        )
    row, _made = ReadingLanguages.objects.select_for_update().get_or_create(reader=person)
    before = audit.snapshot(row)
    row.codes = wanted
    row.save(update_fields=["codes"])
    audit.record(row, "consultations.set_reading_languages", by=by, before=before)
    return row


def locked(consultation_id: int) -> Consultation:
    """The consultation, held for who marks and who makes batches, so that they go one after the other.

    Other tables may go on pointing to it meanwhile.
    """
    return Consultation.objects.select_for_update(no_key=True).get(pk=consultation_id)


def _step(consultation: Consultation) -> int:
    """The next number of a mark set or withdrawn. The lock makes lower numbers visible before higher ones."""
    consultation.reading_sequence += 1
    consultation.save(update_fields=["reading_sequence"])
    return consultation.reading_sequence


def _live(consultation: Consultation, submission_id: str, passage_id: str, reader: Any) -> ReadMark | None:
    return ReadMark.objects.filter(
        consultation=consultation,
        submission_id=submission_id,
        passage_id=passage_id,
        reader=reader,
        withdrawn_at=None,
    ).first()


def _check(run: Run, submission_id: str, passage_id: str) -> None:
    bulk = readers_bulk(run)
    if submission_id not in bulk.docket().place:
        raise ReadingRefused(
            _("There is no submission %(id)s in this run. Go back and choose from the list.")
            % {"id": submission_id}
        )
    if not passage_id:
        return
    found = bulk.passages_by_id([passage_id]).get(passage_id)
    own = {item.document_id for item in bulk.waiting_documents() if item.submission_id == submission_id}
    if passage_id not in own and (found is None or found.submission_id != submission_id):
        raise ReadingRefused(
            _("There is no passage %(id)s in this submission. Go back and choose from the list.")
            % {"id": passage_id}
        )
