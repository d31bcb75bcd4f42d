"""Answers that are being written: sealed until they are sent."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.core.models import Attachment
from colloquia.submissions.models.calls import Call
from colloquia.submissions.models.submissions import Secrecy, Submission


class AnswerDraft(models.Model):
    """One draft. Whoever holds its private link may go on with it; an account sees its own.

    ``content`` is as ``records.Content`` writes it. ``version`` grows with each save, so that who saves over
    another's change is told. ``replaces`` is the submission that it stands for when sent again before the
    close. ``submission`` is what it became: a draft is sent once. ``confirmed_at`` is when the e-mail address
    was confirmed; that of an account is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="drafts")
    token_digest = models.CharField(max_length=64, unique=True)
    token_issue = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    interface_language = models.CharField(max_length=12, default="en")
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts_to_replace"
    )
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="sent_from"
    )
    sent_version = models.PositiveIntegerField(
        _("version of the submission it became"), null=True, blank=True
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        verbose_name = _("draft of a submission")
        verbose_name_plural = _("drafts of submissions")
        ordering = ("-saved_at",)

    def __str__(self) -> str:
        return str(self.pk)


class DraftFile(models.Model):
    """A file in a draft. The bytes are kept at once, so that nobody sends them twice over a bad line.

    ``is_original``: it is the answer form that was read into the draft, and goes with it sealed.
    """

    draft = models.ForeignKey(AnswerDraft, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=300, blank=True)
    position = models.PositiveIntegerField(_("place"))
    secrecy = models.CharField(_("secrecy"), max_length=12, choices=Secrecy.choices, default=Secrecy.PUBLIC)
    secrecy_reason = models.TextField(_("reason for secrecy"), blank=True)
    public_version_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="public_versions"
    )
    rights_statement = models.TextField(_("rights statement"), blank=True)
    mining_reserved = models.BooleanField(_("text and data mining reserved"), default=False)
    language = models.CharField(_("language"), max_length=12, blank=True)
    is_original = models.BooleanField(_("the answer form as it was filled in"), default=False)

    class Meta:
        verbose_name = _("file in a draft")
        verbose_name_plural = _("files in drafts")
        ordering = ("draft", "position", "pk")

    def __str__(self) -> str:
        return f"{self.draft_id} {self.position}"


class DraftUpload(models.Model):
    """A file that is on its way in pieces. What came of it lies in ``path`` until it is whole.

    ``sha256`` is what the sender's browser found, or blank. ``file`` is what it became.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(AnswerDraft, on_delete=models.CASCADE, related_name="uploads")
    name = models.TextField(_("name as sent"))
    size = models.PositiveBigIntegerField(_("size in bytes"))
    declared_type = models.CharField(_("type as sent"), max_length=255, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    file = models.ForeignKey(DraftFile, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)

    class Meta:
        verbose_name = _("upload on its way")
        verbose_name_plural = _("uploads on their way")
        ordering = ("draft", "begun_at")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def path(self) -> Path:
        """Where the pieces lie, one after another."""
        return Path(settings.DATA) / "uploads" / self.pk.hex


class Clearance(models.Model):
    """A private link with which colleagues comment on a draft and approve it before it is sent."""

    draft = models.ForeignKey(AnswerDraft, on_delete=models.CASCADE, related_name="clearances")
    token_digest = models.CharField(max_length=64, unique=True)
    note = models.CharField(_("for whom"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ("draft", "created_at", "pk")

    def __str__(self) -> str:
        return self.note or str(self.pk)


class ClearanceRemark(models.Model):
    """What a colleague said: a comment on an answer or on the whole, or an approval of a state of the draft.

    An approval holds ``content_sha256`` of what was approved, and ``state``, the document as it would have
    been sealed then, so that later changes show word by word. All goes with the draft when it is sent.
    """

    clearance = models.ForeignKey(Clearance, on_delete=models.CASCADE, related_name="remarks")
    name = models.CharField(_("name"), max_length=200)
    question_id = models.CharField(_("question"), max_length=64, blank=True)
    text = models.TextField(_("comment"), blank=True)
    approves = models.BooleanField(_("approves"), default=False)
    content_sha256 = models.CharField(max_length=64, blank=True)
    state = models.TextField(blank=True)
    draft_version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(_("when"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("remark on a draft")
        verbose_name_plural = _("remarks on drafts")
        ordering = ("at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approves=True) | ~models.Q(text=""),
                name="submissions_remark_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
