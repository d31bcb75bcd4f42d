"""Translations of passages kept, replaced and taken back; the machine's words never pass for a person's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models import Run, Translation, TranslationRequest
from colloquia.consultations.models.translations import TranslationKind
from colloquia.consultations.queries.returned import LONGEST
from colloquia.consultations.queries.translating import (
    live,
    source_digest,
    target_languages,
    translators_bulk,
)
from colloquia.core import audit
from colloquia.engines.bulk import PassageRow
from colloquia.engines.translations import Unit, check

_WORDS: dict[str, Any] = {
    "unknown": _("There is no passage %(passage)s in this run. Choose one from the list."),
    "translation": _("%(passage)s is itself a translation. Translate the passage that it was made from."),
    "language": _("The program cannot analyse texts in this language. Choose one from the list."),
    "own language": _("The passage is in this language already. Choose another language."),
    "empty": _("There is no translation yet. Write it, or leave the passage for later."),
    "long": _("The translation is longer than 20,000 characters. Shorten it."),
    "copy": _("This is the original unchanged. Write the translation."),
    "machine's words": _(
        "These are the machine's words unchanged. Say that they are a machine translation, or one that a "
        "person has corrected where you have checked them."
    ),
    "replaced already": _("This translation was replaced or taken back already."),
    "in the analysis": _(
        "This translation is in the analysis already and cannot be taken back. Write a better one instead: "
        "the next run takes that in."
    ),
}


class TranslationRefused(Exception):
    """A translation is not kept. ``code`` is a stable word; the text is for people."""

    def __init__(self, code: str, **values: str) -> None:
        self.code = code
        self.values = values
        super().__init__(code)

    def __str__(self) -> str:
        return str(_WORDS[self.code]) % self.values


class TranslationConflict(Exception):
    """Somebody else translated the passage meanwhile; ``theirs`` is what stands now."""

    def __init__(self, theirs: Translation) -> None:
        self.theirs = theirs
        super().__init__(str(theirs))


@dataclass(frozen=True, slots=True)
class Written:
    """A translation as somebody or something wrote it."""

    text: str
    kind: str
    how: str = "typed"
    tool: str = ""
    request: TranslationRequest | None = None


def save_translation(
    *, run: Run, passage_id: str, language: str, written: Written, by: Any, seen: int = 0
) -> Translation:
    """Keep a translation; an earlier one into the same language is replaced and stays in the record.

    Args:
        run: that from which the passage is read.
        passage_id: of a passage that was received, not of a translation.
        language: one of ``target_languages(run)``.
        written: the words, and how they came about.
        by: who did it, or asked the service for it.
        seen: key of the translation that stood there when the translator looked; 0 where none did.

    Raises:
        TranslationRefused: it makes no sense; ``str()`` says why.
        TranslationConflict: another one stands there than was seen.
    """
    passage = _passage(run, passage_id)
    text = checked(run, passage, language, written.text)
    try:
        with transaction.atomic():
            return _save(run, passage, language, text, written, by, seen)
    except IntegrityError:
        theirs = live(run.consultation_id).filter(passage_id=passage_id, language=language).first()
        if theirs is None:
            raise
        raise TranslationConflict(theirs) from None


def _save(
    run: Run, passage: PassageRow, language: str, text: str, written: Written, by: Any, seen: int
) -> Translation:
    digest = source_digest(passage.text)
    held = (
        live(run.consultation_id)
        .filter(passage_id=passage.passage_id, language=language)
        .select_for_update(of=("self",))
        .first()
    )
    if held is not None:
        if (held.text, held.kind, held.source_sha256) == (text, written.kind, digest):
            return held
        if held.pk != seen:
            raise TranslationConflict(held)
        if held.text == text and written.kind == TranslationKind.PERSON != held.kind:
            raise TranslationRefused("machine's words")
        replace_row(held)
    row = Translation.objects.create(
        consultation=run.consultation,
        passage_id=passage.passage_id,
        submission_id=passage.submission_id,
        language=language,
        source_language=passage.language,
        text=text,
        kind=written.kind,
        how=written.how,
        tool=written.tool[:200],
        source_sha256=digest,
        request=written.request,
        by=by,
    )
    before = audit.snapshot(held) if held is not None else {}
    audit.record(row, "consultations.translate", by=by, before=before)
    return row


def replace_row(row: Translation) -> None:
    """Mark a translation as replaced; it stays in the record."""
    row.replaced_at = timezone.now()
    row.save(update_fields=["replaced_at"])


@transaction.atomic
def take_back(*, run: Run, translation: int, by: Any) -> Translation:
    """Put a translation aside, for instance one written for another passage. It stays in the record.

    Raises:
        TranslationRefused: it is no longer in effect, or an analysis was made from it.
    """
    row = live(run.consultation_id).select_for_update(of=("self",)).filter(pk=translation).first()
    if row is None:
        raise TranslationRefused("replaced already")
    for other in run.consultation.runs.filter(is_complete=True):
        if f"{row.passage_id}.{row.language}" in translators_bulk(other).translated_documents():
            raise TranslationRefused("in the analysis")
    before = audit.snapshot(row)
    replace_row(row)
    audit.record(row, "consultations.take_back_translation", by=by, before=before)
    return row


def checked(run: Run, passage: PassageRow, language: str, text: str) -> str:
    """The words as they are kept. Raises TranslationRefused."""
    if language not in target_languages(run):
        raise TranslationRefused("language")
    if language == passage.language:
        raise TranslationRefused("own language")
    sent = Unit(passage.passage_id, passage.language, language, passage.text)
    found = check([sent], [Unit(passage.passage_id, "", "", "", text.replace("\x00", ""))])
    if found.copies:
        raise TranslationRefused("copy")
    if not found.accepted:
        raise TranslationRefused("empty")
    kept = found.accepted[0].target.encode("utf-8", "replace").decode()
    if len(kept) > LONGEST:
        raise TranslationRefused("long")
    return kept


def _passage(run: Run, passage_id: str) -> PassageRow:
    bulk = translators_bulk(run)
    found = bulk.passages_by_id([passage_id]).get(passage_id)
    if found is None:
        raise TranslationRefused("unknown", passage=passage_id)
    if found.document_id in bulk.translated_documents():
        raise TranslationRefused("translation", passage=passage_id)
    return found
