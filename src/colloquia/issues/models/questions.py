"""Issues and questions under their permanent ids, and where each stands in each version."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from colloquia.issues.models.papers import Origin, Paper, PaperVersion, Section


class Issue(models.Model):
    """An issue. The id (``IP-08``) is permanent, whatever number a version gives it."""

    id = models.CharField(_("id"), max_length=64, primary_key=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="issues")

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.id


class Question(models.Model):
    """A question. The id (``IP-08.q2``) is permanent; ``issue`` is the one under which it first stood."""

    id = models.CharField(_("id"), max_length=64, primary_key=True)
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="questions")
    tags = models.JSONField(_("tags"), default=list, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.id


class Placement(models.Model):
    """Where something stands in one version. Withdrawn: an import showed that it does not stand there."""

    version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="%(class)ss")
    number = models.CharField(_("number in this version"), max_length=40, blank=True)
    paragraphs = models.CharField(_("paragraphs"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("position"))
    is_withdrawn = models.BooleanField(_("withdrawn from this version"), default=False)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.IMPORT)

    class Meta:
        abstract = True


class IssuePlacement(Placement):
    """An issue in a version. An issue with no row here is absent from the version."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="placements")
    section = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("issue in a version")
        verbose_name_plural = _("issues in versions")
        ordering = ("version", "position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "issue"], name="issues_issue_in_version"),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} ({self.version_id})"


class QuestionPlacement(Placement):
    """A question in a version, under the issue where that version has it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="placements")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("question in a version")
        verbose_name_plural = _("questions in versions")
        ordering = ("version", "position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "question"], name="issues_question_in_version"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} ({self.version_id})"
