"""What is public of a submission, as rows of its own: pages of the public read no other table."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.core.models import Attachment
from colloquia.submissions.models.checking import TextVersion
from colloquia.submissions.models.submissions import Submission


class PublishedSubmission(models.Model):
    """What the public sees of one submission. Names are blank where it is anonymous or the name is a person's
    that was not to be published.

    ``sealed_parts`` counts answers and files that are not published. ``search_text`` is what is searched,
    folded, each word once (``folding.searched``). ``changed_at`` moves with each change.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, primary_key=True, related_name="published"
    )
    identifier = models.CharField(max_length=20, unique=True)
    call = models.ForeignKey("submissions.Call", on_delete=models.PROTECT, related_name="published")
    version = models.PositiveIntegerField()
    kind = models.CharField(_("kind of respondent"), max_length=18)
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    name = models.CharField(_("name"), max_length=300, blank=True)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=300, blank=True)
    territory = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    parties = models.JSONField(_("parties"), default=list, blank=True)
    stakeholder = models.CharField(_("stakeholder group"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    channel = models.CharField(_("channel"), max_length=12)
    received_on = models.DateField(_("received on"))
    is_late = models.BooleanField(_("late"), default=False)
    sealed_parts = models.PositiveIntegerField(_("parts not published"), default=0)
    redactions = models.PositiveIntegerField(_("redactions"), default=0)
    search_text = models.TextField(blank=True)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("published submission")
        verbose_name_plural = _("published submissions")
        ordering = ("call", "received_on", "identifier")
        indexes: ClassVar = [
            models.Index(fields=["call", "received_on", "identifier"], name="submissions_public_list"),
            models.Index(fields=["call", "-changed_at"], name="submissions_public_feed"),
            models.Index(
                fields=["call", "stakeholder", "kind", "territory", "language", "channel", "is_late"],
                name="submissions_public_facets",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class PublishedPart(models.Model):
    """One answer or file that is public. ``attachment`` is set only where the very file may be given out."""

    published = models.ForeignKey(PublishedSubmission, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    question_id = models.CharField(_("question"), max_length=64, blank=True, db_index=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    is_file = models.BooleanField(_("file"), default=False)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    text_version = models.ForeignKey(
        TextVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(_("language"), max_length=12, blank=True)
    is_redacted = models.BooleanField(_("redacted"), default=False)
    is_public_version = models.BooleanField(_("the sender's public version"), default=False)
    rights_statement = models.TextField(_("rights statement"), blank=True)
    mining_reserved = models.BooleanField(_("text and data mining reserved"), default=False)

    class Meta:
        verbose_name = _("published part")
        verbose_name_plural = _("published parts")
        ordering = ("published", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["published", "position"], name="submissions_part_position"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["question_id", "published"], name="submissions_part_question"),
            models.Index(
                fields=["published"],
                name="submissions_part_reserved",
                condition=models.Q(mining_reserved=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.published_id} {self.position}"


class PublicAddress(models.Model):
    """A permanent address that was given to the public once. It stays when what stood there was taken back,
    so that the address can say so; it holds nothing else.
    """

    identifier = models.CharField(max_length=20, primary_key=True)
    call = models.ForeignKey("submissions.Call", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("first published"), default=timezone.now)

    class Meta:
        verbose_name = _("public address")
        verbose_name_plural = _("public addresses")
        ordering = ("identifier",)

    def __str__(self) -> str:
        return self.identifier
