"""Territories: codes, names under a replaceable naming profile, units, dated groups, matching."""

from colloquia.engines.jurisdictions.profile import Profile, load_profile
from colloquia.engines.jurisdictions.records import (
    DisplayName,
    Group,
    Membership,
    ProfileName,
    Resolution,
    SignOff,
    SubnationalUnit,
    Territory,
)
from colloquia.engines.jurisdictions.tables import ProfileError

__all__ = [
    "DisplayName",
    "Group",
    "Membership",
    "Profile",
    "ProfileError",
    "ProfileName",
    "Resolution",
    "SignOff",
    "SubnationalUnit",
    "Territory",
    "load_profile",
]
