"""Inviting people, closing their accounts, and what they set for themselves."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from colloquia.accounts.models import Purpose, Role, User
from colloquia.accounts.rules import is_administrator
from colloquia.accounts.services.links import INVITATION_LIFETIME, issue_link
from colloquia.accounts.services.roles import RoleRefused, grant_role, refuse_last_administrator
from colloquia.accounts.services.sessions import end_all
from colloquia.core import audit, mail
from colloquia.core.models import Territory


class PersonRefused(Exception):
    """Something about a person was not done; the message says why and what to do."""


@transaction.atomic
def invite(
    *,
    email: str,
    by: User,
    name: str = "",
    language: str = "",
    role: str = "",
    territory: Territory | None = None,
) -> User:
    """Make an account, give it a role where one is named, and mail a link that signs in once.

    Raises PersonRefused and RoleRefused; then nothing is kept and nothing is sent.
    """
    _refuse_others(by)
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        raise PersonRefused(_("This person has an account already. Find it in the list and give it a role."))
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, name=name.strip(), language=_known(language))
    except IntegrityError as error:
        raise PersonRefused(_("Somebody has just invited this person. Find them in the list.")) from error
    audit.record(user, "accounts.invite", by=by)
    if role:
        grant_role(user=user, role=role, by=by, territory=territory)
    _mail_invitation(user, by)
    return user


@transaction.atomic
def invite_again(*, user: User, by: User) -> None:
    """Mail a new link; the earlier one ends. Raises PersonRefused."""
    _refuse_others(by)
    if not user.is_active:
        raise PersonRefused(_("This account is closed. Open it before you invite the person again."))
    if user.last_login is not None:
        raise PersonRefused(_("This person has signed in before and does so with a code by e-mail."))
    _mail_invitation(user, by)


@transaction.atomic
def issue_reset(*, user: User, by: User) -> str:
    """The address of a page on which the person begins their second factor again. Works once, for a day.

    It is for the administrator to hand over in person or by telephone, never by mail: who reads the mail
    could otherwise sign in. Raises PersonRefused.
    """
    _refuse_others(by)
    if user.pk == by.pk:
        raise PersonRefused(_("Another administrator has to do this for you."))
    if not user.is_active:
        raise PersonRefused(_("This account is closed."))
    token = issue_link(user=user, purpose=Purpose.SECOND_FACTOR, by=by)
    audit.record(user, "accounts.issue_reset", by=by)
    return f"{settings.PUBLIC_URL}{reverse('second_factor_reset', args=[token])}"


@transaction.atomic
def close_account(*, user: User, by: User) -> None:
    """Close an account: its person is signed out and cannot sign in. Raises PersonRefused."""
    _refuse_others(by)
    list(User.objects.select_for_update().filter(is_staff=True).order_by("pk"))
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.pk == by.pk:
        raise PersonRefused(_("Another administrator has to close your account."))
    try:
        refuse_last_administrator(locked)
    except RoleRefused as error:
        raise PersonRefused(str(error)) from error
    before = {"is_active": locked.is_active}
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    end_all(user=locked)
    audit.record(locked, "accounts.close", by=by, before=before, after={"is_active": False})


@transaction.atomic
def reopen_account(*, user: User, by: User) -> None:
    """Open a closed account again. One that was erased stays closed. Raises PersonRefused."""
    _refuse_others(by)
    if user.erased_at is not None:
        raise PersonRefused(_("This account was erased at its person’s wish and cannot be opened again."))
    before = {"is_active": user.is_active}
    User.objects.filter(pk=user.pk).update(is_active=True)
    audit.record(user, "accounts.reopen", by=by, before=before, after={"is_active": True})


@transaction.atomic
def set_preferences(*, user: User, name: str, language: str, time_zone: str) -> None:
    """What a person sets for themselves: name, language and time zone. Blank: as the site decides.

    Raises PersonRefused.
    """
    if time_zone and time_zone not in available_timezones():
        raise PersonRefused(_("Choose a time zone from the list, such as Africa/Nairobi."))
    before = {"name": user.name}
    user.name, user.language, user.time_zone = name.strip(), _known(language), time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    audit.record(user, "accounts.set_preferences", by=user, before=before, after={"name": user.name})


def _known(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else ""


def _refuse_others(by: User) -> None:
    if not is_administrator(by):
        raise PersonRefused(_("Only an administrator does this."))


def _mail_invitation(user: User, by: User) -> None:
    token = issue_link(user=user, purpose=Purpose.INVITATION, by=by)
    held = user.roles.filter(ended_at=None).select_related("territory")
    mail.post(
        "accounts/mail/invitation",
        to=user.email,
        language=user.language or settings.LANGUAGE_CODE,
        context={
            "link": f"{settings.PUBLIC_URL}{reverse('sign_in_link', args=[token])}",
            "days": INVITATION_LIFETIME.days,
            "roles": [Role(grant.role).label for grant in held],
            "by": str(by),
        },
        about=user,
    )
