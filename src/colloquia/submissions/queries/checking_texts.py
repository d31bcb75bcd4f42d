"""The texts of a submission that may be looked at, with what was found in them and what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from colloquia.submissions.models import (
    Answer,
    FileScan,
    PersonalDataFinding,
    Publication,
    RedactionDecision,
    ScanResult,
    Secrecy,
    Submission,
    SubmissionFile,
    SubmissionVersion,
    TextKind,
    TextVersion,
)
from colloquia.submissions.secrets_told import hides_forms

FILE = "file"
"""The category of a decision about a file as a whole."""

LANGUAGE = "language:"
"""How the category of a decision about the language of a text begins."""

Effective = tuple[int, int, str]


@dataclass(slots=True)
class Unit:
    """One answer or file that the sender did not seal: at most one text of it is looked at.

    ``text`` is the text as received or read, None while it is not made; ``redacted`` its latest redacted
    version. ``is_public_version``: the sender wrote it to stand for something confidential.
    """

    position: int
    answer: Answer | None = None
    file: SubmissionFile | None = None
    is_public_version: bool = False
    is_quarantined: bool = False
    text: TextVersion | None = None
    redacted: TextVersion | None = None
    findings: list[PersonalDataFinding] = field(default_factory=list)
    decisions: list[RedactionDecision] = field(default_factory=list)

    @property
    def in_effect(self) -> dict[tuple[int, int], RedactionDecision]:
        """The latest decision on each span, without those about the file or the text as a whole."""
        return {(each.start, each.end): each for each in self.decisions if each.end > each.start}

    @property
    def language(self) -> str:
        """What an officer said that the text is in; else what was stated or found, "" for nothing."""
        said = next((each for each in reversed(self.decisions) if each.category.startswith(LANGUAGE)), None)
        if said is not None:
            return said.category.removeprefix(LANGUAGE)
        return self.text.language if self.text else ""

    @property
    def spans(self) -> list[Effective]:
        """What is redacted: (start, end, category), in order of the text."""
        return sorted((*span, each.category) for span, each in self.in_effect.items() if each.redact)

    @property
    def holds(self) -> dict[str, int]:
        """What the file holds beside its text, counted by kind."""
        return dict(self.text.beside) if self.file is not None and self.text is not None else {}

    @property
    def is_form(self) -> bool:
        """Whether the file is an answer form: it says everything that its sender wrote, and who that is."""
        return "form" in self.holds

    @property
    def waits_for_file(self) -> bool:
        """Whether somebody has to say if the file itself is given out."""
        return bool(self.holds) and self.gives_file is None and not self.spans and not self.is_quarantined

    @property
    def waiting(self) -> int:
        """How many decisions are still to be made."""
        return 0 if self.is_quarantined else len(self.undecided) + self.waits_for_file

    @property
    def undecided(self) -> list[PersonalDataFinding]:
        """Findings on which nobody decided yet."""
        decided = self.in_effect
        return [each for each in self.findings if (each.start, each.end) not in decided]

    @property
    def gives_file(self) -> bool | None:
        """What was decided about the file as a whole: given out, its text alone, or None for nothing."""
        latest = next((each for each in reversed(self.decisions) if each.category == FILE), None)
        return None if latest is None else not latest.redact


def latest_version(submission: Submission) -> SubmissionVersion:
    """The version that is checked and published. One query."""
    return submission.versions.select_related("territory").get(number=submission.version)


def open_units(version: SubmissionVersion) -> list[Unit]:
    """What of a version is not sealed, in order: answers, then files. At most six queries.

    Of a confidential answer this is the public text that its sender gave; confidential files, the sender's
    original messages, and everything of a confidential submission are left out; so is an answer form among
    the files, where the submission is anonymous or a part of it confidential.
    """
    if version.publication == Publication.CONFIDENTIAL:
        return []
    answers = list(version.answers.order_by("position"))
    files = list(version.files.select_related("attachment").order_by("position"))
    units = [
        Unit(each.position, answer=each, is_public_version=each.secrecy == Secrecy.CONFIDENTIAL)
        for each in answers
        if each.secrecy == Secrecy.PUBLIC or each.public_text.strip()
    ]
    after = max((each.position for each in answers), default=0)
    bad = infected({each.attachment.sha256 for each in files})
    units += [
        Unit(
            after + each.position,
            file=each,
            is_public_version=each.public_version_of_id is not None,
            is_quarantined=each.attachment.sha256 in bad,
        )
        for each in files
        if each.secrecy == Secrecy.PUBLIC and not each.is_original
    ]
    _with_texts(units, version)
    return [each for each in units if not each.is_form] if hides_forms(version, answers, files) else units


def open_text(answer: Answer) -> str:
    """What of an answer is not sealed."""
    return answer.public_text if answer.secrecy == Secrecy.CONFIDENTIAL else answer.text


def infected(hashes: Iterable[str]) -> set[str]:
    """Those of the hashes whose bytes the latest scan took for malware. One query."""
    rows = FileScan.objects.filter(sha256__in=list(hashes)).order_by("pk")
    latest: dict[str, str] = dict(rows.values_list("sha256", "result"))
    return {sha256 for sha256, result in latest.items() if result == ScanResult.INFECTED}


def _with_texts(units: list[Unit], version: SubmissionVersion) -> None:
    """Give each unit its texts, findings and decisions."""
    by_answer = {each.answer.pk: each for each in units if each.answer}
    by_file = {each.file.pk: each for each in units if each.file}
    texts = list(version.texts.order_by("pk"))
    owners: dict[int, Unit] = {}
    for text in texts:
        unit = by_answer.get(text.answer_id or 0) or by_file.get(text.file_id or 0)
        if unit is None:
            continue
        if text.kind == TextKind.REDACTED:
            unit.redacted = text
        else:
            unit.text = text
            owners[text.pk] = unit
    known = {unit.text.pk: unit for unit in units if unit.text}
    findings: dict[int, list[PersonalDataFinding]] = defaultdict(list)
    for finding in PersonalDataFinding.objects.filter(text_version__in=known).order_by("start", "pk"):
        findings[finding.text_version_id].append(finding)
    decisions: dict[int, list[RedactionDecision]] = defaultdict(list)
    for decision in RedactionDecision.objects.filter(text_version__in=known).order_by("at", "pk"):
        decisions[decision.text_version_id].append(decision)
    for key, unit in known.items():
        unit.findings, unit.decisions = findings[key], decisions[key]
        if unit.redacted is not None and unit.redacted.based_on_id != key:
            unit.redacted = None
