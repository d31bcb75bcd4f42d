"""After the receipt, in the background: texts out of files, and what an officer should look at.

Each text is written whole, with everything found in it, in a transaction of its own. A run that was killed
leaves whole texts behind, and the next one goes on with what is missing.
"""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.engines.personal_data import Finding, find
from colloquia.engines.personal_data.known import known_words
from colloquia.engines.records import ReadText
from colloquia.submissions.models import (
    CheckNote,
    PersonalDataFinding,
    Submission,
    SubmissionFile,
    SubmissionVersion,
    TextKind,
    TextVersion,
)
from colloquia.submissions.queries.checking_texts import (
    Unit,
    latest_version,
    open_text,
    open_units,
)
from colloquia.submissions.secrets_told import hidden_names, hides_forms
from colloquia.submissions.services.destroying import on_destroyed
from colloquia.submissions.services.hints import find_hints, forget
from colloquia.submissions.services.receiving import TASK_PREPARE
from colloquia.submissions.services.scanning import scan
from colloquia.submissions.text_languages import language_of, searched_in

TASK = TASK_PREPARE
_AS_RECEIVED = "as received"


def prepare(submission_id: int) -> None:
    """Make the texts of the latest version of a submission, and look for what an officer should know.

    Done again, it adds only what is missing. Sealed parts are scanned for malware and otherwise left alone.
    """
    submission = Submission.objects.filter(pk=submission_id).first()
    if submission is None or _is_over(submission):
        return
    version = latest_version(submission)
    unscanned = {
        file.pk
        for file in version.files.select_related("attachment").order_by("position")
        if scan(file.attachment) is None
    }
    for unit in open_units(version):
        waits = settings.CLAMAV == "required" and unit.file is not None and unit.file.pk in unscanned
        if unit.text is None and not unit.is_quarantined and not waits:
            _make(version, unit)
    find_hints(version)


@on_destroyed
def destroy_around(submission: Submission) -> None:
    """What the check keeps beside a submission goes with it."""
    CheckNote.objects.filter(submission=submission).update(text="")
    forget(submission)


def _is_over(submission: Submission) -> bool:
    return submission.withdrawn_at is not None or submission.destroyed_at is not None


def _make(version: SubmissionVersion, unit: Unit) -> None:
    """One text with its findings. What was stored by somebody else meanwhile stands."""
    if unit.answer is not None:
        read = ReadText(open_text(unit.answer), "text/plain", tool=_AS_RECEIVED)
        kind, stated = TextKind.RECEIVED, unit.answer.language
    elif unit.file is not None:
        read = _read(unit.file)
        kind, stated = TextKind.EXTRACTED, unit.file.language or version.language
    else:
        return
    beside = _beside(read) if unit.file is not None else {}
    sealed = "form" in beside and hides_forms(version)
    text = "" if sealed else read.text.replace("\x00", "�")
    language = language_of(text, stated, version.submission.call.languages)
    findings = _found(text, language, version)
    with transaction.atomic():
        # Whoever withdraws, replaces or destroys takes this lock too; nothing is written behind them.
        current = Submission.objects.select_for_update(of=("self",)).get(pk=version.submission_id)
        made = TextVersion.objects.filter(version=version, answer=unit.answer, file=unit.file)
        if _is_over(current) or current.version != version.number or made.exists():
            return
        row = TextVersion.objects.create(
            version=version,
            answer=unit.answer,
            file=unit.file,
            kind=kind,
            text=text,
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            pages=list(read.page_starts),
            language=language,
            tool=read.tool[:100] or "—",
            problem="" if sealed else read.problem,
            beside=beside,
            searched_at=timezone.now(),
        )
        PersonalDataFinding.objects.bulk_create(
            [
                PersonalDataFinding(
                    text_version=row,
                    start=each.start,
                    end=each.end,
                    category=each.category,
                    rule=each.rule,
                )
                for each in findings
            ]
        )


def _beside(read: ReadText) -> dict[str, int]:
    """What a file holds beside its text; a reader that broke off had no time to look."""
    return dict(read.beside) or ({} if read.status == "read" else {"unread": 1})


def _found(text: str, language: str, version: SubmissionVersion) -> list[Finding]:
    """What looks like personal data, and every name of the sender that is not to be public."""
    found = find(text, searched_in(text, language))
    spans = {(each.start, each.end) for each in found}
    known = known_words(text, hidden_names(version))
    return sorted([*found, *(each for each in known if (each.start, each.end) not in spans)])


def _read(file: SubmissionFile) -> ReadText:
    """The text of a file, read in a confined child."""
    from colloquia.engines.documents import Reader

    attachment = file.attachment
    if not attachment.path.is_file():
        missing = _("The file is missing from the store; restore it from a backup.")
        return ReadText("", attachment.media_type, status="unreadable", problem=missing)
    with Reader() as reader:
        return reader.read(attachment.path, attachment.name)
