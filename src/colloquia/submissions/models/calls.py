"""Calls for submissions, their questions and their extensions."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def in_language(texts: dict[str, str], language: str, *then: str) -> tuple[str, str]:
    """The text in a language, else in the first of ``then`` that has one, in English, in whatever there is;
    with the language it is in.
    """
    for code in (language, *then, "en", *texts):
        if texts.get(code):
            return texts[code], code
    return "", language


class CallState(models.TextChoices):
    """What a call is at a moment; derived from its times, never stored."""

    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Call(models.Model):
    """A call on a version of a paper, for one consultation. Texts are by language code.

    ``announced_at`` is empty while it is a draft that only officers see. ``closes_at`` is the deadline in
    force: that of the last extension. ``closed_early_at`` is set where an officer closed it before.
    ``time_zone`` is the venue's, by its IANA name. ``accepts_late``: what comes after the deadline is
    kept and marked late; otherwise the form is shut and officers alone enter what came late.
    ``retention_months`` after the close, sealed personal data are destroyed. ``changed_at``: when
    something that the public sees was last changed after it was announced.
    """

    consultation = models.OneToOneField(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="call"
    )
    titles = models.JSONField(_("titles by language"), default=dict)
    introductions = models.JSONField(_("introductions by language"), default=dict, blank=True)
    privacy_notices = models.JSONField(_("notices on privacy by language"), default=dict, blank=True)
    publication_notices = models.JSONField(_("notices on publication by language"), default=dict, blank=True)
    retention_notices = models.JSONField(_("notices on retention by language"), default=dict, blank=True)
    languages = models.JSONField(_("languages of the call"), default=list)
    paper_version = models.ForeignKey(
        "issues.PaperVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stakeholders = models.JSONField(_("stakeholder groups"), default=list, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    time_zone = models.CharField(_("time zone of the venue"), max_length=60, default="UTC")
    accepts_late = models.BooleanField(_("late submissions are kept and marked"), default=True)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    closed_early_at = models.DateTimeField(_("closed early"), null=True, blank=True)
    retention_months = models.PositiveSmallIntegerField(
        _("months after the close until sealed personal data are destroyed"), default=24
    )
    changed_at = models.DateTimeField(_("changed after it was announced"), null=True, blank=True)
    retained_until = models.DateField(_("destroyed on"), null=True, blank=True, editable=False)
    contact = models.EmailField(_("address for questions"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ("-opens_at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="submissions_call_times",
                violation_error_message=_("A call closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.title("en")

    def title(self, language: str, *then: str) -> str:
        """The title in a language, else in the first of ``then``, in English, in whatever there is."""
        return in_language(self.titles, language, *then)[0]

    @property
    def zone(self) -> ZoneInfo:
        """The venue's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def deadline(self) -> datetime:
        """When it closes or closed."""
        return self.closed_early_at or self.closes_at

    def state(self, now: datetime | None = None) -> CallState:
        """What it is at a moment. At the second of the deadline it is closed."""
        now = now or timezone.now()
        if self.announced_at is None:
            return CallState.DRAFT
        if self.closed_early_at is not None and now >= self.closed_early_at:
            return CallState.CLOSED
        if now < self.opens_at:
            return CallState.ANNOUNCED
        return CallState.OPEN if now < self.deadline else CallState.CLOSED


class CallQuestion(models.Model):
    """A question of the paper that a call asks, by its permanent id, in the call's order."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    question = models.ForeignKey("issues.Question", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(_("place"))

    class Meta:
        verbose_name = _("question of a call")
        verbose_name_plural = _("questions of calls")
        ordering = ("call", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "question"], name="submissions_call_question"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.question_id}"


class Extension(models.Model):
    """A deadline that was moved, with the reason that is shown."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="extensions")
    before = models.DateTimeField(_("deadline before"))
    after = models.DateTimeField(_("deadline after"))
    reasons = models.JSONField(_("reasons by language"), default=dict)
    at = models.DateTimeField(_("decided"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ("call", "at", "pk")

    def __str__(self) -> str:
        return f"{self.call_id} {self.after:%Y-%m-%d %H:%M}"
