"""What officers and administrators look after: messages that could not be sent, accounts that were erased."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from colloquia.accounts import queries
from colloquia.accounts.views.doors import allowed
from colloquia.core import mail
from colloquia.core.models import OutgoingMail

PAGE = 50


@allowed("accounts.see_mail")
@require_safe
def unsent(request: HttpRequest) -> HttpResponseBase:
    """Messages that wait or were given up, without their texts, which hold private links."""
    rows = OutgoingMail.objects.filter(sent_at=None).defer("text")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/unsent.html", {"page": page, "most": mail.MOST_TRIES})


@allowed("accounts.see_mail")
@require_POST
def try_again(request: HttpRequest, number: int) -> HttpResponseBase:
    """Send a message after all."""
    row = get_object_or_404(OutgoingMail, pk=number)
    if mail.try_again(message=row, by=queries.person(request.user)):
        messages.success(request, _("The message will be sent again."))
    else:
        messages.error(request, _("This message was sent meanwhile, or its text is gone."))
    return redirect("unsent_mail")


@allowed("accounts.confirm")
@require_safe
def erasures(request: HttpRequest) -> HttpResponseBase:
    """Accounts that their persons had erased, by number."""
    page = Paginator(queries.erasures(), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/erasures.html", {"page": page})
