"""What an issue or a question says in one version and language, and how sure that is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from colloquia.issues.models.papers import Grade, Origin, PaperVersion
from colloquia.issues.models.questions import IssuePlacement, QuestionPlacement


class Wording(models.Model):
    """One wording. ``source_hash`` is the SHA-256 of what it was made from.

    That is the imported file or, for a translation, the text that was translated: where it differs from
    the hash of that text today, the translation is out of date. ``described_in`` is set where the source
    describes another version than the one this wording stands in.
    """

    language = models.CharField(_("language"), max_length=12)
    grade = models.CharField(_("grade"), max_length=9, choices=Grade.choices)
    source = models.TextField(_("source"), blank=True)
    source_hash = models.CharField(_("SHA-256 of its source"), max_length=64, blank=True)
    is_translation = models.BooleanField(_("our translation"), default=False)
    described_in = models.ForeignKey(
        PaperVersion, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.IMPORT)

    class Meta:
        abstract = True


class QuestionWording(Wording):
    """The text of a question in one version and language."""

    placement = models.ForeignKey(QuestionPlacement, on_delete=models.CASCADE, related_name="wordings")
    text = models.TextField(_("text"))
    context = models.TextField(_("context"), blank=True)

    class Meta:
        verbose_name = _("wording of a question")
        verbose_name_plural = _("wordings of questions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["placement", "language", "origin"], name="issues_question_wording"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class IssueWording(Wording):
    """Title and context of an issue in one version and language."""

    placement = models.ForeignKey(IssuePlacement, on_delete=models.CASCADE, related_name="wordings")
    title = models.TextField(_("title"))
    context = models.TextField(_("context"), blank=True)

    class Meta:
        verbose_name = _("wording of an issue")
        verbose_name_plural = _("wordings of issues")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "language", "origin"], name="issues_issue_wording"),
        ]

    def __str__(self) -> str:
        return self.title[:80]


class GlossaryEntry(Wording):
    """A term of the glossary of one version."""

    version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="glossary")
    key = models.SlugField(_("key"), max_length=80, allow_unicode=True)
    term = models.CharField(_("term"), max_length=200)
    meaning = models.TextField(_("meaning"))
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        verbose_name = _("entry of a glossary")
        verbose_name_plural = _("entries of glossaries")
        ordering = ("version", "position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "key", "language", "origin"], name="issues_glossary_entry"
            ),
        ]

    def __str__(self) -> str:
        return self.term
