"""What administrators do: invite people, give and end roles, close accounts, let people in again."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.accounts import queries, services
from colloquia.accounts.forms import InvitationForm, RoleForm
from colloquia.accounts.models import User
from colloquia.accounts.presentation import people_bar, people_table
from colloquia.accounts.second_factor import has_one
from colloquia.accounts.views.doors import allowed
from colloquia.core.models import Territory
from colloquia.core.queries import audit_of
from colloquia.core.table_files import download

PAGE = 50


@allowed("accounts.manage_people")
@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """Everybody who has an account, with filters; as CSV, JSON and workbook too."""
    bar = people_bar(request.GET)
    rows = queries.people(role=bar.value("role"), state=bar.value("state"), words=bar.value("q"))
    if (file := download(request, {"people": lambda: people_table(rows)}, stem="accounts")) is not None:
        return file
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"bar": bar, "page": page, "table": people_table(page, total=page.paginator.count)}
    return render(request, "accounts/people.html", context)


@allowed("accounts.manage_people")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponseBase:
    """Invite a person by mail, with a role or without."""
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = services.invite(
                email=data["email"],
                name=data["name"],
                language=data["language"],
                role=data["role"],
                territory=form.chosen_territory,
                by=queries.person(request.user),
            )
        except (services.PersonRefused, services.RoleRefused) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": user.email})
            return redirect("person", user.pk)
    return render(request, "accounts/invite.html", {"form": form}, status=409 if form.errors else 200)


@allowed("accounts.manage_people")
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, number: int) -> HttpResponseBase:
    """One person: roles, state, what was done. A POST gives a role."""
    found = _person(number)
    form = RoleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.grant_role(
                user=found,
                role=form.cleaned_data["role"],
                territory=form.chosen_territory,
                by=queries.person(request.user),
            )
        except services.RoleRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The role is given."))
            return redirect("person", found.pk)
    context = {
        "person": found,
        "form": form,
        "roles": queries.roles_of(found),
        "ended": queries.ended_roles_of(found),
        "memberships": queries.memberships_of(found),
        "delegations": queries.delegations_of(found),
        "history": audit_of("accounts.user", str(found.pk))[:50],
        "has_second_factor": has_one(found),
        "is_self": found.pk == request.user.pk,
    }
    return render(request, "accounts/person.html", context, status=409 if form.errors else 200)


@allowed("accounts.manage_people")
@require_POST
def end_role(request: HttpRequest, number: int) -> HttpResponseBase:
    """End a role: ``role`` and, of a focal point, ``territory``."""
    found = _person(number)
    territory = Territory.objects.filter(pk=request.POST.get("territory", "")).first()
    try:
        services.end_role(
            user=found,
            role=request.POST.get("role", ""),
            territory=territory,
            by=queries.person(request.user),
        )
    except services.RoleRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The role is ended."))
    return redirect("person", found.pk)


@allowed("accounts.manage_people")
@require_POST
def act(request: HttpRequest, number: int, verb: str) -> HttpResponseBase:
    """``close``, ``reopen`` or ``invite`` a person again."""
    found, by = _person(number), queries.person(request.user)
    acts = {
        "close": (services.close_account, _("The account is closed.")),
        "reopen": (services.reopen_account, _("The account is open again.")),
        "invite": (services.invite_again, _("A new invitation is on its way; the earlier one ended.")),
    }
    if verb not in acts:
        raise Http404
    service, said = acts[verb]
    try:
        service(user=found, by=by)
    except services.PersonRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("person", found.pk)


@allowed("accounts.manage_people")
@require_POST
def reset(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show once the address on which a person begins their second factor again."""
    found = _person(number)
    try:
        address = services.issue_reset(user=found, by=queries.person(request.user))
    except services.PersonRefused as error:
        messages.error(request, str(error))
        return redirect("person", found.pk)
    return render(request, "accounts/reset_issued.html", {"person": found, "address": address})


def _person(number: int) -> User:
    found = User.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found
