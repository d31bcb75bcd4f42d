"""The house's own sign-in pages: links that work once, and the call for a second factor."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.accounts import queries, services
from colloquia.accounts.forms import FirstOfficerForm
from colloquia.accounts.models import Purpose, User
from colloquia.accounts.rules import is_staff_member
from colloquia.accounts.second_factor import has_one, is_shown

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on the answer use up the link.

    Opening the address changes nothing: programs that look at links in messages must not use them up.
    """
    link = queries.open_link(token)
    if link is None:
        return _refused(request)
    form = FirstOfficerForm(request.POST or None) if link.user is None else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            user = _use(token, form)
        except services.LinkRefused:
            return _refused(request)
        login(request, user, backend=BACKEND)
        asked = settings.SECOND_FACTOR_REQUIRED and is_staff_member(user)
        return redirect("second_factor" if asked else "home")
    response = render(request, "accounts/sign_in_link.html", {"form": form, "person": link.user})
    # The token in the address goes nowhere; "no-referrer" would also hide the origin of the form itself.
    response["Referrer-Policy"] = "strict-origin"
    return response


@never_cache
@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say why a second factor is needed, and where to add one or to show it."""
    from allauth.mfa.models import Authenticator

    following = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts=None):
        following = ""
    types = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    context = {
        "following": following,
        "has_one": has_one(request.user),
        "is_shown": is_shown(request),
        "has_code": Authenticator.Type.TOTP in types or Authenticator.Type.RECOVERY_CODES in types,
        "has_key": Authenticator.Type.WEBAUTHN in types,
    }
    return render(request, "accounts/second_factor.html", context)


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_reset(request: HttpRequest, token: str) -> HttpResponse:
    """Remove the second factor of whom the link is for. It signs nobody in."""
    link = queries.open_link(token, purposes=(Purpose.SECOND_FACTOR,))
    if link is None:
        return _refused(request)
    done = False
    if request.method == "POST":
        try:
            services.reset_second_factor(token=token)
        except services.LinkRefused:
            return _refused(request)
        done = True
    response = render(request, "accounts/second_factor_reset.html", {"person": link.user, "done": done})
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def nothing(_request: HttpRequest, **_arguments: object) -> HttpResponse:
    """There are no passwords, and no pages about them."""
    raise Http404


def _use(token: str, form: FirstOfficerForm | None) -> User:
    if form is None:
        return services.use_link(token=token)
    data = form.cleaned_data
    return services.become_first_officer(token=token, email=data["email"], name=data["name"])


def _refused(request: HttpRequest) -> HttpResponse:
    response = render(request, "accounts/link_refused.html", status=410)
    response["Referrer-Policy"] = "strict-origin"
    return response
