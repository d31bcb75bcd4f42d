"""What became of issues and questions from version to version, and what others say about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colloquia.issues.models.papers import Origin, Paper, PaperVersion
from colloquia.issues.models.questions import Issue, Question


class Lineage(models.Model):
    """What became of one or several issues or questions: from these in one version, to those in another."""

    class Kind(models.TextChoices):
        """What happened."""

        ADDED = "added", _("added")
        REMOVED = "removed", _("removed")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")
        MOVED = "moved", _("moved")
        KEPT = "kept", _("kept")
        WIDENED = "widened", _("widened")

    from_version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="+")
    to_version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.IMPORT)

    class Meta:
        verbose_name = _("line of descent")
        verbose_name_plural = _("lines of descent")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.kind} ({self.from_version_id} → {self.to_version_id})"


class LineageEnd(models.Model):
    """One issue or question at one end of a line of descent."""

    class Side(models.TextChoices):
        """The earlier or the later end."""

        FROM = "from", _("from")
        TO = "to", _("to")

    lineage = models.ForeignKey(Lineage, on_delete=models.CASCADE, related_name="ends")
    side = models.CharField(max_length=4, choices=Side.choices)
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(issue=None, question__isnull=False) | Q(issue__isnull=False, question=None),
                name="issues_lineage_end_is_one",
            ),
            models.UniqueConstraint(fields=["lineage", "side", "issue"], name="issues_lineage_issue_once"),
            models.UniqueConstraint(
                fields=["lineage", "side", "question"], name="issues_lineage_question_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.issue_id or self.question_id}"


class RecordedChange(models.Model):
    """What a secondary source says changed between two versions, in our own words by language."""

    from_version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="+")
    to_version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(_("position"))
    texts = models.JSONField(_("what changed, by language"), default=dict)
    sources = models.JSONField(_("sources"), default=list)
    issues = models.ManyToManyField(Issue, blank=True, related_name="recorded_changes")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.IMPORT)

    class Meta:
        verbose_name = _("recorded change")
        verbose_name_plural = _("recorded changes")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return next(iter(self.texts.values()), "")[:80]


class Discussion(models.Model):
    """Where and when issues were taken up, with the source of that."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="discussions")
    occasions = models.JSONField(_("occasion by language"), default=dict)
    date = models.DateField(_("date"))
    notes = models.JSONField(_("remark by language"), default=dict, blank=True)
    source = models.TextField(_("source"), blank=True)
    issues = models.ManyToManyField(Issue, related_name="discussions")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.IMPORT)

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        ordering = ("date", "pk")

    def __str__(self) -> str:
        return next(iter(self.occasions.values()), "")
