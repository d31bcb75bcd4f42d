"""Submissions as they were received: sealed, and never changed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colloquia.core.models import Attachment
from colloquia.submissions.models.calls import Call


class Publication(models.TextChoices):
    """What the sender wishes to be public."""

    NAMED = "named", _("Public, with the name")
    ANONYMOUS = "anonymous", _("Public, without the name")
    CONFIDENTIAL = "confidential", _("Confidential: counted, and not published")


class Secrecy(models.TextChoices):
    """Whether one answer or file may be public."""

    PUBLIC = "public", _("Public")
    CONFIDENTIAL = "confidential", _("Confidential")


class RespondentKind(models.TextChoices):
    """Who answers."""

    STATE = "state", pgettext_lazy("kind of respondent", "State")
    OFFICE = "office", _("Intellectual property office")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    ORGANISATION = "organisation", _("Organisation or company")
    PERSON = "person", _("Person, in a private capacity")


class Channel(models.TextChoices):
    """How it came in."""

    WEB = "web", _("Form on the site")
    FORM = "form", _("Answer form in Word")
    MAIL = "mail", _("E-mail")
    POST = "post", _("Post")
    SPREADSHEET = "spreadsheet", _("Spreadsheet")
    FOLDER = "folder", _("Folder of files")


class CheckState(models.TextChoices):
    """How far the secretariat's check has come."""

    WAITING = "waiting", _("Waiting for a check")
    CHECKING = "checking", _("Being checked")
    READY = "ready", _("Ready to be published")
    PUBLISHED = "published", pgettext_lazy("of a submission", "Published")
    WITHHELD = "withheld", _("Withheld")


class Submission(models.Model):
    """A submission under its permanent id. What was received stands in its versions.

    ``received_at`` is when its first version was received, or the time that an officer gives for what came
    otherwise; ``entered_at`` when the program took it in. ``confirmed_at`` is empty while the e-mail address
    of a sender without an account waits for its confirmation: till then it is counted nowhere.
    ``withdrawn_at``: the sender took it back before the close. ``destroyed_at``: sealed data were destroyed.
    """

    identifier = models.CharField(_("id"), max_length=20, unique=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="submissions")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    link_digest = models.CharField(max_length=64, unique=True)
    link_issue = models.PositiveIntegerField(default=1)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices, default=Channel.WEB)
    received_at = models.DateTimeField(_("received"))
    entered_at = models.DateTimeField(_("entered"), default=timezone.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(_("where it came from"), max_length=300, blank=True)
    source_key = models.CharField(_("key of the source"), max_length=64, blank=True)
    is_late = models.BooleanField(_("late"), default=False)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("reason given for withdrawing"), blank=True)
    destroyed_at = models.DateTimeField(_("sealed data destroyed"), null=True, blank=True)
    check_state = models.CharField(
        _("check"), max_length=10, choices=CheckState.choices, default=CheckState.WAITING
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withheld_reason = models.TextField(_("why it is withheld"), blank=True)
    version = models.PositiveIntegerField(_("latest version"), default=1)
    changed = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ("call", "received_at", "identifier")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call", "source_key"],
                condition=~models.Q(source_key=""),
                name="submissions_source_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["call", "check_state", "received_at"], name="submissions_queue"),
            models.Index(fields=["call", "received_at", "identifier"], name="submissions_in_order"),
        ]

    def __str__(self) -> str:
        return self.identifier


class SubmissionVersion(models.Model):
    """One version as it was received. ``document`` is its canonical JSON, with ``sha256`` over its bytes.

    The fields after it repeat what the document says, so that the secretariat can look for it. All is
    sealed: no page of the public reads this table. ``document`` is empty once it was destroyed.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    received_at = models.DateTimeField(_("received"))
    document = models.TextField(_("as received"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    publication = models.CharField(_("wish"), max_length=12, choices=Publication.choices)
    kind = models.CharField(_("kind of respondent"), max_length=18, choices=RespondentKind.choices)
    name = models.CharField(_("name"), max_length=300, blank=True)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=300, blank=True)
    territory = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stakeholder = models.CharField(_("stakeholder group"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    interface_language = models.CharField(max_length=12, default="en")
    ledger_index = models.PositiveBigIntegerField(_("entry in the ledger"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a submission")
        verbose_name_plural = _("versions of submissions")
        ordering = ("submission", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="submissions_version_number"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["publication", "submission", "number"], name="submissions_wishes"),
            models.Index(fields=["language", "submission", "number"], name="submissions_languages"),
        ]

    def __str__(self) -> str:
        return f"{self.submission} v{self.number}"


class Party(models.Model):
    """One of several who submit together: a state, an office, an organisation or a person."""

    version = models.ForeignKey(SubmissionVersion, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=18, choices=RespondentKind.choices)
    name = models.CharField(_("name"), max_length=300)
    territory = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("party to a joint submission")
        verbose_name_plural = _("parties to joint submissions")
        ordering = ("version", "position")

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """An answer to one question. ``public_text`` is published in place of a confidential one."""

    version = models.ForeignKey(SubmissionVersion, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        "issues.Question", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveIntegerField()
    text = models.TextField(_("answer"))
    language = models.CharField(_("language"), max_length=12, blank=True)
    secrecy = models.CharField(_("secrecy"), max_length=12, choices=Secrecy.choices, default=Secrecy.PUBLIC)
    secrecy_reason = models.TextField(_("reason for secrecy"), blank=True)
    public_text = models.TextField(_("public version"), blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("version", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "question"], name="submissions_one_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.question_id or ''}"


class SubmissionFile(models.Model):
    """A file of a submission. ``public_version_of`` is the confidential file that it stands for."""

    version = models.ForeignKey(SubmissionVersion, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=300, blank=True)
    secrecy = models.CharField(_("secrecy"), max_length=12, choices=Secrecy.choices, default=Secrecy.PUBLIC)
    secrecy_reason = models.TextField(_("reason for secrecy"), blank=True)
    public_version_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="public_versions"
    )
    rights_statement = models.TextField(_("rights statement"), blank=True)
    mining_reserved = models.BooleanField(_("text and data mining reserved"), default=False)
    language = models.CharField(_("language"), max_length=12, blank=True)
    is_original = models.BooleanField(_("the sender's original message or form"), default=False)

    class Meta:
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")
        ordering = ("version", "position")

    def __str__(self) -> str:
        return f"{self.version_id} {self.position}"
