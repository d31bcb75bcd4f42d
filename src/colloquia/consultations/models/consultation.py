"""Consultations, and the runs of their analysis."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_version() -> str:
    """A name for a state that never was before."""
    return secrets.token_hex(16)


class Consultation(models.Model):
    """One consultation. ``titles`` and ``notes`` are by language code.

    ``organisations_version`` is new with each decision on organisations, so that caches know their age;
    ``organisations_sequence`` is the number of the last one, or of the last undoing, and ``reading_sequence``
    counts marks of reading set and withdrawn, for the same reason.

    ``state_stakeholders`` are the values of the stakeholder field, as senders gave them, that stand for a
    state. ``closed_on`` is the day on which answers were last taken; of a consultation with a call it follows
    from ``closes_at``, the deadline, on the clocks of ``time_zone``. ``shown_run`` is the run that the public
    sees; without one, nothing of the analysis is public. It is None and ``is_public`` stays where a
    submission in the run was taken out of the public.
    """

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    titles = models.JSONField(_("titles by language"), default=dict)
    notes = models.JSONField(_("notes by language"), default=dict, blank=True)
    is_illustrative = models.BooleanField(_("illustrative"), default=False)
    is_public = models.BooleanField(_("public"), default=False)
    paper = models.SlugField(_("paper"), max_length=80, blank=True)
    paper_version = models.SlugField(_("version of the paper"), max_length=80, blank=True)
    closed_on = models.DateField(_("closing date"), null=True, blank=True)
    closes_at = models.DateTimeField(_("deadline"), null=True, blank=True, editable=False)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, editable=False)
    state_stakeholders = models.JSONField(_("stakeholder values that are states"), default=list, blank=True)
    shown_run = models.ForeignKey(
        "consultations.Run", on_delete=models.PROTECT, null=True, blank=True, related_name="shown_in"
    )
    organisations_version = models.CharField(max_length=32, default=new_version, editable=False)
    organisations_sequence = models.PositiveIntegerField(default=0, editable=False)
    reading_sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ("-created_at", "slug")

    def __str__(self) -> str:
        return self.title("en")

    @property
    def is_hidden(self) -> bool:
        """Whether its analysis was shown and is not at present, as a submission in it is public no more."""
        return self.is_public and self.shown_run_id is None

    @property
    def closes_later(self) -> bool:
        """Whether the deadline of its call lies ahead."""
        return self.closes_at is not None and timezone.now() < self.closes_at

    def title(self, language: str) -> str:
        """The title in a language, else in English, else in whatever there is."""
        titles: dict[str, str] = self.titles
        return titles.get(language) or titles.get("en") or next(iter(titles.values()), self.slug)

    def note(self, language: str) -> str:
        """The note in a language, else in English, else nothing."""
        notes: dict[str, str] = self.notes
        return notes.get(language) or notes.get("en", "")


class RunStatus(models.TextChoices):
    """How far a run has come on its way to publication."""

    DRAFT = "draft", _("Draft")
    REVIEWED = "reviewed", _("Reviewed, not yet signed")
    SIGNED = "signed", _("Signed")


class Run(models.Model):
    """One analysis of a consultation. Its bulk lies in ``folder``; this row and its like hold the rest.

    ``sequence`` is the number of the last correction or undo, ``version`` a name for the state after it that
    no other state of any run ever had; ``counted_sequence`` that up to which the themes in
    effect were counted. ``funnel``, ``quality``, ``parameters``, ``languages``, ``problems``, ``closed`` and
    ``carried`` are as the analysis wrote them. ``signed_coverage`` is what was shown to who signed;
    ``signed_with`` are the number of the last decision on ``organisations`` by then and the values that were
    ``states``: a signed run is counted with these for ever.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField(_("number"))
    status = models.CharField(_("status"), max_length=10, choices=RunStatus.choices, default=RunStatus.DRAFT)
    is_complete = models.BooleanField(_("stored whole"), default=False, editable=False)
    folder_name = models.CharField(_("folder"), max_length=200, unique=True, editable=False)
    fingerprint = models.CharField(_("SHA-256 of the manifest"), max_length=64, editable=False)
    prior = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    prior_sequence = models.PositiveIntegerField(_("corrections of the earlier run that it knew"), default=0)
    program = models.CharField(_("program"), max_length=60, blank=True)
    begun_at = models.DateTimeField(_("computed"), null=True, blank=True)
    stored_at = models.DateTimeField(_("stored"), default=timezone.now, editable=False)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    funnel = models.JSONField(default=dict)
    quality = models.JSONField(default=dict)
    parameters = models.JSONField(default=dict)
    languages = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    closed = models.JSONField(default=list)
    carried = models.JSONField(default=dict, blank=True)
    sequence = models.PositiveIntegerField(_("number of the last correction"), default=0)
    version = models.CharField(max_length=32, default=new_version, editable=False)
    counted_sequence = models.IntegerField(_("counted up to correction"), default=-1)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    signed_coverage = models.JSONField(default=dict, blank=True)
    signed_with = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ("consultation", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="consultations_run_number"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation.slug} {self.number}"

    @property
    def folder(self) -> Path:
        """Where the Parquet tables, the report and the manifest lie."""
        return Path(settings.RUNS) / self.folder_name

    @property
    def has_files(self) -> bool:
        """Whether the tables lie where they belong; not where somebody took the folder away."""
        return (self.folder / "passages.parquet").is_file()

    @property
    def is_signed(self) -> bool:
        """Signed runs are never corrected again."""
        return self.status == RunStatus.SIGNED
