"""Territories as the naming profile has them, with their units and dated groupings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Grade(models.TextChoices):
    """How far a row of reference data was checked."""

    VERIFIED = "verified", _("checked against the authority's own publication")
    SECONDARY = "secondary", _("taken from a collection made by others")
    RECALLED = "recalled", _("written from memory, to be checked")


class Origin(models.TextChoices):
    """Whether a row came with the data files or was entered by the operator."""

    PACKAGED = "packaged", _("from the data files")
    OWN = "own", _("entered by an officer")


class Checked(models.Model):
    """What every row of reference data carries."""

    grade = models.CharField(_("check"), max_length=12, choices=Grade.choices, default=Grade.RECALLED)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        abstract = True


class NamingProfile(models.Model):
    """A naming profile that was loaded; the current one decides names, order and types everywhere."""

    title = models.CharField(_("title"), max_length=200)
    version = models.CharField(_("version"), max_length=60, blank=True)
    source = models.TextField(_("source"), blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    data_fingerprint = models.CharField(
        _("fingerprint of all data"), max_length=64, blank=True, editable=False
    )
    is_current = models.BooleanField(_("current"), default=False, editable=False)
    loaded_at = models.DateTimeField(_("loaded"), default=timezone.now, editable=False)
    signed_off_by = models.CharField(_("signed off by"), max_length=200, blank=True)
    signed_off_on = models.DateField(_("signed off on"), null=True, blank=True)
    sign_off_note = models.TextField(_("note of the sign-off"), blank=True)

    class Meta:
        verbose_name = _("naming profile")
        verbose_name_plural = _("naming profiles")
        ordering = ("-is_current", "-loaded_at")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="core_one_current_profile"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}".strip()


class Territory(Checked):
    """A country, area or organisation. Rows stay when a profile drops them: ``is_listed`` says so."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    alpha3 = models.CharField(_("three-letter code"), max_length=3, blank=True)
    numeric = models.CharField(_("numeric code"), max_length=3, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    type = models.CharField(_("type in the profile"), max_length=60, blank=True)
    name = models.CharField(_("name in the first language of the profile"), max_length=200)
    is_listed = models.BooleanField(_("in the current profile"), default=True)

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class TerritoryName(Checked):
    """The name of a territory in one language; ``position`` is its place in that language's order."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=12)
    name = models.CharField(_("name"), max_length=200)
    full_name = models.CharField(_("full name"), max_length=300, blank=True)
    sort_key = models.CharField(_("sort key"), max_length=200)
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        verbose_name = _("name of a territory")
        verbose_name_plural = _("names of territories")
        ordering = ("language", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["territory", "language"], name="core_one_name_per_language"),
        ]

    def __str__(self) -> str:
        return self.name


class SubnationalUnit(Checked):
    """A state, province, canton or emirate by its ISO 3166-2 code."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="units")
    category = models.CharField(_("category"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=200)
    other_names = models.JSONField(_("other names"), default=list, blank=True)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.OWN)

    class Meta:
        verbose_name = _("sub-national unit")
        verbose_name_plural = _("sub-national units")
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Grouping(Checked):
    """A group of territories: of the United Nations, of WIPO, or of the operator's own making."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    kind = models.CharField(_("kind"), max_length=40, default="own")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    names = models.JSONField(_("names by language"), default=dict)
    is_complete = models.BooleanField(
        _("complete"),
        default=False,
        help_text=_("Clear this where only certain members are listed: then absence says nothing."),
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.OWN)

    class Meta:
        verbose_name = _("grouping")
        verbose_name_plural = _("groupings")
        ordering = ("kind", "code")

    def __str__(self) -> str:
        language = (get_language() or "en").split("-")[0]
        return str(self.names.get(language) or self.names.get("en") or self.code)


class Membership(Checked):
    """A territory's place in a grouping, with dates where they are known."""

    grouping = models.ForeignKey(Grouping, on_delete=models.CASCADE, related_name="memberships")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="memberships")
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.OWN)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("grouping", "territory", "valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["grouping", "territory", "valid_from"],
                condition=models.Q(valid_from__isnull=False),
                name="core_membership_once",
            ),
            models.UniqueConstraint(
                fields=["grouping", "territory"],
                condition=models.Q(valid_from=None),
                name="core_membership_undated_once",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from"))
                | models.Q(valid_from=None)
                | models.Q(valid_until=None),
                name="core_membership_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} – {self.grouping_id}"
