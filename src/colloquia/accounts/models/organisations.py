"""Organisations and their members; delegations of states and organisations, for a time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.models.people import User


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    OFFICE = "office", _("Intellectual property office")
    NON_GOVERNMENTAL = "non_governmental", _("Non-governmental organisation")
    COMPANY = "company", _("Company")
    ACADEMIC = "academic", _("University or research body")
    OTHER = "other", _("Other")


class Organisation(models.Model):
    """An organisation that people belong to. ``confirmed_at``: an officer has looked at it."""

    name = models.CharField(_("name"), max_length=300, unique=True)
    kind = models.CharField(_("kind"), max_length=18, choices=OrganisationKind.choices)
    territory = models.ForeignKey(
        "core.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("established in"),
    )
    proposed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("entered"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a person belongs to an organisation: said by the person, confirmed by an officer, ended later."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    function = models.CharField(_("function"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("member of an organisation")
        verbose_name_plural = _("members of organisations")
        ordering = ("organisation", "asked_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(ended_at=None),
                name="accounts_member_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.user_id}"


class Capacity(models.TextChoices):
    """In which capacity somebody belongs to a delegation."""

    HEAD = "head", _("Head of delegation")
    ALTERNATE = "alternate", _("Alternate head")
    MEMBER = "member", _("Member")
    ADVISER = "adviser", _("Adviser")
    OBSERVER = "observer", _("Observer")


class Delegation(models.Model):
    """A delegation of a state or of an organisation, from a day to a day, for an occasion in words.

    Confirmed by the focal point of the state, or by an officer.
    """

    territory = models.ForeignKey(
        "core.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("state"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("organisation"),
    )
    occasion = models.CharField(_("occasion"), max_length=300)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    proposed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("entered"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ("-begins_on", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(territory__isnull=False, organisation__isnull=True)
                | models.Q(territory__isnull=True, organisation__isnull=False),
                name="accounts_delegation_of_one",
                violation_error_message=_("A delegation is of a state or of an organisation."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("begins_on")),
                name="accounts_delegation_days",
                violation_error_message=_("A delegation ends on or after the day on which it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id or self.organisation_id} {self.occasion}"


class DelegationMember(models.Model):
    """A person in a delegation, in one capacity. Confirmed with the delegation, or on their own later."""

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="delegations")
    capacity = models.CharField(
        _("capacity"), max_length=9, choices=Capacity.choices, default=Capacity.MEMBER
    )
    added_at = models.DateTimeField(_("entered"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("member of a delegation")
        verbose_name_plural = _("members of delegations")
        ordering = ("delegation", "added_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["delegation", "user"],
                condition=models.Q(ended_at=None),
                name="accounts_delegate_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation_id} {self.user_id}"
