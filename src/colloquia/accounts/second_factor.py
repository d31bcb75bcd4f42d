"""Whether this session has shown a second factor, and what is open to staff before it has.

Whoever reads somebody's mail could sign in as them. Officers, reviewers and administrators therefore show a
second factor in every session before any page but those on which they do so.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from colloquia.accounts.rules import is_staff_member

SESSION_KEY = "second_factor"
"""In the session: the number of the person who showed a second factor in it."""

ALWAYS_OPEN = frozenset({
    "account_confirm_login_code", "account_inactive", "account_login", "account_logout",
    "account_reauthenticate", "favicon", "health", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "robots",
    "second_factor", "second_factor_reset", "sign_in_link",
})  # fmt: skip
OPEN_TO_SET_ONE_UP = frozenset({
    "account_email", "account_email_verification_sent", "mfa_activate_totp", "mfa_add_webauthn", "mfa_index",
})  # fmt: skip


def mark(request: HttpRequest, user: Any) -> None:
    """Note in the session that this person has shown a second factor."""
    request.session[SESSION_KEY] = user.pk


def is_shown(request: HttpRequest) -> bool:
    """Whether the person who is signed in has shown a second factor in this session."""
    return bool(request.session.get(SESSION_KEY) == request.user.pk)


def asks(request: HttpRequest, page: str) -> HttpResponse | None:
    """The answer to somebody of staff who has not shown a second factor; None for everybody else.

    ``page`` is the name of the address. A form that was sent is refused and not led away, so that going back
    finds it as it was typed. One query for people who are signed in and no officers.
    """
    if page in ALWAYS_OPEN or not request.user.is_authenticated or is_shown(request):
        return None
    if not is_staff_member(request.user):
        return None
    if page in OPEN_TO_SET_ONE_UP and not has_one(request.user):
        return None
    address = f"{reverse('second_factor')}?{urlencode({'next': request.get_full_path()})}"
    if request.path.endswith(".json"):
        error = gettext("A second factor is needed in this session. Show it on the site first.")
        body = {"ok": False, "error": error, "errors": [error], "status": 403}
        return JsonResponse(body, status=403)
    if request.method in ("GET", "HEAD"):
        return redirect(address)
    return render(request, "accounts/second_factor_first.html", {"address": address}, status=403)


def has_one(user: Any) -> bool:
    """Whether the person has set up a second factor."""
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(user))


def follow_signals() -> None:
    """Mark sessions when allauth says that a second factor was shown or set up."""
    from allauth.mfa.signals import authenticator_added, authenticator_used

    authenticator_used.connect(_used, dispatch_uid="colloquia.second_factor.used")
    authenticator_added.connect(_added, dispatch_uid="colloquia.second_factor.added")


def _used(*, request: HttpRequest, user: Any, **_rest: Any) -> None:
    mark(request, user)


def _added(*, request: HttpRequest, user: Any, authenticator: Any, **_rest: Any) -> None:
    """Whoever sets one up has just shown it, and is not asked again before the recovery codes.

    Those are made by the site and show nothing.
    """
    from allauth.account.internal.flows.login import record_authentication

    if authenticator.type != "recovery_codes":
        mark(request, user)
        record_authentication(
            request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
        )
