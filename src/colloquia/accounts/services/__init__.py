"""Every write that concerns people."""

from __future__ import annotations

from colloquia.accounts.services.links import (
    INVITATION_LIFETIME,
    LINK_LIFETIME,
    RESET_LIFETIME,
    LinkRefused,
    become_first_officer,
    issue_link,
    remove_second_factor,
    reset_second_factor,
    use_link,
)
from colloquia.accounts.services.people import (
    PersonRefused,
    close_account,
    invite,
    invite_again,
    issue_reset,
    reopen_account,
    set_preferences,
)
from colloquia.accounts.services.roles import RoleRefused, end_role, grant_role

__all__ = [
    "INVITATION_LIFETIME",
    "LINK_LIFETIME",
    "RESET_LIFETIME",
    "LinkRefused",
    "PersonRefused",
    "RoleRefused",
    "become_first_officer",
    "close_account",
    "end_role",
    "grant_role",
    "invite",
    "invite_again",
    "issue_link",
    "issue_reset",
    "remove_second_factor",
    "reopen_account",
    "reset_second_factor",
    "set_preferences",
    "use_link",
]
