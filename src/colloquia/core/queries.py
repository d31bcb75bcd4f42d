"""Reads of reference data that every room uses."""

from __future__ import annotations

import logging
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from colloquia.core.jobs.queries import worker_heartbeat
from colloquia.core.models import AuditEntry, Grouping, Language, Membership, NamingProfile
from colloquia.core.reference import folder_fingerprint
from colloquia.engines.jurisdictions import Profile, load_profile
from colloquia.engines.jurisdictions.loading import PACKAGED_PROFILE

__all__ = [
    "audit_of",
    "current_naming_profile",
    "groupings_of",
    "languages",
    "members_of",
    "profile",
    "profile_folder",
    "territory_choices",
    "territory_name",
    "worker_heartbeat",
]

logger = logging.getLogger("colloquia.core")


def current_naming_profile() -> NamingProfile | None:
    """The row of the profile in force, with its sign-off; None before reference data are loaded."""
    return NamingProfile.objects.filter(is_current=True).first()


def profile_folder(fingerprint: str) -> Path:
    """Where an operator's profile is kept once installed."""
    return Path(settings.DATA) / "naming-profiles" / fingerprint


def profile() -> Profile:
    """The naming profile in force, for names, order and matching. One query."""
    row = NamingProfile.objects.filter(is_current=True).values_list("fingerprint", flat=True).first()
    return _profile(row or "")


@lru_cache(maxsize=4)
def _profile(fingerprint: str) -> Profile:
    folder = profile_folder(fingerprint)
    if fingerprint and folder.is_dir():
        return load_profile(folder)
    if fingerprint not in ("", folder_fingerprint(PACKAGED_PROFILE)):
        logger.error(
            "The naming profile in force is missing at %s; put it back, or install it again.", folder
        )
    return load_profile()


def territory_name(code: str, language: str) -> str:
    """The name of a territory, or the code where the profile has none. One query."""
    return profile().name(code, language)


def territory_choices(language: str) -> list[tuple[str, str]]:
    """Code and name of every territory of the profile, in its order for the language. One query."""
    names = profile()
    return [(row.code, names.name(row.code, language)) for row in names.territories(language)]


def groupings_of(territory: str, *, on: date) -> QuerySet[Grouping]:
    """The groupings that a territory belonged to on a day, packaged and the operator's own."""
    return Grouping.objects.filter(pk__in=_held(on).filter(territory=territory).values("grouping"))


def members_of(grouping: str, *, on: date) -> list[str]:
    """Codes of the territories in a grouping on a day, sorted."""
    return sorted(_held(on).filter(grouping=grouping).values_list("territory_id", flat=True))


def _held(on: date) -> QuerySet[Membership]:
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    lasting = Q(valid_until=None) | Q(valid_until__gte=on)
    return Membership.objects.filter(begun & lasting)


def languages() -> QuerySet[Language]:
    """Every language, by code."""
    return Language.objects.order_by("code")


def audit_of(object_type: str, object_id: str) -> QuerySet[AuditEntry]:
    """The entries about one object, latest first, with the people who acted."""
    return AuditEntry.objects.filter(object_type=object_type, object_id=object_id).select_related("actor")
