"""Taking in what was looked at and confirmed: item by item, so that a killed import goes on where it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core import attachments, audit, ledger
from colloquia.core.jobs import enqueue
from colloquia.core.mail_languages import language_to_write_in
from colloquia.core.models import Attachment
from colloquia.engines.mailbox import Span, message_at, read
from colloquia.folder_lock import FolderInUse, folder_lock
from colloquia.submissions.models import ImportItem, ImportState, IntakeImport, ItemState
from colloquia.submissions.queries import intake as queries
from colloquia.submissions.records import FileIn, Incoming
from colloquia.submissions.services import intake_keeping, intake_staging, receipts
from colloquia.submissions.services.intake_records import Plan, PlannedFile, Trouble
from colloquia.submissions.services.intake_staging import Stage
from colloquia.submissions.services.receiving import receive
from colloquia.submissions.services.refusals import SubmissionRefused

TASK = "submissions.take_import"
forget = intake_keeping.forget
"""Whoever takes in has what destroys the sources again registered with it."""
DONE = "submission.import_ended"
LOOK_EVERY = 20
"""Items between looks at whether somebody stopped it."""
Progress = Callable[[str, int, int], None]


class Changed(Exception):
    """The bytes of an item are not those that were looked at."""


def confirm(*, intake_id: int, digest: str, by: Any, background: bool = True) -> IntakeImport:
    """Take in exactly what was looked at. Confirmed twice, it is taken in once.

    Raises:
        SubmissionRefused: it was looked at anew since, or no officer stands for it.
    """
    if by is None:
        raise SubmissionRefused(_("An officer must stand for what is taken in. Say who."))
    with transaction.atomic():
        intake = IntakeImport.objects.select_for_update(of=("self",)).get(pk=intake_id)
        if intake.state in (ImportState.RUNNING, ImportState.DONE) and intake.digest == digest:
            return intake
        if intake.state != ImportState.LOOKED_AT or intake.digest != digest:
            raise SubmissionRefused(_("This is not what was shown last. Look at it again, then confirm."))
        before = audit.snapshot(intake, without=("report", "mapping", "options", "name"))
        intake.state, intake.confirmed_at = ImportState.RUNNING, timezone.now()
        intake.options = {**intake.options, "confirmed_by": by.pk}
        intake.save(update_fields=["state", "confirmed_at", "options"])
        audit.record(
            intake, "submissions.confirm_import", by=by, before=before,
            after=audit.snapshot(intake, without=("report", "mapping", "options", "name")),
        )  # fmt: skip
        if background:
            enqueue(TASK, intake.pk)
    return intake


def stop(*, intake_id: int, by: Any) -> None:
    """Stop after the item at hand; what was taken in stays."""
    _set_state(intake_id, ImportState.RUNNING, ImportState.STOPPED, "submissions.stop_import", by)


def go_on(*, intake_id: int, by: Any, background: bool = True) -> None:
    """Go on with an import that was stopped."""
    with transaction.atomic():
        _set_state(intake_id, ImportState.STOPPED, ImportState.RUNNING, "submissions.resume_import", by)
        if background:
            enqueue(TASK, intake_id)


def take(intake_id: int, progress: Progress | None = None) -> bool:
    """Take in what waits. True where this call did so to the end; False where another process is at it, or
    it was stopped. Done again after a crash, it goes on.
    """
    intake = IntakeImport.objects.select_related("call__consultation").filter(pk=intake_id).first()
    if intake is None or intake.state != ImportState.RUNNING:
        return False
    folder = intake_staging.folder_of(intake)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with folder_lock(folder):
            return _Taking(intake, progress).run()
    except FolderInUse:
        return False


class _Taking:
    """One run over the items that wait."""

    def __init__(self, intake: IntakeImport, progress: Progress | None) -> None:
        from django.contrib.auth import get_user_model

        self.intake = intake
        self.progress = progress
        self.by = get_user_model().objects.filter(pk=intake.options.get("confirmed_by")).first()
        self.total = intake.items.count()
        self.done = self.total - intake.items.filter(state=ItemState.WAITING).count()
        self.taken_before = self.done
        self.began = time.monotonic()
        self.first = True
        self.letter: tuple[tuple[int, str, int], Any] | None = None

    def run(self) -> bool:
        try:
            stage = intake_staging.stage(self.intake)
        except intake_staging.Unusable as error:
            self._halt(str(error))
            return False
        while True:
            items = list(self.intake.items.filter(state=ItemState.WAITING).order_by("position")[:LOOK_EVERY])
            if not items:
                break
            known = queries.known_keys(self.intake.call, [item.key for item in items])
            for item in items:
                if item.key in known:
                    self._there(item, known[item.key][0])
                    self.done += 1
                    continue
                try:
                    self._one(stage, item)
                except attachments.AttachmentRefused as error:
                    if isinstance(error.__cause__, OSError):
                        self._halt(str(error))
                        return False
                    self._refuse(item, str(error))
                self.done += 1
            state = self._report()
            if state != ImportState.RUNNING:
                return False
        self._end()
        return True

    def _one(self, stage: Stage, item: ImportItem) -> None:
        """Take in one that was not there when its batch began; the database refuses what came since."""
        plan = Plan.from_json(item.summary, where=item.where, key=item.key)
        try:
            files = self._receive(stage, plan)
        except (Changed, OSError, intake_staging.Unusable) as error:
            self._refuse(item, str(error) or type(error).__name__)
            return
        self.first = False
        incoming = Incoming(
            content=plan.content,
            files=tuple(files),
            email=plan.email,
            interface_language=language_to_write_in(plan.content.language),
            extra={"entry": plan.extra},
        )
        try:
            with transaction.atomic():
                now = timezone.now()
                submission = receive(
                    call=self.intake.call,
                    incoming=incoming,
                    received_at=plan.received_at,
                    channel=plan.channel,
                    confirmed_at=now,
                    entered_by=self.by,
                    source=item.where,
                    source_key=item.key,
                )
                ImportItem.objects.filter(pk=item.pk).update(
                    state=ItemState.TAKEN, submission=submission, summary={}
                )
                if self.intake.options.get("receipts") and plan.email:
                    receipts.post_receipt(submission.versions.get(number=1))
        except IntegrityError:
            known = queries.known_keys(self.intake.call, [item.key])
            if not known:
                raise
            self._there(item, known[item.key][0])
        except (DataError, ValueError, SubmissionRefused) as error:
            self._refuse(item, _("could not be stored (%(reason)s).") % {"reason": type(error).__name__})

    def _receive(self, stage: Stage, plan: Plan) -> list[FileIn]:
        """Receive the files of an item, each proved to be the one that was looked at."""
        reused: dict[str, Attachment] = {}
        if self.first and plan.files:
            # The item at which an earlier run was killed may have left receipts behind.
            reused = queries.left_over(
                [file.sha256 for file in plan.files],
                by=self.by.pk if self.by else None,
                since=self.intake.confirmed_at,
            )
        files = []
        for file in plan.files:
            attachment = reused.pop(file.sha256, None)
            if attachment is None:
                with self._open(stage, file) as stream:
                    attachment = attachments.receive(
                        stream, name=file.name, by=self.by, largest=intake_staging.MOST_UNPACKED
                    )
            if attachment.sha256 != file.sha256:
                attachments.destroy(attachment, by=self.by)
                raise Changed(_("has changed since it was looked at. Import it again."))
            files.append(
                FileIn(
                    attachment,
                    title=file.title,
                    is_original=file.is_original,
                )
            )
        return files

    @contextmanager
    def _open(self, stage: Stage, file: PlannedFile) -> Iterator[IO[bytes]]:
        path = stage.path_of(file.source, file.path)
        if not file.end:
            with path.open("rb") as stream:
                yield stream
            return
        span = Span(file.start, file.end, file.separator)
        if not file.part:
            yield BytesIO(message_at(path, span))
            return
        place = (file.source, file.path, file.start)
        if self.letter is None or self.letter[0] != place:
            self.letter = (place, read(message_at(path, span)))
        parts = self.letter[1].parts
        if file.part > len(parts):
            raise Changed(_("has changed since it was looked at. Import it again."))
        yield BytesIO(parts[file.part - 1].data)

    def _there(self, item: ImportItem, submission: int) -> None:
        ImportItem.objects.filter(pk=item.pk).update(state=ItemState.THERE, submission=submission, summary={})

    def _refuse(self, item: ImportItem, message: str) -> None:
        item.problems = [*item.problems, Trouble(item.where, message, True).as_json()]
        ImportItem.objects.filter(pk=item.pk).update(state=ItemState.REFUSED, problems=item.problems)

    def _report(self) -> str:
        """Say how far it is and how fast; gives the state, which somebody may have changed."""
        seconds = max(0.001, time.monotonic() - self.began)
        rate = (self.done - self.taken_before) / seconds
        with transaction.atomic():
            row = IntakeImport.objects.select_for_update(of=("self",)).get(pk=self.intake.pk)
            row.report = {**row.report, "rate": round(rate, 1), "at": timezone.now().isoformat()}
            row.save(update_fields=["report"])
        if self.progress:
            self.progress("intake_take", self.done, self.total)
        return row.state

    def _halt(self, message: str) -> None:
        with transaction.atomic():
            row = IntakeImport.objects.select_for_update(of=("self",)).get(pk=self.intake.pk)
            row.state = ImportState.STOPPED
            row.report = {**row.report, "halted": message}
            row.save(update_fields=["state", "report"])

    def _end(self) -> None:
        counts = queries.counts_of(self.intake)
        with transaction.atomic():
            row = IntakeImport.objects.select_for_update(of=("self",)).get(pk=self.intake.pk)
            row.state, row.ended_at = ImportState.DONE, timezone.now()
            row.report = {**row.report, "counts": counts}
            row.report.pop("halted", None)
            row.save(update_fields=["state", "ended_at", "report"])
            audit.record(row, "submissions.end_import", by=self.by)
            ledger.record(
                DONE,
                about=row,
                content={"import": row.pk, "digest": row.digest, **counts, "at": row.ended_at.isoformat()},
            )
        intake_staging.clear(self.intake)


def _set_state(intake_id: int, before: str, after: str, verb: str, by: Any) -> None:
    with transaction.atomic():
        intake = IntakeImport.objects.select_for_update(of=("self",)).get(pk=intake_id)
        if intake.state != before:
            raise SubmissionRefused(_("This import is in another state now. Look at the page again."))
        intake.state = after
        if after == ImportState.RUNNING:
            intake.report = {key: value for key, value in intake.report.items() if key != "halted"}
        intake.save(update_fields=["state", "report"])
        audit.record(intake, verb, by=by)
