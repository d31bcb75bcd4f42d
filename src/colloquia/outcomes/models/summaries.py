"""The summary of a run: sentences, each with the passages that it rests on."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SummaryStatus(models.TextChoices):
    """How far a summary has come."""

    DRAFT = "draft", _("Draft")
    REVIEWED = "reviewed", _("Reviewed, not yet signed")
    SIGNED = "signed", _("Signed and published")


class Summary(models.Model):
    """The summary of one run in one language. One officer reviews, another signs; then it stays.

    ``version`` grows with each change, so that who saves over another's change is told. ``said`` is what was
    published: the run, its corrections, coverage, agreement and limits as they were at the signature.
    """

    run = models.ForeignKey("consultations.Run", on_delete=models.PROTECT, related_name="summaries")
    language = models.CharField(_("language"), max_length=12)
    status = models.CharField(
        _("status"), max_length=10, choices=SummaryStatus.choices, default=SummaryStatus.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    said = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)

    class Meta:
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        ordering = ("run", "language")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "language"], name="outcomes_one_summary"),
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True) | ~models.Q(signed_by=models.F("reviewed_by")),
                name="outcomes_summary_two_officers",
                violation_error_message=_("Another officer than the one who reviewed signs."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.language}"


class Sentence(models.Model):
    """One sentence, under a question or, with a blank ``question_id``, at the head.

    ``origin`` says whether an officer wrote it, or took over the draft of a machine (``draft`` names it).
    """

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="sentences")
    question_id = models.CharField(_("question"), max_length=64, blank=True)
    position = models.PositiveIntegerField()
    text = models.TextField(_("sentence"))
    origin = models.CharField(max_length=10, default="officer")
    draft_id = models.BigIntegerField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("sentence")
        verbose_name_plural = _("sentences")
        ordering = ("summary", "position", "pk")

    def __str__(self) -> str:
        return self.text[:80]


class Citation(models.Model):
    """A passage on which a sentence rests. ``quote`` is its text from ``start`` to ``end``, in code points,
    checked against the stored passage when it was written and again before publication.
    """

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="citations")
    passage_id = models.CharField(_("passage"), max_length=60)
    submission_id = models.CharField(_("submission"), max_length=60)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(_("quotation"))
    position = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("sentence", "position", "pk")

    def __str__(self) -> str:
        return self.passage_id
