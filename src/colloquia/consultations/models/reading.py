"""Proof that people read: batches for readers, marks of what was read, and double coding of a sample."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.consultation import Consultation, Run


class Batch(models.Model):
    """Submissions that one reader is asked to read.

    ``chosen`` says how they were chosen: the filters, the order and the seed of the draw. A batch is open
    until it is withdrawn.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reading_batches"
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    chosen = models.JSONField(_("how they were chosen"), default=dict, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("reading batch")
        verbose_name_plural = _("reading batches")
        ordering = ("consultation", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="consultations_batch_number"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation.slug} {self.number}"


class BatchItem(models.Model):
    """A submission in a batch, in the order of reading."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    submission_id = models.CharField(max_length=64)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("batch", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "submission_id"], name="consultations_batch_item"),
        ]
        indexes: ClassVar = [models.Index(fields=["submission_id"], name="consultations_batched")]

    def __str__(self) -> str:
        return self.submission_id


class ReadMark(models.Model):
    """A person says that they read a submission (``passage_id`` empty) or one passage of it.

    For a document without text ``passage_id`` is the id of the document, which is no passage's. ``sequence``
    is the consultation's ``reading_sequence`` when the mark was set or, later, withdrawn.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="read_marks")
    submission_id = models.CharField(max_length=64)
    passage_id = models.CharField(max_length=64, blank=True)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("mark of reading")
        verbose_name_plural = _("marks of reading")
        ordering = ("consultation", "submission_id", "at")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "submission_id", "passage_id", "reader"],
                condition=models.Q(withdrawn_at=None),
                name="consultations_read_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["consultation", "sequence"], name="consultations_read_sequence")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.passage_id}".strip()


class Sample(models.Model):
    """Passages of one question drawn for double coding. ``passages`` is the drawn list, in order.

    ``themes`` are the themes (id and label) that were offered to the coders, so that all had the same.
    ``machine`` is where the machine had put each passage when the sample was drawn: theme ids by passage id,
    followed through merges, without what officers moved by hand. ``population`` passages were drawn from.
    ``finished`` are the keys of coders who said that they have finished. Once ``closed_at`` is set nobody
    codes any more; ``result`` is then what was computed from the codings, without the names of coders.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="samples")
    number = models.PositiveIntegerField(_("number"))
    question_id = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("size"))
    seed = models.PositiveIntegerField(_("seed"), default=0)
    passages = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    machine = models.JSONField(default=dict)
    population = models.PositiveIntegerField(_("drawn from"), default=0)
    stratified_by = models.CharField(_("stratified by"), max_length=20, blank=True)
    without_shared = models.BooleanField(_("without repetitions of shared text"), default=False)
    coders = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    finished = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("drawn"), default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("sample for double coding")
        verbose_name_plural = _("samples for double coding")
        ordering = ("run", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "number"], name="consultations_sample_number"),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.number}"


class Coding(models.Model):
    """The themes that one coder gives to one passage of a sample; an empty list is an answer too."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="codings")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    passage_id = models.CharField(max_length=64)
    themes = models.JSONField(default=list)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("coding")
        verbose_name_plural = _("codings")
        ordering = ("sample", "passage_id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sample", "coder", "passage_id"], name="consultations_coding_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample} {self.passage_id}"


class ReadingLanguages(models.Model):
    """The languages that an officer says they can read, so that passages find a reader."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading_languages"
    )
    codes = models.JSONField(_("codes of languages"), default=list)

    class Meta:
        verbose_name = _("languages that a person reads")
        verbose_name_plural = _("languages that people read")
        ordering = ("reader",)

    def __str__(self) -> str:
        return ", ".join(self.codes)
