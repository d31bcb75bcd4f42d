"""Translations of passages; the original stays what was received."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.consultation import Consultation, Run
from colloquia.core.models import Attachment


class TranslationKind(models.TextChoices):
    """How a translation came about; shown wherever it is."""

    PERSON = "person", _("translated by a person")
    CORRECTED = "corrected", _("machine translation, corrected by a person")
    MACHINE = "machine", _("machine translation")


class FileState(models.TextChoices):
    """What became of a file of translations."""

    LOOKED_AT = "looked_at", _("looked at, nothing kept yet")
    STORED = "stored", _("translations kept")
    DISCARDED = "discarded", _("discarded")


class TranslationFile(models.Model):
    """A file of translations as an officer sent it in. Nothing of it is kept before that is confirmed.

    ``language`` is that of its translations, ``kind`` and ``tool`` are as the officer said. ``stored`` counts
    the translations that were kept.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="translation_files")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=12)
    kind = models.CharField(_("kind"), max_length=10, choices=TranslationKind.choices)
    tool = models.CharField(_("program or service"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=FileState.choices, default=FileState.LOOKED_AT
    )
    stored = models.PositiveIntegerField(_("translations kept"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("received"), default=timezone.now)
    ended_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("file of translations")
        verbose_name_plural = _("files of translations")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.consultation.slug} {self.attachment.name}"


class ServiceState(models.TextChoices):
    """How far a service has come with the passages that it was asked for."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("failed")


class TranslationRequest(models.Model):
    """An officer has passages translated by the service that is set up.

    ``passages`` are ids in order, of which the first ``done`` were dealt with. ``remarks`` holds by passage
    id what a person should look at: the ``reason`` for no translation, or ``missing`` and ``added`` numbers.
    ``problem`` is the ``code`` and the ``details`` of the error that ended it.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="translation_requests"
    )
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=12)
    passages = models.JSONField(default=list)
    state = models.CharField(
        _("state"), max_length=10, choices=ServiceState.choices, default=ServiceState.WAITING
    )
    done = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(_("translations kept"), default=0)
    remarks = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for translations")
        verbose_name_plural = _("requests for translations")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation"],
                condition=models.Q(state__in=("waiting", "running")),
                name="consultations_one_service_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation.slug} {self.language} {self.asked_at:%Y-%m-%d %H:%M}"


class Translation(models.Model):
    """A translation of one passage. A newer one replaces an older; both are kept.

    ``source_sha256`` is that of the passage's text, so that a stale translation shows. ``how`` says by which
    way it came in: ``typed``, ``xliff``, ``docx`` or ``service``; ``tool`` names the model of a service.
    ``file`` is the file that it came in, ``request`` what a service was asked.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="translations")
    passage_id = models.CharField(max_length=64)
    submission_id = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=12)
    source_language = models.CharField(_("language of the original"), max_length=12, blank=True)
    text = models.TextField(_("translation"))
    kind = models.CharField(_("kind"), max_length=10, choices=TranslationKind.choices)
    how = models.CharField(max_length=10, default="typed")
    tool = models.CharField(max_length=200, blank=True)
    source_sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(
        TranslationFile, on_delete=models.PROTECT, null=True, blank=True, related_name="translations"
    )
    request = models.ForeignKey(
        TranslationRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="translations"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ("consultation", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "passage_id", "language"],
                condition=models.Q(replaced_at=None),
                name="consultations_translation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} {self.language}"
