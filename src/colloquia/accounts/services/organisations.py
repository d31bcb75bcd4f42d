"""Organisations and their members: proposed by people, confirmed by officers."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.accounts.models import Membership, Organisation, User
from colloquia.accounts.rules import is_officer
from colloquia.core import audit
from colloquia.core.models import Territory


class BodyRefused(Exception):
    """Something about an organisation or delegation was not done; the message says why and what to do."""


@transaction.atomic
def propose_organisation(*, name: str, kind: str, territory: Territory | None, by: User) -> Organisation:
    """Enter an organisation. An officer's is confirmed by that. Raises BodyRefused where it is known."""
    cleaned = " ".join(name.split())
    if Organisation.objects.filter(name__iexact=cleaned).exists():
        raise BodyRefused(_("There is an organisation of this name already. Choose it from the list."))
    now = timezone.now() if is_officer(by) else None
    try:
        with transaction.atomic():
            made = Organisation.objects.create(
                name=cleaned, kind=kind, territory=territory, proposed_by=by, confirmed_at=now,
                confirmed_by=by if now else None,
            )  # fmt: skip
    except IntegrityError as error:
        raise BodyRefused(
            _("Somebody has just entered this organisation. Choose it from the list.")
        ) from error
    audit.record(made, "accounts.propose_organisation", by=by)
    return made


@transaction.atomic
def join(*, organisation: Organisation, by: User, function: str = "") -> Membership:
    """Say that one belongs to an organisation. It counts once an officer has confirmed it."""
    held = Membership.objects.filter(organisation=organisation, user=by, ended_at=None).first()
    if held is not None:
        return held
    made = Membership.objects.create(organisation=organisation, user=by, function=function.strip()[:200])
    audit.record(made, "accounts.join", by=by)
    return made


@transaction.atomic
def confirm_organisation(*, organisation: Organisation, by: User) -> None:
    """An officer has looked at an organisation. Raises BodyRefused."""
    _refuse_others(by)
    before = audit.snapshot(organisation)
    if organisation.confirmed_at is None:
        organisation.confirmed_at, organisation.confirmed_by = timezone.now(), by
        organisation.save(update_fields=["confirmed_at", "confirmed_by"])
        audit.record(organisation, "accounts.confirm_organisation", by=by, before=before)


@transaction.atomic
def confirm_member(*, membership: Membership, by: User) -> None:
    """Confirm that a person belongs to an organisation, never oneself. Raises BodyRefused."""
    _refuse_others(by)
    if membership.user_id == by.pk:
        raise BodyRefused(_("Another officer has to confirm this for you."))
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    if row.ended_at is not None:
        raise BodyRefused(_("This membership was ended meanwhile."))
    if row.confirmed_at is None:
        before = audit.snapshot(row)
        row.confirmed_at, row.confirmed_by = timezone.now(), by
        row.save(update_fields=["confirmed_at", "confirmed_by"])
        audit.record(row, "accounts.confirm_member", by=by, before=before)


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """End a membership: one's own, or as an officer. Raises BodyRefused."""
    if membership.user_id != by.pk:
        _refuse_others(by)
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    if row.ended_at is None:
        before = audit.snapshot(row)
        row.ended_at, row.ended_by = timezone.now(), by
        row.save(update_fields=["ended_at", "ended_by"])
        audit.record(row, "accounts.end_membership", by=by, before=before)


def _refuse_others(by: User) -> None:
    if not is_officer(by):
        raise BodyRefused(_("Only an officer confirms this."))
