"""Looking at what an import was given: what would be made is listed, and no submission is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from colloquia.core import attachments, audit
from colloquia.core.filenames import safe_name, storable
from colloquia.core.jobs import enqueue
from colloquia.engines.intake import UnusableInput
from colloquia.folder_lock import FolderInUse, folder_lock
from colloquia.submissions.models import (
    Call,
    ImportItem,
    ImportSource,
    ImportState,
    IntakeImport,
    ItemState,
)
from colloquia.submissions.queries import intake as queries
from colloquia.submissions.services import intake_reading, intake_staging
from colloquia.submissions.services.intake_records import Plan, Trouble
from colloquia.submissions.services.refusals import SubmissionRefused

TASK = "submissions.look_at_import"
LARGEST_SOURCE = 4 << 30
BATCH = 100
MOST_KEPT = 2000
"""Warnings about the whole that are kept with the import; the rest is counted."""
Progress = Callable[[str, int, int], None]


def begin(
    *,
    call: Call,
    uploads: Sequence[tuple[IO[bytes], str]] = (),
    folders: Sequence[Path] = (),
    options: dict[str, Any],
    maps: Sequence[str] = (),
    kind: str = "",
    by: Any = None,
    background: bool = True,
) -> IntakeImport:
    """Receive what is to be imported, byte for byte, and have it looked at.

    Args:
        call: where it belongs.
        uploads: files with their names: a ZIP, mailbox files, messages, tables, documents.
        folders: folders on the server, named by a command and never by a page.
        options: ``channel``, ``language``, ``received`` (ISO), ``publication``, ``note``, ``respondents``
            (``person`` or ``organisation``), ``named_by_file``, ``folders``, ``receipts``.
        maps: what columns are, as ``field=Heading``.
        kind: ``folder``, ``mbox``, ``table``, or blank to find out.
        by: the officer.
        background: the worker looks; otherwise the caller does, with ``look``.

    Raises:
        AttachmentRefused: a file is too large or empty, or there is no room. Nothing is kept of the import.
    """
    received = [
        attachments.receive(stream, name=name, by=by, largest=LARGEST_SOURCE) for stream, name in uploads
    ]
    names = [row.name for row in received] + [folder.name or str(folder) for folder in folders]
    with transaction.atomic():
        intake = IntakeImport.objects.create(
            call=call,
            kind=kind,
            name=", ".join(safe_name(name) for name in names)[:300],
            mapping={"maps": list(maps), "kind": kind},
            options=options,
            begun_by=by,
        )
        for place, row in enumerate(received, start=1):
            ImportSource.objects.create(intake=intake, position=place, attachment=row)
        for place, folder in enumerate(folders, start=len(received) + 1):
            ImportSource.objects.create(intake=intake, position=place, folder=str(folder.resolve()))
        audit.record(intake, "submissions.look_at_import", by=by)
        if background:
            enqueue(TASK, intake.pk)
    return intake


def remap(
    *,
    intake_id: int,
    maps: Sequence[str],
    options: dict[str, Any] | None = None,
    kind: str = "",
    by: Any = None,
    background: bool = True,
) -> IntakeImport:
    """Look again, with columns and options as an officer says. Raises SubmissionRefused once confirmed."""
    with transaction.atomic():
        intake = _locked(intake_id)
        _only_unconfirmed(intake)
        intake.mapping = {"maps": list(maps), "kind": kind}
        intake.options = intake.options if options is None else options
        intake.state, intake.total = ImportState.LOOKING, 0
        intake.save(update_fields=["mapping", "options", "state", "total"])
        audit.record(intake, "submissions.look_at_import", by=by)
        if background:
            enqueue(TASK, intake.pk)
    return intake


def look(intake_id: int, progress: Progress | None = None) -> None:
    """List what would be made. Done again after a crash, it begins anew."""
    intake = IntakeImport.objects.select_related("call__consultation").filter(pk=intake_id).first()
    if intake is None or intake.state != ImportState.LOOKING:
        return
    folder = intake_staging.folder_of(intake)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with folder_lock(folder):
            _look(intake, progress)
    except FolderInUse:
        return


def discard(*, intake_id: int, by: Any) -> None:
    """Give an import up that was not confirmed: what was listed and the copy of what was sent in go.

    Raises SubmissionRefused once something was taken in.
    """
    with transaction.atomic():
        intake = _locked(intake_id)
        if intake.items.filter(state=ItemState.TAKEN).exists() or intake.confirmed_at is not None:
            raise SubmissionRefused(_("This import was confirmed; what was taken in stays."))
        kept = [
            source.attachment for source in intake.sources.select_related("attachment") if source.attachment
        ]
        audit.record(intake, "submissions.discard_import", by=by)
        intake_staging.clear(intake)
        intake.delete()
        for attachment in kept:
            attachments.destroy(attachment, by=by)


def _look(intake: IntakeImport, progress: Progress | None) -> None:
    while ids := list(intake.items.values_list("pk", flat=True)[:500]):
        ImportItem.objects.filter(pk__in=ids).delete()
    try:
        stage = intake_staging.stage(intake)
        reading = intake_reading.survey(
            intake.call,
            stage,
            kind=str(intake.mapping.get("kind", "")),
            maps=list(intake.mapping.get("maps", ())),
            folders=str(intake.options.get("folders", "")),
        )
        warnings = [*stage.troubles, *reading.warnings]
        if reading.errors:
            _end(intake, ImportState.UNUSABLE, reading, [*reading.errors, *warnings])
            return
        digest = hashlib.sha256()
        total = 0
        comparing = _Comparing(intake)
        for plans in _batches(intake_reading.plans(intake.call, stage, reading, intake.options)):
            there = comparing.compare(plans)
            items = [
                _item(intake, total + place, plan, there.get(plan.key))
                for place, plan in enumerate(plans, start=1)
            ]
            for item in items:
                digest.update(json.dumps([item.key, item.summary], sort_keys=True).encode())
            ImportItem.objects.bulk_create(items)
            total += len(items)
            IntakeImport.objects.filter(pk=intake.pk).update(total=total)
            if progress:
                progress("intake_look", total, 0)
    except (intake_staging.Unusable, UnusableInput) as error:
        _end(intake, ImportState.UNUSABLE, None, [Trouble(intake.name, str(error), True)])
        return
    if not total:
        _end(intake, ImportState.UNUSABLE, reading, [Trouble(intake.name, _nothing(), True), *warnings])
        return
    intake.total, intake.digest = total, digest.hexdigest()
    _end(intake, ImportState.LOOKED_AT, reading, warnings)
    if progress:
        progress("intake_look", total, total)


def _nothing() -> str:
    return _("Nothing was found in it that could be a submission. Check that it is the right file.")


def _end(
    intake: IntakeImport, state: str, reading: intake_reading.Reading | None, troubles: list[Trouble]
) -> None:
    intake.state = state
    if reading is not None:
        intake.kind = reading.kind
    kept = troubles[:MOST_KEPT]
    if more := len(troubles) - len(kept):
        kept.append(Trouble(intake.name, _("Further such lines, not kept: %(number)s.") % {"number": more}))
    intake.report = {
        "tables": reading.tables if reading else [],
        "notes": [storable(note) for note in reading.notes[:MOST_KEPT]] if reading else [],
        "troubles": [each.as_json() for each in kept],
    }
    intake.save(update_fields=["state", "kind", "report", "total", "digest"])


def _item(intake: IntakeImport, position: int, plan: Plan, there: int | None) -> ImportItem:
    state = ItemState.REFUSED if plan.is_refused else ItemState.WAITING
    return ImportItem(
        intake=intake,
        position=position,
        key=plan.key,
        where=plan.where,
        state=ItemState.THERE if there else state,
        submission_id=there,
        summary=plan.as_json(),
        problems=[each.as_json() for each in plan.troubles],
    )


class _Comparing:
    """Says which items are there already, which may be the same as others, and which ids are expected."""

    def __init__(self, intake: IntakeImport) -> None:
        self.call = intake.call
        self.seen: dict[str, str] = {}
        self.numbers: dict[int, int] = {}

    def compare(self, plans: list[Plan]) -> dict[str, int]:
        """Complete the plans; gives the submissions that were made of such items before, by key."""
        known = queries.known_keys(self.call, [plan.key for plan in plans])
        probes = [
            queries.Probe(
                plan.email,
                plan.content.name,
                plan.content.organisation,
                tuple(file.sha256 for file in plan.files if not file.is_original),
            )
            for plan in plans
        ]
        for plan, same in zip(plans, queries.alike(self.call, probes), strict=True):
            if plan.key in known:
                plan.same_as = [[known[plan.key][1], "key"]]
                continue
            plan.same_as = same
            if plan.key in self.seen:
                plan.is_again = True
                message = _("is the same as %(where)s and would be taken in once.")
                plan.troubles.append(Trouble(plan.where, message % {"where": self.seen[plan.key]}))
            elif not plan.is_refused:
                self.seen[plan.key] = plan.where
                plan.expected = self._next(plan.received_at.astimezone(self.call.zone).year)
        return {key: pk for key, (pk, _identifier) in known.items()}

    def _next(self, year: int) -> str:
        if year not in self.numbers:
            self.numbers[year] = queries.last_number(year)
        self.numbers[year] += 1
        return f"S-{year}-{self.numbers[year]:05d}"


def _batches(plans: Iterable[Plan]) -> Iterable[list[Plan]]:
    waiting = iter(plans)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _locked(intake_id: int) -> IntakeImport:
    return IntakeImport.objects.select_for_update(of=("self",)).get(pk=intake_id)


def _only_unconfirmed(intake: IntakeImport) -> None:
    if intake.state not in (ImportState.LOOKED_AT, ImportState.UNUSABLE):
        raise SubmissionRefused(_("This import was confirmed or is being looked at; wait, or begin another."))
