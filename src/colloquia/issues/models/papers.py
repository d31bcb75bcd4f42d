"""A paper, its versions and their sections."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from colloquia.core.models import Attachment


class Grade(models.TextChoices):
    """How sure a wording is. Only ``authentic`` is the official text."""

    AUTHENTIC = "authentic", _("Official text")
    VERIFIED = "verified", _("In our own words, from a source that was seen")
    SECONDARY = "secondary", _("In our own words, after a secondary source")
    RECALLED = "recalled", _("In our own words, from general knowledge")


class Origin(models.TextChoices):
    """How a row came in. What an officer did is never overwritten by the starter set."""

    STARTER = "starter", _("starter set")
    IMPORT = "import", _("imported by an officer")


class Status(models.TextChoices):
    """What a version of a paper is."""

    DRAFT = "draft", _("Draft")
    REVISED = "revised", _("Revised")
    FINAL = "final", _("Final")


def in_reader_language(texts: dict[str, str], fallback: str) -> tuple[str, str]:
    """The text for the reader and its language; blank texts where there is none at all."""
    wanted = get_language() or "en"
    for code in (wanted, fallback, *texts):
        if texts.get(code):
            return texts[code], code
    return "", fallback


class Paper(models.Model):
    """A paper of issues and questions, through all its versions."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    prefix = models.CharField(_("beginning of its ids"), max_length=8)
    titles = models.JSONField(_("titles by language"), default=dict)
    language = models.CharField(_("language"), max_length=12, default="en")
    related = models.JSONField(_("related documents"), default=list, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.IMPORT)
    starter_hash = models.CharField(_("SHA-256 of the starter set loaded last"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.titles.get(self.language) or self.slug


class PaperVersion(models.Model):
    """One version: its symbol, dates, sources, and the file it was imported from.

    ``is_authentic`` says that the official text of this version was imported, at least in one language.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    key = models.SlugField(_("key"), max_length=60)
    position = models.PositiveIntegerField(_("place in the order of versions"))
    symbol = models.CharField(_("symbol"), max_length=120, blank=True)
    titles = models.JSONField(_("titles by language"), default=dict)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.DRAFT)
    date = models.DateField(_("date"), null=True, blank=True)
    published = models.DateField(_("published"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    sources = models.JSONField(_("sources"), default=list, blank=True)
    facts = models.JSONField(_("facts with their sources"), default=list, blank=True)
    is_authentic = models.BooleanField(_("official text"), default=False)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.IMPORT)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_sha256 = models.CharField(_("SHA-256 of the imported file"), max_length=64, blank=True)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a paper")
        verbose_name_plural = _("versions of papers")
        ordering = ("paper", "position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "key"], name="issues_version_key"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.key}"

    @property
    def title(self) -> str:
        """The title in the reader's language, else in the paper's own."""
        return in_reader_language(self.titles, self.language)[0] or self.key

    @property
    def title_language(self) -> str:
        """The language of ``title``."""
        return in_reader_language(self.titles, self.language)[1]


class Section(models.Model):
    """A heading of one version, above its issues."""

    version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(_("key"), max_length=60)
    titles = models.JSONField(_("titles by language"), default=dict)
    position = models.PositiveIntegerField(_("position"))
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.IMPORT)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("version", "position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="issues_section_key"),
        ]

    def __str__(self) -> str:
        return next(iter(self.titles.values()), self.key)
