"""What the machine found in a run. Rows are written once with the run and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.consultation import Run


class RunQuestion(models.Model):
    """A question of the paper as it stood for this run, with the counts of the machine and those in effect.

    ``organisations`` and ``states`` are None until counted. A submission is counted once.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="questions")
    question_id = models.CharField(_("question"), max_length=64)
    position = models.PositiveIntegerField()
    text = models.TextField()
    issue_id = models.CharField(max_length=64)
    issue_title = models.CharField(max_length=300)
    grade = models.CharField(max_length=20, blank=True)
    machine_submissions = models.PositiveIntegerField(default=0)
    machine_messages = models.PositiveIntegerField(default=0)
    machine_passages = models.PositiveIntegerField(default=0)
    submissions = models.PositiveIntegerField(default=0)
    messages = models.PositiveIntegerField(default=0)
    organisations = models.PositiveIntegerField(default=0)
    states = models.PositiveIntegerField(default=0)
    passages = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("run", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "question_id"], name="consultations_run_question"),
        ]

    def __str__(self) -> str:
        return self.question_id


class MachineTheme(models.Model):
    """A theme as the machine found it. ``question_id`` is "" over the whole docket."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="machine_themes")
    theme_id = models.CharField(max_length=64)
    question_id = models.CharField(max_length=64, blank=True)
    parent_id = models.CharField(max_length=64, blank=True)
    is_parent = models.BooleanField(default=False)
    label = models.TextField()
    terms = models.JSONField(default=list)
    submissions = models.PositiveIntegerField()
    messages = models.PositiveIntegerField()
    stability = models.FloatField()
    continues = models.CharField(max_length=64, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("run", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "theme_id"], name="consultations_machine_theme"),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.label}"


class MachineQuote(models.Model):
    """A quotation that the machine chose: ``text`` is code points ``start`` to ``end`` of its passage."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="quotes")
    quote_id = models.CharField(max_length=20)
    theme_id = models.CharField(max_length=64)
    question_id = models.CharField(max_length=64, blank=True)
    passage_id = models.CharField(max_length=64)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("run", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "quote_id"], name="consultations_quote"),
        ]
        indexes: ClassVar = [models.Index(fields=["run", "theme_id"], name="consultations_quote_theme")]

    def __str__(self) -> str:
        return self.quote_id


class SharedText(models.Model):
    """A text that several submissions share; who they are stands in the bulk.

    ``representative`` is shown to officers only where ``kind`` is ``similar``.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="shared_texts")
    group_id = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    members = models.PositiveIntegerField()
    representative = models.CharField(max_length=64)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("run", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "group_id"], name="consultations_shared_text"),
        ]

    def __str__(self) -> str:
        return self.group_id


class MachineBreakdown(models.Model):
    """A breakdown of the docket ("" as question) or of a question, as the analysis counted it.

    ``rows`` are objects with value, label, submissions and distinct_messages.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="breakdowns")
    question_id = models.CharField(max_length=64, blank=True)
    dimension = models.CharField(max_length=20)
    base = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    overlapping = models.BooleanField(default=False)
    rows = models.JSONField(default=list)

    class Meta:
        ordering = ("run", "question_id", "dimension")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "question_id", "dimension"], name="consultations_breakdown"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.dimension}".strip()
