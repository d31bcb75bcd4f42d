"""A call with many submissions as rows, made in bulk: the same rows that receiving, checking and publishing
write, so that ``colloquia verify`` finds nothing amiss.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from random import Random
from typing import Any

from bench.docket import comments
from bench.filled_ledger import write_ledger
from bench.filled_one import Made

_PER_ROW = 500


class Rows:
    """Makes everything about a call. ``size`` submissions, one in five with a file, seven in ten public."""

    def __init__(self, call: Any, people: list[Any], owner: Any, size: int, seed: int = 1) -> None:
        from colloquia.core.models import Territory

        self.call, self.people, self.owner, self.size = call, people, owner, size
        self.random = Random(seed)
        self.begun = call.opens_at
        self.questions = list(call.questions.order_by("position").values_list("question_id", flat=True))
        self.territories = [
            code for code in Territory.objects.values_list("code", flat=True) if len(code) == 2
        ]
        self.said: dict[str, list[str]] = {}
        for language, text in comments(3000, seed):
            self.said.setdefault(language, []).append(text)
        self.languages = sorted(set(self.said) & {"ar", "en", "es", "fr", "ru", "zh"})
        self.ledger: list[tuple[str, Any, dict[str, Any], datetime]] = []

    def write(self) -> None:
        """Write it all, some submissions at a time, and the ledger at the end."""
        from django.db import transaction

        from colloquia.submissions.commitments import of_call

        for start in range(0, self.size, _PER_ROW):
            with transaction.atomic():
                self._chunk(range(start, min(start + _PER_ROW, self.size)))
        content = of_call(self.call, self.questions)
        self.ledger.append(("call.announced", self.call, content, self.call.announced_at))
        write_ledger(self.ledger)
        self._sequence()

    def _sequence(self) -> None:
        from colloquia.core.models import IdentifierSequence

        IdentifierSequence.objects.update_or_create(
            kind="S", scope=str(self.begun.year), defaults={"last": self.size}
        )

    def text(self, language: str, length: int) -> str:
        """Some comments in a row, about ``length`` characters."""
        made, total = [], 0
        while total < length:
            made.append(self.random.choice(self.said[language]))
            total += len(made[-1]) + 1
        return " ".join(made)

    def _chunk(self, numbers: range) -> None:
        from colloquia.core.models import Attachment, AuditEntry
        from colloquia.submissions import models

        made = [Made(self, number) for number in numbers]
        Attachment.objects.bulk_create([each.attachment for each in made if each.attachment])
        models.Submission.objects.bulk_create([each.submission for each in made])
        first = len(self.ledger)
        for place, each in enumerate(made):
            each.seal(first + place)
        self.ledger += [each.received_entry() for each in made]
        models.SubmissionVersion.objects.bulk_create([each.version for each in made])
        models.Party.objects.bulk_create([row for each in made for row in each.parties()])
        models.Answer.objects.bulk_create([row for each in made for row in each.answers])
        models.SubmissionFile.objects.bulk_create([each.file for each in made if each.file])
        texts = [row for each in made for row in each.make_texts()]
        models.TextVersion.objects.bulk_create(texts)
        findings = [row for each in made for row in each.make_findings()]
        models.PersonalDataFinding.objects.bulk_create(findings)
        models.RedactionDecision.objects.bulk_create([row for each in made for row in each.decisions()])
        models.Hint.objects.bulk_create([row for each in made for row in each.hints()])
        models.TextFingerprint.objects.bulk_create([row for each in made for row in each.fingerprints()])
        public = [each for each in made if each.is_public]
        models.PublishedSubmission.objects.bulk_create([each.publish() for each in public])
        models.PublishedPart.objects.bulk_create([row for each in public for row in each.parts])
        models.PublicAddress.objects.bulk_create(
            [models.PublicAddress(pk=each.submission.identifier, call=self.call) for each in public]
        )
        self.ledger += [each.published_entry() for each in public]
        self.ledger += [each.withdrawn_entry() for each in made if each.submission.withdrawn_at]
        AuditEntry.objects.bulk_create([row for each in made for row in each.audit()])


def imports(call: Any, officer: Any, size: int) -> None:
    """An import that is done, and one that was looked at."""
    from django.utils import timezone

    from colloquia.submissions.models import ImportItem, IntakeImport, Submission

    done = IntakeImport.objects.create(
        call=call, kind="mbox", name="letters.mbox", state="done", total=size, begun_by=officer,
        confirmed_at=timezone.now(), ended_at=timezone.now(),
    )  # fmt: skip
    entered = list(Submission.objects.exclude(entered_by=None).order_by("pk")[:size])
    ImportItem.objects.bulk_create(
        ImportItem(
            intake=done, position=place, key=each.source_key, where=f"Message {place}", state="taken",
            submission=each,
        )
        for place, each in enumerate(entered, start=1)
    )  # fmt: skip
    looked = IntakeImport.objects.create(
        call=call, kind="table", name="survey.csv", state="looked_at", total=size, begun_by=officer
    )
    ImportItem.objects.bulk_create(
        ImportItem(
            intake=looked, position=place, key=hashlib.sha256(f"row {place}".encode()).hexdigest(),
            where=f"Row {place}", state="waiting", summary={
                "expected": "", "received_at": timezone.now().isoformat(), "email": f"p{place}@bench.example",
                "content": {"name": f"Person {place}", "answers": []}, "files": [], "same_as": [],
            },
        )
        for place in range(1, size + 1)
    )  # fmt: skip
