"""Delegations: proposed by one of their members, confirmed by the focal point of the state or an officer."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.accounts.models import Delegation, DelegationMember, Organisation, User
from colloquia.accounts.rules import may_confirm_delegation
from colloquia.accounts.services.organisations import BodyRefused
from colloquia.core import audit
from colloquia.core.models import Territory


@transaction.atomic
def propose_delegation(
    *,
    occasion: str,
    begins_on: date,
    ends_on: date,
    by: User,
    territory: Territory | None = None,
    organisation: Organisation | None = None,
    capacity: str = "",
) -> Delegation:
    """Enter a delegation of a state or of an organisation; with a ``capacity`` the person belongs to it.

    Of who may confirm it, it is confirmed by that. Raises BodyRefused.
    """
    if (territory is None) == (organisation is None):
        raise BodyRefused(_("Choose a state or an organisation, and not both."))
    if ends_on < begins_on:
        raise BodyRefused(_("A delegation ends on or after the day on which it begins."))
    made = Delegation.objects.create(
        territory=territory, organisation=organisation, occasion=occasion.strip(), begins_on=begins_on,
        ends_on=ends_on, proposed_by=by,
    )  # fmt: skip
    audit.record(made, "accounts.propose_delegation", by=by)
    if capacity:
        add_delegate(delegation=made, user=by, capacity=capacity, by=by)
    if may_confirm_delegation(by, made):
        confirm_delegation(delegation=made, by=by)
    return made


@transaction.atomic
def add_delegate(*, delegation: Delegation, user: User, capacity: str, by: User) -> DelegationMember:
    """Add a person: oneself, or anybody where one may confirm the delegation. Raises BodyRefused."""
    confirms = may_confirm_delegation(by, delegation)
    if user.pk != by.pk and not confirms:
        raise BodyRefused(_("Only the focal point or an officer adds other people."))
    if DelegationMember.objects.filter(delegation=delegation, user=user, ended_at=None).exists():
        raise BodyRefused(_("This person belongs to the delegation already."))
    made = DelegationMember.objects.create(
        delegation=delegation, user=user, capacity=capacity,
        confirmed_at=timezone.now() if confirms else None, confirmed_by=by if confirms else None,
    )  # fmt: skip
    audit.record(made, "accounts.add_delegate", by=by)
    return made


@transaction.atomic
def confirm_delegation(*, delegation: Delegation, by: User) -> None:
    """Confirm a delegation with everybody in it. Raises BodyRefused."""
    _refuse_others(by, delegation)
    row = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if row.ended_at is not None:
        raise BodyRefused(_("This delegation was ended meanwhile."))
    before, now = audit.snapshot(row), timezone.now()
    row.confirmed_at, row.confirmed_by = row.confirmed_at or now, row.confirmed_by or by
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    row.members.filter(ended_at=None, confirmed_at=None).update(confirmed_at=now, confirmed_by=by)
    audit.record(row, "accounts.confirm_delegation", by=by, before=before)


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: User) -> None:
    """End a delegation before its last day. Raises BodyRefused."""
    _refuse_others(by, delegation)
    row = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if row.ended_at is None:
        before = audit.snapshot(row)
        row.ended_at, row.ended_by = timezone.now(), by
        row.save(update_fields=["ended_at", "ended_by"])
        audit.record(row, "accounts.end_delegation", by=by, before=before)


@transaction.atomic
def end_delegate(*, member: DelegationMember, by: User) -> None:
    """Take a person out of a delegation: oneself, or as who confirms it. Raises BodyRefused."""
    if member.user_id != by.pk:
        _refuse_others(by, member.delegation)
    row = DelegationMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if row.ended_at is None:
        before = audit.snapshot(row)
        row.ended_at, row.ended_by = timezone.now(), by
        row.save(update_fields=["ended_at", "ended_by"])
        audit.record(row, "accounts.end_delegate", by=by, before=before)


def _refuse_others(by: User, delegation: Delegation) -> None:
    if not may_confirm_delegation(by, delegation):
        raise BodyRefused(_("Only the focal point of the state or an officer does this."))
