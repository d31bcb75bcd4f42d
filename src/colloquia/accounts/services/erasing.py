"""Erasing an account at its person's wish: what is only theirs goes at once, the record stays."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.accounts.models import Delegation, Erasure, Organisation, Role, SignInLink, User
from colloquia.accounts.rules import is_staff_member
from colloquia.accounts.services.sessions import end_all
from colloquia.core import audit
from colloquia.core.models import AuditEntry, OutgoingMail
from colloquia.core.registry import registered_personal_data
from colloquia.core.traces import leave_no_trace

HIDDEN = "[redacted]"
STAFF_ROLES = (Role.OFFICER, Role.ADMINISTRATOR, Role.REVIEWER)


class ErasureRefused(Exception):
    """The account was not erased; the message says why and what to do."""


@transaction.atomic
def erase_account(*, user: User) -> Erasure:
    """Close an account and empty it: name, address, factors, sessions, drafts, values in the audit.

    Submissions that were sent stay with what is sealed of them until the end of their retention, and what is
    published stays. What a person did as an officer, reviewer or administrator stays under the number of the
    account, and under the name in the audit: these are acts of the secretariat.

    Raises:
        ErasureRefused: the person has a role of the secretariat, which has to be ended first.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.erased_at is not None:
        raise ErasureRefused(_("This account is erased already."))
    if is_staff_member(locked):
        raise ErasureRefused(
            _("You have a role of the secretariat. Ask an administrator to end it, then erase your account.")
        )
    was_staff = locked.roles.filter(role__in=STAFF_ROLES).exists()
    counts: dict[str, int] = {}
    for source in registered_personal_data():
        counts |= source.erase(locked)
    counts |= _around(locked)
    counts["audit"] = _hide(locked, labels=not was_staff)
    now = timezone.now()
    locked.name = locked.language = locked.time_zone = ""
    locked.email = f"erased-{locked.pk}@erased.invalid"
    locked.is_active, locked.erased_at = False, now
    locked.set_unusable_password()
    locked.save()
    erasure = Erasure.objects.create(user=locked, at=now, counts=counts)
    audit.record(locked, "accounts.erase")
    leave_no_trace()
    return erasure


def _around(user: User) -> dict[str, int]:
    """End and remove what hangs on the account. Roles and memberships are ended; they name nobody now."""
    now = timezone.now()
    user.roles.filter(ended_at=None).update(ended_at=now)
    user.memberships.filter(ended_at=None).update(ended_at=now)
    user.memberships.update(function="")
    user.delegations.filter(ended_at=None).update(ended_at=now)
    Organisation.objects.filter(proposed_by=user).update(proposed_by=None)
    Delegation.objects.filter(proposed_by=user).update(proposed_by=None)
    addresses = [user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)]
    SignInLink.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    return {
        "sessions": end_all(user=user),
        "addresses": EmailAddress.objects.filter(user=user).delete()[0],
        "messages": OutgoingMail.objects.filter(recipient__in=addresses).delete()[0],
    }


def _hide(user: User, *, labels: bool) -> int:
    """Redact what the audit says of the person; with ``labels``, the name under which they acted too."""
    about = Q(object_type="accounts.user", object_id=str(user.pk))
    entries = AuditEntry.objects.filter(about | Q(actor=user)) if labels else AuditEntry.objects.filter(about)
    count = 0
    for entry in entries.exclude(verb="audit.redact"):
        is_about = entry.object_type == "accounts.user" and entry.object_id == str(user.pk)
        fields = [name for name in ("name", "email") if is_about and name in entry.changes]
        if is_about and entry.object_label != HIDDEN:
            fields.append("object_label")
        if labels and entry.actor_id == user.pk and entry.actor_label != HIDDEN:
            fields.append("actor_label")
        if fields:
            audit.redact(entry=entry, fields=fields, by=None, reason="The account was erased.")
            count += 1
    return count
