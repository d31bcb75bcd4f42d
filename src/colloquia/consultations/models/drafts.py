"""What a language model proposed, with its evidence; nothing of it is public before an officer takes it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.consultation import Run
from colloquia.consultations.models.requests import RequestState


class DraftKind(models.TextChoices):
    """What was proposed."""

    NAME = "name", _("a name for a theme")
    SENTENCE = "sentence", _("a sentence for the summary")


class DraftStatus(models.TextChoices):
    """What became of it."""

    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted by an officer")
    REFUSED = "refused", _("refused by an officer")


class DraftRequest(models.Model):
    """An officer asks the model for drafts on themes, one after the other.

    ``outcomes`` says by theme id what became of it: ``kept`` (number of drafts), or the ``reason`` for none,
    with what was ``dropped`` and the ``provenance``. ``problem`` is the ``code`` and the ``details`` of the
    error that ended it.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="draft_requests")
    kind = models.CharField(_("kind"), max_length=10, choices=DraftKind.choices)
    question_id = models.CharField(max_length=64, blank=True)
    themes = models.JSONField(default=list)
    language = models.CharField(_("language"), max_length=12)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING
    )
    outcomes = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for drafts")
        verbose_name_plural = _("requests for drafts")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.run} {self.kind} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or is at work."""
        return self.state in (RequestState.WAITING, RequestState.RUNNING)


class Draft(models.Model):
    """One proposal. ``evidence`` lists passage_id, quote, start, end, and the sentences around it
    (sentence_start, sentence_end); each quote was checked.

    ``edited_text`` is what the officer made of it where they changed it, ``note`` why it was refused.
    ``provenance`` holds model, version of the prompt, digests of request and answer, how many passages were
    ``shown`` and ``left_out``, what was ``dropped``, and the ``sequence`` of the run that was drafted from.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="drafts")
    request = models.ForeignKey(
        DraftRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=DraftKind.choices)
    status = models.CharField(
        _("status"), max_length=10, choices=DraftStatus.choices, default=DraftStatus.PROPOSED
    )
    question_id = models.CharField(max_length=64, blank=True)
    theme_id = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=12, default="en")
    text = models.TextField()
    edited_text = models.TextField(blank=True)
    note = models.TextField(_("reason"), blank=True)
    evidence = models.JSONField(default=list)
    provenance = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("machine draft")
        verbose_name_plural = _("machine drafts")
        ordering = ("run", "pk")
        indexes: ClassVar = [models.Index(fields=["run", "theme_id"], name="consultations_draft_theme")]

    def __str__(self) -> str:
        return self.text[:80]
