"""Links that work once: to sign in, to accept an invitation, to begin the second factor again."""

from __future__ import annotations

import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from colloquia.accounts.models import Purpose, Role, RoleGrant, SignInLink, User
from colloquia.accounts.tokens import hash_token, make_token
from colloquia.core import audit

LINK_LIFETIME = datetime.timedelta(minutes=30)
INVITATION_LIFETIME = datetime.timedelta(days=7)
RESET_LIFETIME = datetime.timedelta(hours=24)
_LIFETIMES = {
    Purpose.SIGN_IN: LINK_LIFETIME,
    Purpose.INVITATION: INVITATION_LIFETIME,
    Purpose.SECOND_FACTOR: RESET_LIFETIME,
}


class LinkRefused(Exception):
    """The link is unknown, used or expired, or an officer exists already."""


@transaction.atomic
def issue_link(
    *,
    user: User | None,
    purpose: Purpose = Purpose.SIGN_IN,
    by: User | None = None,
    now: datetime.datetime | None = None,
) -> str:
    """Make a link and give its token, which is kept nowhere. ``user`` None: the first officer's link.

    Raises LinkRefused where the first officer's link is asked for and an officer exists. An older
    link for the same purpose ends with the new one. ``by`` None: the operator of the machine.
    """
    now = now or timezone.now()
    if user is None and User.objects.filter(is_officer=True).exists():
        raise LinkRefused
    SignInLink.objects.filter(user=user, purpose=purpose, used=None, expires__gt=now).update(expires=now)
    token = make_token()
    link = SignInLink.objects.create(
        token_hash=hash_token(token),
        user=user,
        purpose=purpose,
        issued_by=by,
        created=now,
        expires=now + _LIFETIMES[purpose],
    )
    audit.record(link, "accounts.issue_link", by=by)
    return token


@transaction.atomic
def use_link(*, token: str, now: datetime.datetime | None = None) -> User:
    """Use up the link of a person and give the person. Raises LinkRefused.

    The address is verified by that: who was invited has opened their own mail, and for other links the
    operator of the machine vouches.
    """
    link = _take(token, now or timezone.now(), Purpose.SIGN_IN, Purpose.INVITATION)
    if link.user is None or not link.user.is_active:
        raise LinkRefused
    EmailAddress.objects.filter(user=link.user, email=link.user.email).update(verified=True)
    audit.record(link.user, "accounts.sign_in_by_link", by=link.user)
    return link.user


@transaction.atomic
def become_first_officer(
    *, token: str, email: str, name: str = "", now: datetime.datetime | None = None
) -> User:
    """Use up the first officer's link: the person of this address becomes officer and administrator.

    Every first officer's link is locked in one order, so that of two people at once, even with two
    links, one wins and the other is refused. Raises LinkRefused.
    """
    list(SignInLink.objects.select_for_update().filter(user=None).order_by("pk"))
    link = _take(token, now or timezone.now(), Purpose.SIGN_IN)
    if link.user is not None or User.objects.filter(is_officer=True).exists():
        raise LinkRefused
    user, _created = User.objects.get_or_create(email=email.strip().lower())
    user.name = name.strip() or user.name
    user.is_officer = user.is_staff = user.is_superuser = user.is_active = True
    if not user.password:
        user.set_unusable_password()
    user.save()
    # The operator of the machine vouches for this address by handing over the link.
    EmailAddress.objects.filter(user=user).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    for role in (Role.OFFICER, Role.ADMINISTRATOR):
        RoleGrant.objects.get_or_create(user=user, role=role, territory=None, ended_at=None)
    audit.record(user, "accounts.become_first_officer", by=user)
    return user


@transaction.atomic
def reset_second_factor(*, token: str, now: datetime.datetime | None = None) -> User:
    """Use up a link that an administrator issued: the person's second factor is removed.

    It signs nobody in: the person still needs the code sent to their address, and then a new second factor.
    Raises LinkRefused.
    """
    link = _take(token, now or timezone.now(), Purpose.SECOND_FACTOR)
    if link.user is None or not link.user.is_active:
        raise LinkRefused
    remove_second_factor(user=link.user, by=link.user)
    return link.user


@transaction.atomic
def remove_second_factor(*, user: User, by: User | None) -> int:
    """Remove every second factor of a person and end their sessions; gives the number of factors."""
    from allauth.mfa.models import Authenticator

    from colloquia.accounts.services.sessions import end_all

    removed = int(Authenticator.objects.filter(user=user).delete()[0])
    end_all(user=user)
    audit.record(user, "accounts.remove_second_factor", by=by)
    return removed


def _take(token: str, now: datetime.datetime, *purposes: Purpose) -> SignInLink:
    """Mark a link as used in one statement, which only one of two visitors can do."""
    open_links = SignInLink.objects.filter(
        token_hash=hash_token(token), purpose__in=purposes, used=None, expires__gt=now
    )
    if open_links.update(used=now) != 1:
        raise LinkRefused
    return SignInLink.objects.select_related("user").get(token_hash=hash_token(token))
