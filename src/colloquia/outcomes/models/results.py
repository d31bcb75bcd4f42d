"""Outcomes: what became of themes and drafting suggestions, in terms that the operator keeps."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class OutcomeTerm(models.Model):
    """A term. ``labels`` by language; ``{paragraph}`` in a label stands for the paragraph that is named.

    ``needs_paragraph``: the outcome names a paragraph of the revised paper. Terms are ended, never removed.
    """

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    labels = models.JSONField(_("labels by language"), default=dict)
    needs_paragraph = models.BooleanField(_("names a paragraph"), default=False)
    position = models.PositiveIntegerField(_("place"), default=1)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("outcome term")
        verbose_name_plural = _("outcome terms")
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.words()

    def words(self, paragraph: str = "") -> str:
        """The label in the reader's language, its paragraph filled in."""
        labels: dict[str, str] = self.labels
        label = labels.get(get_language() or "en") or labels.get("en") or next(iter(labels.values()), "")
        return label.replace("{paragraph}", paragraph or "…") or self.code


class Suggestion(models.Model):
    """A drafting suggestion: words that a passage proposes for the paper, quoted and checked."""

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="suggestions"
    )
    run = models.ForeignKey("consultations.Run", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    question_id = models.CharField(_("question"), max_length=64, blank=True)
    passage_id = models.CharField(_("passage"), max_length=60)
    submission_id = models.CharField(_("submission"), max_length=60)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(_("quotation"))
    note = models.TextField(_("what it proposes, in an officer's words"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("recorded"), default=timezone.now)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("drafting suggestion")
        verbose_name_plural = _("drafting suggestions")
        ordering = ("consultation", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="outcomes_suggestion_number"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation} {self.number}"


class Outcome(models.Model):
    """What became of a theme of a run or of a suggestion. A new one stands in for the old, which stays.

    Outcomes are public once ``published_at`` is set. ``reasons`` are by language.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="outcomes"
    )
    run = models.ForeignKey("consultations.Run", on_delete=models.PROTECT, related_name="+")
    theme_id = models.CharField(_("theme"), max_length=64, blank=True)
    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    term = models.ForeignKey(OutcomeTerm, on_delete=models.PROTECT, related_name="+")
    paragraph = models.CharField(_("paragraph"), max_length=60, blank=True)
    reasons = models.JSONField(_("reasons by language"), default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("decided"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ("consultation", "theme_id", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(models.Q(theme_id="") & models.Q(suggestion__isnull=False))
                | (~models.Q(theme_id="") & models.Q(suggestion__isnull=True)),
                name="outcomes_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["run", "theme_id"],
                condition=models.Q(superseded_by__isnull=True) & ~models.Q(theme_id=""),
                name="outcomes_one_for_a_theme",
            ),
            models.UniqueConstraint(
                fields=["suggestion"],
                condition=models.Q(superseded_by__isnull=True) & models.Q(suggestion__isnull=False),
                name="outcomes_one_for_a_suggestion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id or self.suggestion_id} {self.term_id}"

    @property
    def words(self) -> str:
        """What became of it, in a few words for the reader."""
        return self.term.words(self.paragraph)


class OutcomePublication(models.Model):
    """Outcomes of a run that one officer proposes to publish and another publishes.

    ``outcomes`` are the ids that were proposed: where others stand in their place by then, it is refused.
    ``told_up_to`` is the primary key of the last submission whose sender was written to.
    """

    run = models.ForeignKey("consultations.Run", on_delete=models.PROTECT, related_name="+")
    outcomes = models.JSONField(_("outcomes"), default=list)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    told_up_to = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("publication of outcomes")
        verbose_name_plural = _("publications of outcomes")
        ordering = ("run", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | ~models.Q(published_by=models.F("proposed_by")),
                name="outcomes_publication_two_officers",
                violation_error_message=_("Another officer than the one who proposed publishes."),
            ),
            models.UniqueConstraint(
                fields=["run"],
                condition=models.Q(published_at__isnull=True) & models.Q(withdrawn_at__isnull=True),
                name="outcomes_one_proposal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.proposed_at:%Y-%m-%d}"
