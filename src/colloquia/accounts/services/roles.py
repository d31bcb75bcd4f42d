"""Giving and ending roles. Ended ones stay in the record; nobody gives a role to himself."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.accounts.models import Role, RoleGrant, User
from colloquia.accounts.rules import is_administrator
from colloquia.core import audit
from colloquia.core.models import Territory


class RoleRefused(Exception):
    """A role was not given or ended; the message says why and what to do."""


@transaction.atomic
def grant_role(*, user: User, role: str, by: User, territory: Territory | None = None) -> RoleGrant:
    """Give a role; ``territory`` for a focal point, and for nobody else. Raises RoleRefused."""
    locked = _locked(user, by)
    if role not in Role.values:
        raise RoleRefused(_("There is no such role. Choose one from the list."))
    if by.pk == locked.pk:
        raise RoleRefused(_("Nobody gives a role to himself. Ask another administrator."))
    if not locked.is_active:
        raise RoleRefused(_("This account is closed. Open it before you give a role."))
    if (role == Role.FOCAL_POINT) != (territory is not None):
        raise RoleRefused(_("Choose the state of a focal point, and no state for any other role."))
    if RoleGrant.objects.filter(user=locked, role=role, territory=territory, ended_at=None).exists():
        raise RoleRefused(_("This person has the role already."))
    before = _flags(locked)
    _set_flags(locked, role, held=True)
    grant = RoleGrant.objects.create(user=locked, role=role, territory=territory, granted_by=by)
    audit.record(locked, "accounts.grant_role", by=by, before=before, after=_flags(locked) | _said(grant))
    return grant


@transaction.atomic
def end_role(*, user: User, role: str, by: User, territory: Territory | None = None) -> RoleGrant:
    """End a role that a person has. The last administrator stays. Raises RoleRefused."""
    locked = _locked(user, by)
    before = _flags(locked)
    grant = RoleGrant.objects.filter(user=locked, role=role, territory=territory, ended_at=None).first()
    held_by_mark = (role == Role.OFFICER and locked.is_officer) or (
        role == Role.ADMINISTRATOR and locked.is_staff
    )
    if grant is None and not held_by_mark:
        raise RoleRefused(_("This person does not have the role (any more)."))
    if role == Role.ADMINISTRATOR:
        refuse_last_administrator(locked)
    if grant is None:
        # Marked on the person before roles were kept as rows.
        grant = RoleGrant.objects.create(user=locked, role=role, granted_at=locked.date_joined)
    grant.ended_at, grant.ended_by = timezone.now(), by
    grant.save(update_fields=["ended_at", "ended_by"])
    _set_flags(locked, role, held=False)
    audit.record(locked, "accounts.end_role", by=by, before=before | _said(grant), after=_flags(locked))
    return grant


def refuse_last_administrator(user: User) -> None:
    """Raises RoleRefused where nobody else administers the site. Call it under the lock of ``_locked``."""
    others = User.objects.filter(is_staff=True, is_active=True).exclude(pk=user.pk)
    if user.is_staff and user.is_active and not others.exists():
        raise RoleRefused(
            _("This is the last administrator. Make another person administrator first, then end this role.")
        )


def _locked(user: User, by: User) -> User:
    """The person, with every administrator locked in one order: of two who end each other, one is refused."""
    rows = User.objects.select_for_update().order_by("pk")
    found = {row.pk: row for row in rows.filter(is_staff=True) | rows.filter(pk=user.pk)}
    if by.pk not in found or not is_administrator(found[by.pk]):
        raise RoleRefused(_("Only an administrator gives and ends roles."))
    return found[user.pk]


def _set_flags(user: User, role: str, *, held: bool) -> None:
    if role == Role.OFFICER:
        user.is_officer = held
    elif role == Role.ADMINISTRATOR:
        user.is_staff = user.is_superuser = held
    user.save(update_fields=["is_officer", "is_staff", "is_superuser"])


def _flags(user: User) -> dict[str, Any]:
    return {"is_officer": user.is_officer, "is_staff": user.is_staff}


def _said(grant: RoleGrant) -> dict[str, Any]:
    return {"role": grant.role, "territory": grant.territory_id}
