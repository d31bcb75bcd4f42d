"""Reading about people."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from colloquia.accounts.models import (
    Delegation,
    DelegationMember,
    Erasure,
    Membership,
    Organisation,
    Purpose,
    Role,
    RoleGrant,
    SignedIn,
    SignInLink,
    User,
)
from colloquia.accounts.rules import is_officer
from colloquia.accounts.tokens import hash_token
from colloquia.core.models import Territory


def officer_exists() -> bool:
    """Whether anybody is an officer already."""
    return User.objects.filter(is_officer=True).exists()


SIGNS_IN = (Purpose.SIGN_IN, Purpose.INVITATION)


def open_link(
    token: str, now: datetime.datetime | None = None, *, purposes: tuple[Purpose, ...] = SIGNS_IN
) -> SignInLink | None:
    """The link of this token while it can be used, else None. Reading it does not use it up."""
    links = SignInLink.objects.select_related("user").filter(
        token_hash=hash_token(token), purpose__in=purposes, used=None, expires__gt=now or timezone.now()
    )
    link = links.first()
    if link is not None and link.user is None and officer_exists():
        return None
    return link


def person(who: Any) -> User:
    """The row of the person who is signed in. Raises User.DoesNotExist."""
    return User.objects.get(pk=who.pk)


def people(*, role: str = "", state: str = "", words: str = "") -> QuerySet[User]:
    """Everybody by address, with roles in force as ``held``. Two queries.

    Args:
        role: only who has it now.
        state: ``active``, ``invited``, ``closed`` or ``erased``.
        words: part of a name or address.
    """
    in_force = RoleGrant.objects.filter(ended_at=None).select_related("territory")
    rows = User.objects.order_by("email").prefetch_related(Prefetch("roles", in_force, to_attr="held"))
    if role == Role.OFFICER:
        rows = rows.filter(is_officer=True)
    elif role == Role.ADMINISTRATOR:
        rows = rows.filter(is_staff=True)
    elif role:
        rows = rows.filter(pk__in=RoleGrant.objects.filter(role=role, ended_at=None).values("user"))
    states = {
        "active": Q(is_active=True, last_login__isnull=False),
        "invited": Q(is_active=True, last_login=None),
        "closed": Q(is_active=False, erased_at=None),
        "erased": Q(erased_at__isnull=False),
    }
    rows = rows.filter(states.get(state, Q()))
    return rows.filter(Q(name__icontains=words) | Q(email__icontains=words)) if words else rows


def roles_of(user: User) -> list[RoleGrant]:
    """The roles of a person in force, with those that were marked on the person before rows were kept."""
    rows = list(user.roles.filter(ended_at=None).select_related("territory", "granted_by"))
    held = {row.role for row in rows}
    marked = [(Role.OFFICER, user.is_officer), (Role.ADMINISTRATOR, user.is_staff)]
    return [
        *(
            RoleGrant(user=user, role=role, granted_at=user.date_joined)
            for role, has in marked
            if has and role not in held
        ),
        *rows,
    ]


def ended_roles_of(user: User) -> QuerySet[RoleGrant]:
    """The roles that a person had, the last ended first."""
    rows = user.roles.exclude(ended_at=None).select_related("territory", "granted_by", "ended_by")
    return rows.order_by("-ended_at")


def sessions_of(user: Any) -> QuerySet[SignedIn]:
    """Where a person is signed in now, the last used first."""
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return SignedIn.objects.filter(user_id=user.pk, session_key__in=living)


def memberships_of(user: User) -> QuerySet[Membership]:
    """The organisations that a person belongs to, or asked to."""
    return user.memberships.filter(ended_at=None).select_related("organisation")


def delegations_of(user: User) -> QuerySet[DelegationMember]:
    """The delegations that a person belongs to, that were not ended."""
    rows = user.delegations.filter(ended_at=None, delegation__ended_at=None)
    return rows.select_related("delegation__territory", "delegation__organisation")


def organisations(*, waiting: bool = False) -> QuerySet[Organisation]:
    """Organisations by name, with their number of confirmed members; or those in which something waits."""
    rows = Organisation.objects.select_related("territory").annotate(
        member_count=Count(
            "memberships",
            filter=Q(memberships__ended_at=None, memberships__confirmed_at__isnull=False),
            distinct=True,
        ),
        waiting_count=Count(
            "memberships", filter=Q(memberships__ended_at=None, memberships__confirmed_at=None), distinct=True
        ),
    )
    rows = rows.order_by("name")
    return rows.filter(Q(confirmed_at=None) | Q(waiting_count__gt=0)) if waiting else rows


def delegations(user: Any) -> QuerySet[Delegation]:
    """Delegations that a person may see: officers all, others those of their states and their own."""
    rows = Delegation.objects.select_related("territory", "organisation").filter(ended_at=None)
    if is_officer(user):
        return rows
    states = RoleGrant.objects.filter(user_id=user.pk, role=Role.FOCAL_POINT, ended_at=None)
    own = DelegationMember.objects.filter(user_id=user.pk, ended_at=None)
    return rows.filter(
        Q(territory__in=states.values("territory"))
        | Q(pk__in=own.values("delegation"))
        | Q(proposed_by_id=user.pk)
    )


def states_of(user: Any) -> QuerySet[Territory]:
    """The states for which a person is the focal point."""
    held = RoleGrant.objects.filter(user_id=user.pk, role=Role.FOCAL_POINT, ended_at=None)
    return Territory.objects.filter(pk__in=held.values("territory"))


def erasures() -> QuerySet[Erasure]:
    """Accounts that were erased, the last first."""
    return Erasure.objects.select_related("user")
