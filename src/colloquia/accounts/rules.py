"""Who may, as predicates that the rooms compose."""

from __future__ import annotations

from typing import Any

import rules


@rules.predicate
def is_officer(user: Any) -> bool:
    """An officer of the secretariat, signed in and active."""
    return bool(user.is_authenticated and user.is_active and user.is_officer)


@rules.predicate
def is_signed_in(user: Any) -> bool:
    """Anybody who is signed in."""
    return bool(user.is_authenticated and user.is_active)


@rules.predicate
def is_reviewer(user: Any) -> bool:
    """Somebody who checks submissions and runs without publishing them."""
    return bool(is_signed_in(user) and user.has_role("reviewer"))


@rules.predicate
def is_analyst(user: Any) -> bool:
    """Somebody who reads and corrects analyses and sees nothing that is sealed."""
    return bool(is_signed_in(user) and user.has_role("analyst"))


@rules.predicate
def is_administrator(user: Any) -> bool:
    """Somebody who invites people and gives roles; not an officer by that alone."""
    return bool(is_signed_in(user) and user.is_staff)


def is_focal_point(user: Any, territory: str) -> bool:
    """Whether the person speaks for this territory. Raises nothing; a stranger never does."""
    return bool(is_signed_in(user) and user.has_role("focal_point", territory=territory))


@rules.predicate
def is_staff_member(user: Any) -> bool:
    """Officers, reviewers and administrators: those of whom a second factor is required."""
    return bool(is_signed_in(user) and (user.is_officer or user.is_staff or user.has_role("reviewer")))


def may_confirm_delegation(user: Any, delegation: Any) -> bool:
    """An officer, or the focal point of the state whose delegation it is."""
    return bool(
        is_officer(user) or (delegation.territory_id and is_focal_point(user, delegation.territory_id))
    )


works_on_analyses = is_officer | is_analyst

rules.add_perm("accounts.manage_people", is_administrator)
rules.add_perm("accounts.confirm", is_officer)
rules.add_perm("accounts.see_mail", is_officer | is_administrator)
