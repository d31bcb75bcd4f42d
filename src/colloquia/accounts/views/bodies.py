"""Organisations and delegations: proposed by people, confirmed by officers and focal points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.accounts import queries
from colloquia.accounts.forms.bodies import DelegateForm, DelegationForm, JoinForm, OrganisationForm
from colloquia.accounts.models import Delegation, DelegationMember, Membership, Organisation, User
from colloquia.accounts.rules import is_officer, may_confirm_delegation
from colloquia.accounts.services import delegations as delegating
from colloquia.accounts.services import organisations as organising
from colloquia.accounts.services.organisations import BodyRefused
from colloquia.accounts.views.doors import signed_in

PAGE = 50


@signed_in
@require_safe
def organisations(request: HttpRequest) -> HttpResponseBase:
    """Organisations by name; officers see first where something waits for them."""
    officer = is_officer(request.user)
    rows = queries.organisations(waiting=officer and "waiting" in request.GET)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/organisations.html", {"page": page, "officer": officer})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponseBase:
    """Enter an organisation."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = organising.propose_organisation(
                name=data["name"], kind=data["kind"], territory=form.chosen_territory, by=_me(request)
            )
        except BodyRefused as error:
            form.add_error("name", str(error))
        else:
            return redirect("organisation", made.pk)
    return render(request, "accounts/organisation_new.html", {"form": form})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, number: int) -> HttpResponseBase:
    """One organisation. A POST says that the person belongs to it. Members are shown to officers."""
    found = get_object_or_404(Organisation.objects.select_related("territory"), pk=number)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        organising.join(organisation=found, by=_me(request), function=form.cleaned_data["function"])
        messages.success(request, _("An officer will confirm that you belong to this organisation."))
        return redirect("organisation", found.pk)
    members = found.memberships.filter(ended_at=None).select_related("user")
    officer = is_officer(request.user)
    context = {
        "organisation": found,
        "form": form,
        "officer": officer,
        "members": members if officer else (),
        "own": members.filter(user=_me(request)).first(),
    }
    return render(request, "accounts/organisation.html", context)


@signed_in
@require_POST
def act_on_organisation(request: HttpRequest, number: int, verb: str) -> HttpResponseBase:
    """``confirm`` the organisation; ``confirm-member`` or ``end-member`` with the number of a ``member``."""
    found = get_object_or_404(Organisation, pk=number)
    if verb == "confirm":
        _try(request, lambda: organising.confirm_organisation(organisation=found, by=_me(request)))
    elif verb in ("confirm-member", "end-member"):
        row = _chosen(Membership.objects.filter(organisation=found), request)
        act = organising.confirm_member if verb == "confirm-member" else organising.end_membership
        _try(request, lambda: act(membership=row, by=_me(request)))
    else:
        raise Http404
    return redirect("organisation", found.pk)


@signed_in
@require_safe
def delegations(request: HttpRequest) -> HttpResponseBase:
    """Delegations that the person may see."""
    page = Paginator(queries.delegations(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/delegations.html", {"page": page})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_delegation(request: HttpRequest) -> HttpResponseBase:
    """Enter a delegation."""
    form = DelegationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = delegating.propose_delegation(
            territory=form.chosen_territory,
            organisation=data["organisation"],
            occasion=data["occasion"],
            begins_on=data["begins_on"],
            ends_on=data["ends_on"],
            capacity=data["capacity"],
            by=_me(request),
        )
        messages.success(request, _("The delegation is entered."))
        return redirect("delegation", made.pk)
    return render(request, "accounts/delegation_new.html", {"form": form})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def delegation(request: HttpRequest, number: int) -> HttpResponseBase:
    """One delegation, for its members, the focal point and officers. A POST adds a person."""
    found = queries.delegations(request.user).filter(pk=number).first()
    if found is None:
        raise Http404
    form = DelegateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = User.objects.get(email=form.cleaned_data["email"])
        done = _try(
            request,
            lambda: delegating.add_delegate(
                delegation=found, user=user, capacity=form.cleaned_data["capacity"], by=_me(request)
            ),
        )
        if done:
            return redirect("delegation", found.pk)
    context = {
        "delegation": found,
        "form": form,
        "confirms": may_confirm_delegation(request.user, found),
        "members": found.members.filter(ended_at=None).select_related("user"),
    }
    return render(request, "accounts/delegation.html", context)


@signed_in
@require_POST
def act_on_delegation(request: HttpRequest, number: int, verb: str) -> HttpResponseBase:
    """``confirm`` or ``end`` the delegation; ``end-member`` with the number of a ``member``."""
    found: Delegation | None = queries.delegations(request.user).filter(pk=number).first()
    if found is None:
        raise Http404
    if verb == "confirm":
        _try(request, lambda: delegating.confirm_delegation(delegation=found, by=_me(request)))
    elif verb == "end":
        if _try(request, lambda: delegating.end_delegation(delegation=found, by=_me(request))):
            return redirect("delegations")
    elif verb == "end-member":
        row = _chosen(DelegationMember.objects.filter(delegation=found), request)
        _try(request, lambda: delegating.end_delegate(member=row, by=_me(request)))
    else:
        raise Http404
    return redirect("delegation", found.pk)


def _try(request: HttpRequest, act: Callable[[], Any]) -> bool:
    """Do it, or say why it is refused."""
    try:
        act()
    except BodyRefused as error:
        messages.error(request, str(error))
        return False
    messages.success(request, _("Done."))
    return True


def _chosen(rows: models.QuerySet[Any], request: HttpRequest) -> Any:
    text = request.POST.get("member", "")
    found = (
        rows.filter(pk=int(text)).first() if text.isascii() and text.isdigit() and len(text) < 10 else None
    )
    if found is None:
        raise Http404
    return found


def _me(request: HttpRequest) -> User:
    return queries.person(request.user)
