"""The e-mail address of a draft: written to again, and confirmed by the button behind its link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colloquia.submissions.presentation.call_head import call_head
from colloquia.submissions.services.confirming import confirm, is_code_of, post_links
from colloquia.submissions.services.drafting import is_sent
from colloquia.submissions.services.expiring import remove_draft
from colloquia.submissions.services.rates import within
from colloquia.submissions.views.answering_begin import MOST_LINKS
from colloquia.submissions.views.answering_door import draft_or_404, to_receipt
from colloquia.submissions.views.private_pages import private


@require_POST
@private
def links_again(request: HttpRequest, token: str) -> HttpResponseBase:
    """Write to the address once more, where it is not confirmed."""
    found = draft_or_404(token)
    if found.confirmed_at is None and found.email and not is_sent(found):
        if within("links", found.email.casefold(), most=MOST_LINKS):
            post_links(draft=found)
            messages.success(request, _("The message is on its way."))
        else:
            messages.warning(
                request, _("Several messages were sent within the hour. Look into your mail first.")
            )
    return redirect("draft", token)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def address_confirm(request: HttpRequest, token: str, code: str) -> HttpResponseBase:
    """Ask, and on the answer confirm. Opening the address changes nothing: mail scanners open it too."""
    found = draft_or_404(token)
    good = is_code_of(found, code)
    if request.method == "POST" and good:
        confirm(draft=found)
        messages.success(request, _("Your address is confirmed."))
        return to_receipt(found) if is_sent(found) else redirect("draft", token)
    context = {
        **call_head(request, found.call),
        "email": found.email,
        "good": good,
        "token": token,
        "confirmed": found.confirmed_at is not None,
    }
    return render(request, "submissions/draft_confirm.html", context, status=200 if good else 404)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def remove(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask before a draft is removed; a POST removes it with its files."""
    found = draft_or_404(token)
    if is_sent(found):
        return to_receipt(found)
    if request.method == "POST":
        slug = found.call.consultation.slug
        if not remove_draft(draft=found):
            return to_receipt(draft_or_404(token))
        messages.success(request, _("Your draft is removed, with its files."))
        return redirect("call", slug)
    context = {
        "question": _("Remove this draft?"),
        "consequence": _("Answers and files are removed from the server and cannot be brought back."),
        "button": _("Remove the draft"),
        "cancel_url": reverse("draft", args=[token]),
        "danger": True,
    }
    return render(request, "components/confirm_page.html", context)
