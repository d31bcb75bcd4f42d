"""A person's own account: language and time zone, where they are signed in, what is kept of them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.accounts import queries, services
from colloquia.accounts.choices import remember_choices
from colloquia.accounts.forms import ErasureForm, PreferencesForm
from colloquia.accounts.second_factor import has_one
from colloquia.accounts.services.erasing import ErasureRefused, erase_account
from colloquia.accounts.services.exporting import archive_of
from colloquia.accounts.services.sessions import end_all, end_session
from colloquia.accounts.views.doors import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponseBase:
    """Name, language and time zone; and the way to everything else of the account."""
    user = queries.person(request.user)
    initial = {"name": user.name, "language": user.language, "time_zone": user.time_zone}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.set_preferences(user=user, **form.cleaned_data)
        messages.success(request, _("Your settings are saved."))
        response = redirect("account")
        remember_choices(response, user)
        return response
    context = {
        "form": form,
        "person": user,
        "roles": queries.roles_of(user),
        "memberships": queries.memberships_of(user),
        "delegations": queries.delegations_of(user),
        "has_second_factor": has_one(user),
    }
    return render(request, "accounts/account.html", context)


@signed_in
@require_safe
def sessions(request: HttpRequest) -> HttpResponseBase:
    """Where the person is signed in."""
    context = {
        "sessions": queries.sessions_of(request.user),
        "current": request.session.session_key,
    }
    return render(request, "accounts/sessions.html", context)


@signed_in
@require_POST
def end_one(request: HttpRequest, number: int) -> HttpResponseBase:
    """End one session of one's own."""
    if not end_session(user=queries.person(request.user), number=number):
        raise Http404
    messages.success(request, _("The session is ended."))
    return redirect("sessions")


@signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponseBase:
    """End all but this one."""
    end_all(user=queries.person(request.user), but=request.session.session_key or "")
    messages.success(request, _("Every other session is ended."))
    return redirect("sessions")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """Everything that the site holds about the person, as one archive that is made while it is sent."""
    if request.method != "POST":
        return render(request, "accounts/export.html", {})
    person = queries.person(request.user)
    response = StreamingHttpResponse(archive_of(person), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="my-data-{timezone.now():%Y-%m-%d}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponseBase:
    """Ask what goes and what stays, and do it."""
    person = queries.person(request.user)
    form = ErasureForm(request.POST if request.method == "POST" else None, address=person.email)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            erase_account(user=person)
        except ErasureRefused as error:
            refusal = str(error)
        else:
            logout(request)
            return render(request, "accounts/erased.html", {})
    context = {"form": form, "refusal": refusal, "person": person}
    return render(request, "accounts/erase.html", context, status=409 if refusal else 200)
