"""The secretariat's check: texts, what the machine found in them, what officers decided."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.submissions.models.submissions import Answer, Submission, SubmissionFile, SubmissionVersion


class TextKind(models.TextChoices):
    """How a text came about."""

    RECEIVED = "received", _("As received")
    EXTRACTED = "extracted", _("Read from a file")
    REDACTED = "redacted", _("Redacted")


class TextVersion(models.Model):
    """A text of an answer or a file. Never changed; offsets into it are Unicode code points.

    One of ``answer`` and ``file`` is set. ``pages`` are offsets at which pages begin. ``problem`` says why a
    file could not be read. ``text`` is empty once it was destroyed; its hash stays. ``redactions`` of a
    redacted text are ``[start, end, source start, source end, kind]`` in order: where a placeholder stands,
    and what it stands for in ``based_on``. ``beside`` counts what a file holds beside its text, by the kinds
    of ``engines.documents.beside``; whether the file is given out is then for an officer to say.
    """

    version = models.ForeignKey(SubmissionVersion, on_delete=models.PROTECT, related_name="texts")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, blank=True, related_name="texts")
    file = models.ForeignKey(
        SubmissionFile, on_delete=models.PROTECT, null=True, blank=True, related_name="texts"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=TextKind.choices)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(_("text"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    pages = models.JSONField(default=list, blank=True)
    redactions = models.JSONField(default=list, blank=True)
    beside = models.JSONField(default=dict, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    tool = models.CharField(_("made with"), max_length=100)
    problem = models.TextField(_("problem"), blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    searched_at = models.DateTimeField(_("searched for personal data"), null=True, blank=True)

    class Meta:
        verbose_name = _("text version")
        verbose_name_plural = _("text versions")
        ordering = ("version", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answer__isnull=True) | models.Q(file__isnull=True),
                name="submissions_text_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.kind} {self.pk}"


class TextFingerprint(models.Model):
    """By what a text is found again among those of its call: a hash of the folded text, and hashes of parts
    of its MinHash signature, of which nearly the same texts share at least one. Destroyed with the text.
    """

    call = models.ForeignKey("submissions.Call", on_delete=models.CASCADE, related_name="+")
    text_version = models.ForeignKey(TextVersion, on_delete=models.CASCADE, related_name="fingerprints")
    kind = models.CharField(max_length=5)
    value = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("fingerprint of a text")
        verbose_name_plural = _("fingerprints of texts")
        indexes: ClassVar = [models.Index(fields=["call", "kind", "value"], name="submissions_fingerprint")]

    def __str__(self) -> str:
        return f"{self.text_version_id} {self.kind}"


class PersonalDataFinding(models.Model):
    """Something in a text that the machine takes for personal data. Machine output: never changed."""

    text_version = models.ForeignKey(TextVersion, on_delete=models.CASCADE, related_name="findings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    category = models.CharField(_("kind"), max_length=20)
    rule = models.CharField(_("found by"), max_length=60)

    class Meta:
        verbose_name = _("finding of personal data")
        verbose_name_plural = _("findings of personal data")
        ordering = ("text_version", "start")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="submissions_finding_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.start}-{self.end}"


class RedactionDecision(models.Model):
    """What an officer decided on a span: to redact it, or that it may stay. The latest on a span counts.

    ``category`` ``file`` with an empty span is about the file itself: whether it is given out, or its text
    alone. ``language:fr`` with an empty span says in which language the text is; without a code, that nobody
    knows.
    """

    text_version = models.ForeignKey(TextVersion, on_delete=models.CASCADE, related_name="decisions")
    finding = models.ForeignKey(
        PersonalDataFinding, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions"
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    category = models.CharField(_("kind"), max_length=20)
    redact = models.BooleanField(_("redact"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        verbose_name = _("decision on a redaction")
        verbose_name_plural = _("decisions on redactions")
        ordering = ("text_version", "at", "pk")

    def __str__(self) -> str:
        return f"{self.start}-{self.end} {'redact' if self.redact else 'keep'}"


class Hint(models.Model):
    """Something to look at: a possible duplicate, signs of spam, a virus. Machine output."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="hints")
    kind = models.CharField(_("kind"), max_length=20)
    other = models.ForeignKey(Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    file = models.ForeignKey(
        SubmissionFile, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    detail = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(_("found"), default=timezone.now)
    dismissed_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("hint")
        verbose_name_plural = _("hints")
        ordering = ("submission", "kind", "pk")

    def __str__(self) -> str:
        return f"{self.submission} {self.kind}"


class ScanResult(models.TextChoices):
    """What a virus scanner said."""

    CLEAN = "clean", _("Nothing found")
    INFECTED = "infected", _("Malware found")


class FileScan(models.Model):
    """What the virus scanner said of some bytes, by their SHA-256. Machine output; a later one adds a row."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    result = models.CharField(_("result"), max_length=8, choices=ScanResult.choices)
    signature = models.CharField(_("name of what was found"), max_length=200, blank=True)
    tool = models.CharField(_("scanned with"), max_length=200)
    at = models.DateTimeField(_("scanned"), default=timezone.now)

    class Meta:
        verbose_name = _("scan of a file")
        verbose_name_plural = _("scans of files")
        ordering = ("sha256", "pk")

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.result}"


class NoteKind(models.TextChoices):
    """What a note of the check is."""

    NOTE = "note", _("Note")
    QUESTION = "question", _("Question to the sender")


class CheckNote(models.Model):
    """What an officer wrote beside a submission, or asked its sender. Never public.

    ``text`` is empty once it was destroyed.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(_("kind"), max_length=8, choices=NoteKind.choices, default=NoteKind.NOTE)
    text = models.TextField(_("text"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("note of the check")
        verbose_name_plural = _("notes of the check")
        ordering = ("submission", "at", "pk")

    def __str__(self) -> str:
        return f"{self.submission} {self.kind}"


class SealAct(models.TextChoices):
    """What needs two people."""

    UNSEAL = "unseal", _("Open what is sealed")
    DELETE = "delete", _("Destroy what is sealed")


class SealRequest(models.Model):
    """A request to open or destroy sealed material, which another officer grants or refuses.

    Opened material can be read by who asked until ``open_until``; each look is audited. ``version`` is the
    submission's when it was asked: another version is another question.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="seal_requests")
    act = models.CharField(_("act"), max_length=8, choices=SealAct.choices)
    reason = models.TextField(_("reason"))
    version = models.PositiveIntegerField(_("version of the submission"), default=1)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    granted = models.BooleanField(_("granted"), null=True)
    decision_note = models.TextField(_("reason of the decision"), blank=True)
    open_until = models.DateTimeField(_("open until"), null=True, blank=True)

    class Meta:
        verbose_name = _("request to open or destroy")
        verbose_name_plural = _("requests to open or destroy")
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="submissions_two_people",
                violation_error_message=_("Another officer than the one who asked decides."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.act}"
