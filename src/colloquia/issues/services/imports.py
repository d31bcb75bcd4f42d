"""Importing an official paper: looked at first, written only when an officer confirms what was shown."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core import attachments, audit
from colloquia.engines.papers.child import LIMITS, read_confined
from colloquia.issues.models import Paper, PaperImport, PaperVersion
from colloquia.issues.planning import Given, Plan, as_given, make_plan, plan_of, shelf, state_of
from colloquia.issues.services.writing import write_version


class ImportRefused(Exception):
    """The import was not made; nothing was written. ``reasons`` are sentences with their remedies."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


def look_at(*, stream: IO[bytes], name: str, given: Given, by: Any) -> PaperImport:
    """Keep a file and read it; gives what would be imported. No paper is changed.

    Raises:
        AttachmentRefused: the file is empty or too large.
    """
    attachment = attachments.receive(stream, name=name, by=by, largest=LIMITS.file_bytes)
    known = shelf(given.paper, given.version)
    draft, similar = read_confined(
        attachment.path, attachment.name, issues=known.issues, questions=known.questions
    )
    with transaction.atomic():
        record = PaperImport.objects.create(
            attachment=attachment,
            sha256=attachment.sha256,
            paper_slug=given.paper[:60],
            version_key=given.version[:60],
            given=as_given({name: getattr(given, name) for name in Given.__dataclass_fields__}),
            draft=draft.as_data(),
            similar=similar,
            begun_by=by,
        )
        audit.record(record, "issues.look_at_paper", by=by)
    return record


@transaction.atomic
def choose(*, import_id: uuid.UUID, choices: Mapping[str, str], by: Any) -> PaperImport:
    """Keep what the officer decided for each place: an id, ``new``, ``skip``, or blank for the proposal.

    Raises ImportRefused where the import is over.
    """
    record = _open_import(import_id)
    before = audit.snapshot(record, without=("draft", "similar"))
    record.choices = {place: choice.strip() for place, choice in choices.items() if choice.strip()}
    record.save(update_fields=["choices"])
    audit.record(
        record, "issues.choose_ids", by=by, before=before,
        after=audit.snapshot(record, without=("draft", "similar")),
    )  # fmt: skip
    return record


def confirm(*, import_id: uuid.UUID, digest: str, by: Any) -> PaperVersion:
    """Import exactly what was shown. ``digest`` is that of the plan the officer saw.

    Two confirmations at once: one writes, the other is told. Raises ImportRefused where the plan is
    refused, the file changed on the disk, or the site changed since the officer looked.
    """
    looked_at = PaperImport.objects.select_related("attachment").filter(pk=import_id).first()
    if looked_at is None:
        raise ImportRefused(_("There is no such import."))
    # Reading and matching take longer than a lock may last, so they are done before it is taken, and
    # under the lock it is only asked whether anything that bears on them has changed meanwhile.
    state = state_of(looked_at.paper_slug)
    if _sha256(looked_at.attachment.path) != looked_at.sha256:
        raise ImportRefused(_("The file on the disk is not the one that was looked at; send it again."))
    plan = plan_of(looked_at)
    try:
        with transaction.atomic():
            record = _open_import(import_id)
            list(Paper.objects.select_for_update().filter(slug=record.paper_slug))
            if state_of(record.paper_slug) != state or record.choices != looked_at.choices:
                plan = plan_of(record)
            _refuse(plan, digest)
            version = write_version(plan, attachment=record.attachment, by=by)
            before = audit.snapshot(record, without=("draft", "similar"))
            record.state = PaperImport.State.IMPORTED
            record.version, record.ended_at, record.ended_by = version, timezone.now(), by
            record.save(update_fields=["state", "version", "ended_at", "ended_by"])
            audit.record(
                record, "issues.confirm_import", by=by, before=before,
                after=audit.snapshot(record, without=("draft", "similar")),
            )  # fmt: skip
            return version
    except IntegrityError as error:
        raise ImportRefused(
            _("Somebody else imported this paper at the same moment; look at it again.")
        ) from error


@transaction.atomic
def discard(*, import_id: uuid.UUID, by: Any) -> PaperImport:
    """Give up an import. The file stays in the record. Raises ImportRefused where it is over."""
    record = _open_import(import_id)
    before = audit.snapshot(record, without=("draft", "similar"))
    record.state, record.ended_at, record.ended_by = PaperImport.State.DISCARDED, timezone.now(), by
    record.save(update_fields=["state", "ended_at", "ended_by"])
    audit.record(
        record, "issues.discard_import", by=by, before=before,
        after=audit.snapshot(record, without=("draft", "similar")),
    )  # fmt: skip
    return record


def preview(*, path: Path, name: str, given: Given, choices: Mapping[str, str] | None = None) -> Plan:
    """What an import of a file would make, without keeping the file or writing anything."""
    known = shelf(given.paper, given.version)
    draft, similar = read_confined(path, name, issues=known.issues, questions=known.questions)
    return make_plan(draft, given, likeness=similar, choices=choices or {}, sha256=_sha256(path), known=known)


def import_paper(
    *,
    path: Path,
    name: str,
    given: Given,
    by: Any = None,
    choices: Mapping[str, str] | None = None,
    accept_proposals: bool = False,
) -> PaperVersion:
    """Import a file in one step, for the command line.

    Proposals by number or by likeness are taken only with ``accept_proposals``; without it they refuse
    the import and are listed. Raises ImportRefused and AttachmentRefused.
    """
    plan = preview(path=path, name=name, given=given, choices=choices)
    if plan.undecided and not accept_proposals:
        raise ImportRefused(
            *plan.refusals,
            *(
                _("%(place)s seems to be %(id)s, which nobody has confirmed.")
                % {"place": place, "id": plan.ids.get(place, "–")}
                for place in plan.undecided
            ),
        )
    if plan.refusals:
        raise ImportRefused(*plan.refusals)
    with path.open("rb") as stream:
        record = look_at(stream=stream, name=name, given=given, by=by)
    if choices:
        record = choose(import_id=record.pk, choices=choices, by=by)
    return confirm(import_id=record.pk, digest=plan.digest, by=by)


def _refuse(plan: Plan, digest: str) -> None:
    if plan.refusals:
        raise ImportRefused(*plan.refusals)
    if plan.digest != digest:
        raise ImportRefused(
            _("What would be imported has changed since it was shown; look at it again before confirming.")
        )


def _open_import(import_id: uuid.UUID) -> PaperImport:
    record = (
        PaperImport.objects.select_for_update(of=("self",))
        .select_related("attachment")
        .filter(pk=import_id)
        .first()
    )
    if record is None:
        raise ImportRefused(_("There is no such import."))
    if record.state != PaperImport.State.LOOKED_AT:
        raise ImportRefused(
            _("This import is over (%(state)s); send the file again to begin anew.")
            % {"state": record.get_state_display()}
        )
    return record


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
