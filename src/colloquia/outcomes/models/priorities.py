"""Issues put to member states for prioritising, and preliminary considerations on them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class PriorityRound(models.Model):
    """A closed form on the issues of a paper's version. Each state answers once and may change it.

    Results are counts of states by level for each issue, in the order of the paper; nothing is ranked.
    ``issue_ids`` stand in that order. ``levels`` are ``{"code", "labels"}`` in the order of the form.
    ``invited`` are the codes of the states that are asked, fixed when the round is announced. One officer
    reviews the results after the close, another publishes them.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="priority_rounds"
    )
    paper_version = models.ForeignKey("issues.PaperVersion", on_delete=models.PROTECT, related_name="+")
    titles = models.JSONField(_("titles by language"), default=dict)
    introductions = models.JSONField(_("introductions by language"), default=dict, blank=True)
    issue_ids = models.JSONField(_("issues"), default=list)
    levels = models.JSONField(_("levels, with labels by language"), default=list)
    invited = models.JSONField(_("states that are asked"), default=list, blank=True)
    shows_states = models.BooleanField(
        _("each state’s answers are published under its name"),
        default=False,
        help_text=_("Said to the states before they answer; without it only counts are published."),
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    time_zone = models.CharField(_("time zone of the venue"), max_length=60, default="UTC")
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("results reviewed"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("results published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("round of priorities")
        verbose_name_plural = _("rounds of priorities")
        ordering = ("-opens_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="outcomes_round_times"
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | ~models.Q(published_by=models.F("reviewed_by")),
                name="outcomes_round_two_officers",
                violation_error_message=_("Another officer than the one who reviewed publishes."),
            ),
        ]

    def __str__(self) -> str:
        labels: dict[str, str] = self.titles
        return labels.get(get_language() or "en") or labels.get("en") or next(iter(labels.values()), "")

    def is_open(self, now: datetime | None = None) -> bool:
        """Whether states may answer now. At the second of the close it is shut."""
        moment = now or timezone.now()
        return self.announced_at is not None and self.opens_at <= moment < self.closes_at

    def is_closed(self, now: datetime | None = None) -> bool:
        """Whether the time to answer is over."""
        return self.announced_at is not None and (now or timezone.now()) >= self.closes_at


class PriorityAnswer(models.Model):
    """The level that a state gives to one issue, entered by its focal point."""

    round = models.ForeignKey(PriorityRound, on_delete=models.CASCADE, related_name="answers")
    territory = models.ForeignKey("core.Territory", on_delete=models.PROTECT, related_name="+")
    issue_id = models.CharField(_("issue"), max_length=64)
    level = models.CharField(_("level"), max_length=40)
    remark = models.TextField(_("remark"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("given"), default=timezone.now)

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ("round", "territory", "issue_id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "territory", "issue_id"], name="outcomes_one_priority"),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.issue_id}"


class ConsiderationState(models.TextChoices):
    """How far a preliminary consideration has come."""

    DRAFT = "draft", _("Draft")
    COMMENTS = "comments", _("Open for comments")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Consideration(models.Model):
    """A preliminary consideration on an issue. Published by a second officer.

    ``texts`` by language and ``passages`` are those of the latest ``version``, written by ``written_by``. The
    public sees ``published_version``, which may be an earlier one while a later waits for a second officer.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="considerations"
    )
    issue_id = models.CharField(_("issue"), max_length=64)
    number = models.PositiveIntegerField(_("number in the issue"))
    texts = models.JSONField(_("texts by language"), default=dict)
    passages = models.JSONField(_("passages that it rests on"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ConsiderationState.choices, default=ConsiderationState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    published_version = models.PositiveIntegerField(_("version that is public"), null=True, blank=True)
    organisations_comment = models.BooleanField(_("members of organisations may comment"), default=False)
    comments_until = models.DateTimeField(_("comments until"), null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("preliminary consideration")
        verbose_name_plural = _("preliminary considerations")
        ordering = ("issue_id", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "issue_id", "number"], name="outcomes_consideration_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.number}"


class ConsiderationVersion(models.Model):
    """One version of a consideration; kept as it was written."""

    consideration = models.ForeignKey(Consideration, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    texts = models.JSONField(_("texts by language"), default=dict)
    passages = models.JSONField(_("passages that it rests on"), default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a consideration")
        verbose_name_plural = _("versions of considerations")
        ordering = ("consideration", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consideration", "number"], name="outcomes_consideration_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consideration_id} v{self.number}"


class ConsiderationComment(models.Model):
    """A comment on a consideration by a state's focal point or a body. Shown once officers publish it."""

    consideration = models.ForeignKey(Consideration, on_delete=models.PROTECT, related_name="comments")
    consideration_version = models.PositiveIntegerField()
    territory = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    on_behalf_of = models.CharField(_("on behalf of"), max_length=300, blank=True)
    text = models.TextField(_("comment"))
    language = models.CharField(_("language"), max_length=12, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("received"), default=timezone.now)
    shown_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment on a consideration")
        verbose_name_plural = _("comments on considerations")
        ordering = ("consideration", "at", "pk")

    def __str__(self) -> str:
        return f"{self.consideration_id} {self.at:%Y-%m-%d}"
