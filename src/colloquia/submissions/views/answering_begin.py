"""Beginning an answer: with an account, with an e-mail address, or by going on with a private link."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colloquia.accounts.rules import is_signed_in
from colloquia.core.components import Link
from colloquia.core.mail_languages import message_language
from colloquia.submissions.forms.answering import BeginForm
from colloquia.submissions.models import Call, CallState
from colloquia.submissions.presentation.call_head import call_head, call_link
from colloquia.submissions.presentation.call_languages import remember, text_language
from colloquia.submissions.presentation.calls import clock, reader_zone
from colloquia.submissions.queries.drafts import drafts_of
from colloquia.submissions.services import begin, draft_token
from colloquia.submissions.services.confirming import post_links
from colloquia.submissions.services.expiring import removed_on
from colloquia.submissions.services.rates import client, within

MOST_BEGUN = 300
"""Drafts that one address of a client may begin in an hour; a whole building may share one."""
MOST_LINKS = 5
"""Messages that one mailbox gets in an hour, whoever asks for them."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_begin(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask how to begin; a POST makes a draft and leads to it."""
    call = Call.objects.select_related("consultation").filter(consultation__slug=slug).first()
    now = timezone.now()
    if call is None or call.state(now) == CallState.DRAFT:
        raise Http404(_("There is no such call here."))
    takes = call.state(now) == CallState.OPEN or (call.state(now) == CallState.CLOSED and call.accepts_late)
    signed_in = is_signed_in(request.user)
    language = _language(request, call)
    form = BeginForm(
        request.POST if request.method == "POST" and not signed_in else None, initial={"language": language}
    )
    status = 200
    if request.method == "POST" and takes:
        if not within("begin", client(get_adapter().get_client_ip(request)), most=MOST_BEGUN):
            status = 429
        elif signed_in:
            draft = begin(call=call, owner=request.user, interface_language=language)
            return redirect("draft", draft_token(draft))
        elif form.is_valid():
            data = form.cleaned_data
            return _with_address(call, data["email"], data["language"] or language)
    zone = reader_zone(request)
    context = {
        **call_head(request, call),
        "call": call,
        "slug": slug,
        "form": form,
        "takes": takes,
        "is_late": call.state(now) == CallState.CLOSED,
        "opens": clock(call.opens_at, call.zone) if call.state(now) == CallState.ANNOUNCED else None,
        "reader_opens": clock(call.opens_at, zone) if zone else None,
        "removed_on": removed_on(call),
        "too_many": status == 429,
        "drafts": [(each, draft_token(each)) for each in drafts_of(request.user).filter(call=call)]
        if signed_in
        else [],
        "trail": [
            Link(_("Calls"), reverse("calls")),
            call_link(request, call),
            Link(_("Answer")),
        ],
    }
    response = render(request, "submissions/answer_begin.html", context, status=status)
    remember(request, response, call)
    return response


def _with_address(call: Call, email: str, language: str) -> HttpResponseBase:
    """A new draft each time, whoever has an account or a draft already: nothing is told by the answer."""
    draft = begin(call=call, email=email, interface_language=language)
    if within("links", email.casefold(), most=MOST_LINKS):
        post_links(draft=draft)
    return redirect("draft", draft_token(draft))


def _language(request: HttpRequest, call: Call) -> str:
    """Of messages: the account's, else that in which the call is read, else what was asked of the site."""
    page, texts = get_language() or "en", text_language(request, call)
    account, wanted = getattr(request.user, "language", ""), getattr(request, "wanted_language", page)
    return message_language(account, texts if texts != page else "", wanted)
