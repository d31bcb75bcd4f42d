"""Files of translations: kept as received, looked at without any change, then stored as they were shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.models import Run, Translation, TranslationFile
from colloquia.consultations.models.translations import FileState, TranslationKind
from colloquia.consultations.queries.returned import Change, language_in, returned, units_in
from colloquia.consultations.queries.translating import live, source_digest, target_languages
from colloquia.core import attachments, audit
from colloquia.engines.translations import Unusable
from colloquia.engines.translations.child import LIMITS

LARGEST = LIMITS.file_bytes
_AT_ONCE = 100
"""Translations in one transaction, so that others can write in between."""


class FileRefused(Exception):
    """A file of translations is not taken, or no longer; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a file: how many translations were kept, and which passages others had translated
    meanwhile.
    """

    stored: int
    overtaken: tuple[str, ...]


def receive_file(
    *, run: Run, stream: IO[bytes], name: str, kind: str, by: Any, language: str = "", tool: str = ""
) -> TranslationFile:
    """Keep a file as it was sent. No translation is kept yet.

    ``kind`` says who translated it, ``language`` into which language; "" takes what the file says.

    Raises:
        AttachmentRefused: it is empty or too large.
        Unusable: no translation can be read from it. The file itself is in the record.
        FileRefused: it does not say into which language it is.
    """
    if kind not in TranslationKind.values:
        raise FileRefused(_("Say who translated the file."))
    kept: list[TranslationFile] = []

    def keep(attachment: Any) -> None:
        row = TranslationFile.objects.create(
            consultation=run.consultation,
            run=run,
            attachment=attachment,
            language=language,
            kind=kind,
            tool=tool.strip()[:200],
            by=by,
        )
        audit.record(row, "consultations.receive_translations", by=by, before={})
        kept.append(row)

    attachments.receive(stream, name=name, by=by, largest=LARGEST, then=keep)
    file = kept[0]
    try:
        units = units_in(run, file)[1]
    except Unusable:
        discard_file(file=file.pk, by=by)
        raise
    if not language:
        file.language = language_in(units, target_languages(run))
        if not file.language:
            discard_file(file=file.pk, by=by)
            raise FileRefused(
                _("The file does not say into which language it is translated. Choose the language.")
            )
        file.save(update_fields=["language"])
    return file


def store_file(*, file: int, digest: str, replace: bool, by: Any) -> Stored:
    """Keep the translations of a file exactly as they were shown. ``digest`` is that of what was shown.

    ``replace`` puts those of the file in the place of translations that stand there already. Broken off
    half-way, what was kept is kept, and the rest can be stored by confirming again.

    Raises:
        FileRefused: the file was decided on already, or other translations came in since it was shown.
        Unusable: the file on the disk cannot be read any more.
    """
    row = _open_file(file)
    plan = returned(row)
    if plan.digest != digest:
        raise FileRefused(
            _("Others translated some of these passages since this was shown. Look again, then confirm.")
        )
    wanted = [*plan.new, *(plan.replacing if replace else ())]
    stored, overtaken = 0, []
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        count, lost = _store(row, plan.format, part, by)
        stored += count
        overtaken += lost
    with transaction.atomic():
        row = _open_file(file, lock=True)
        before = audit.snapshot(row)
        row.state, row.ended_at = FileState.STORED, timezone.now()
        row.stored = row.translations.count()
        row.save(update_fields=["state", "ended_at", "stored"])
        audit.record(row, "consultations.store_translations", by=by, before=before)
    return Stored(stored, tuple(overtaken))


@transaction.atomic
def discard_file(*, file: int, by: Any) -> TranslationFile:
    """Keep nothing of a file; the file stays in the record. Raises FileRefused."""
    row = _open_file(file, lock=True)
    before = audit.snapshot(row)
    row.state, row.ended_at = FileState.DISCARDED, timezone.now()
    row.save(update_fields=["state", "ended_at"])
    audit.record(row, "consultations.discard_translations", by=by, before=before)
    return row


def _store(file: TranslationFile, how: str, part: Sequence[Change], by: Any) -> tuple[int, list[str]]:
    """Keep a part; a passage that somebody else translated at this very moment is left out."""
    for last in (False, True):
        try:
            return _store_once(file, how, part, by)
        except IntegrityError:
            if last:
                raise
    raise AssertionError


@transaction.atomic
def _store_once(file: TranslationFile, how: str, part: Sequence[Change], by: Any) -> tuple[int, list[str]]:
    _open_file(file.pk, lock=True)
    names = [item.passage.passage_id for item in part]
    rows = live(file.consultation_id).filter(language=file.language, passage_id__in=names)
    now = {row.passage_id: row for row in rows.select_for_update(of=("self",))}
    wanted, lost = [], []
    for item in part:
        held = now.get(item.passage.passage_id)
        if (held.pk if held else 0) == (item.held.pk if item.held else 0):
            wanted.append(item)
        else:
            lost.append(item.passage.passage_id)
    Translation.objects.filter(pk__in=[item.held.pk for item in wanted if item.held]).update(
        replaced_at=timezone.now()
    )
    made = Translation.objects.bulk_create(
        Translation(
            consultation_id=file.consultation_id,
            passage_id=item.passage.passage_id,
            submission_id=item.passage.submission_id,
            language=file.language,
            source_language=item.passage.language,
            text=item.text,
            kind=file.kind,
            how=how,
            tool=file.tool,
            source_sha256=source_digest(item.passage.text),
            file=file,
            by=by,
        )
        for item in wanted
    )
    if made:
        after = {"passages": [item.passage_id for item in made]}
        audit.record(file, "consultations.translate_from_file", by=by, before={}, after=after)
    return len(made), lost


def _open_file(file: int, *, lock: bool = False) -> TranslationFile:
    rows = TranslationFile.objects.select_related("attachment", "run__consultation", "consultation")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(pk=file).first()
    if row is None or row.state != FileState.LOOKED_AT:
        raise FileRefused(_("This file was decided on already. Send it again to begin anew."))
    return row
