"""The languages in which people write to the programme."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Which way a language is written."""

    LEFT_TO_RIGHT = "ltr", _("left to right")
    RIGHT_TO_LEFT = "rtl", _("right to left")


class Language(models.Model):
    """One language by its ISO 639 code, with script where that matters (``zh-hans``)."""

    code = models.CharField(_("code"), max_length=12, primary_key=True)
    endonym = models.CharField(_("name in the language itself"), max_length=100)
    name = models.CharField(_("English name"), max_length=100)
    direction = models.CharField(
        _("direction"), max_length=3, choices=Direction.choices, default=Direction.LEFT_TO_RIGHT
    )
    is_analysed = models.BooleanField(
        _("supported by the analysis"),
        default=False,
        help_text=_("Texts in other languages are counted and listed for a human reader."),
    )

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.endonym
