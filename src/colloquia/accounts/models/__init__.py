"""People, their roles, links and sessions; organisations and delegations."""

from colloquia.accounts.models.erasures import Erasure
from colloquia.accounts.models.links import Purpose, SignInLink
from colloquia.accounts.models.organisations import (
    Capacity,
    Delegation,
    DelegationMember,
    Membership,
    Organisation,
    OrganisationKind,
)
from colloquia.accounts.models.people import User
from colloquia.accounts.models.roles import Role, RoleGrant
from colloquia.accounts.models.sessions import SignedIn

__all__ = [
    "Capacity",
    "Delegation",
    "DelegationMember",
    "Erasure",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Purpose",
    "Role",
    "RoleGrant",
    "SignInLink",
    "SignedIn",
    "User",
]
