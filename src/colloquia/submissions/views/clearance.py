"""Clearance: the page on which the author makes links, and the one that colleagues get."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.core import attachments, private_links
from colloquia.core.components import Link
from colloquia.submissions.forms.clearance import LinkForm, RemarkForm
from colloquia.submissions.models import AnswerDraft, Clearance, ClearanceRemark
from colloquia.submissions.presentation.call_head import call_head
from colloquia.submissions.presentation.call_languages import text_language
from colloquia.submissions.presentation.clearance import (
    DraftShown,
    draft_shown,
    links_shown,
    question_choices,
)
from colloquia.submissions.presentation.clearance_fields import FieldChange, changes_since
from colloquia.submissions.queries import clearance as queries
from colloquia.submissions.queries.drafts import AskedIssue, asked_of, draft_of_token
from colloquia.submissions.services import clearance as services
from colloquia.submissions.services import drafting, files_of
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.views.private_pages import NothingBehind, private

_MISSING = "submissions/clearance_missing.html"
_COOKIE = "clearance_name"


@require_http_methods(["GET", "HEAD", "POST"])
@private
def draft_clearance(request: HttpRequest, token: str) -> HttpResponseBase:
    """Links, comments and approvals, for whoever works on the draft."""
    draft = draft_of_token(token)
    if draft is None or drafting.is_sent(draft):
        raise NothingBehind(_MISSING)
    form = LinkForm(request.POST if request.POST.get("act") == "make" else None)
    if request.method == "POST":
        try:
            if _act(request, draft, form):
                return redirect("draft_clearance", token)
        except SubmissionRefused as refusal:
            form.add_error("note", str(refusal))
        except drafting.DraftSent as sent:
            raise NothingBehind(_MISSING) from sent
    links = queries.links_of(draft)
    page, since = _page(request, draft, asked_of(draft.call, text_language(request, draft.call)))
    context = {
        "draft": draft,
        "slug": draft.call.consultation.slug,
        "token": token,
        **call_head(request, draft.call),
        "form": form,
        "links": links_shown(links, _addresses(links)),
        "page": page,
        "since": since,
        "trail": [Link(_("Your draft"), reverse("draft", args=[token])), Link(_("Clearance"))],
    }
    return render(request, "submissions/clearance_links.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def clearance(request: HttpRequest, token: str) -> HttpResponseBase:
    """The draft as it would be sealed, for a colleague who may comment and approve, and change nothing."""
    found = queries.clearance_of(token)
    if found is None:
        raise NothingBehind(_MISSING)
    asked = asked_of(found.draft.call, text_language(request, found.draft.call))
    choices = question_choices(asked)
    initial = {"name": unquote(request.COOKIES.get(_COOKIE, "")), "question": request.GET.get("question", "")}
    form = RemarkForm(request.POST if request.method == "POST" else None, questions=choices, initial=initial)
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            _leave(found, form.cleaned_data)
        except services.StateChanged as refusal:
            form.add_error(None, str(refusal))
            changed = True
        except SubmissionRefused as refusal:
            form.add_error(None, str(refusal))
        except drafting.DraftSent as sent:
            raise NothingBehind(_MISSING) from sent
        else:
            messages.success(request, _thanks(form.cleaned_data["act"]))
            return _remember(request, redirect("clearance", token), form.cleaned_data["name"])
    page, since = _page(request, found.draft, asked)
    context = {
        "draft": found.draft,
        "token": token,
        **call_head(request, found.draft.call),
        "form": form,
        "changed": changed,
        "page": page,
        "since": since,
        "trail": [Link(_("Clearance"))],
    }
    status = 200 if request.method != "POST" else 409 if changed else 400
    return render(request, "submissions/clearance.html", context, status=status)


@require_safe
@private
def clearance_file(_request: HttpRequest, token: str, position: int) -> HttpResponseBase:
    """A file of the draft, byte for byte, for a colleague."""
    found = queries.clearance_of(token)
    files = files_of(found.draft) if found else ()
    if not 1 <= position <= len(files):
        raise NothingBehind(_MISSING)
    return attachments.serve(files[position - 1].attachment)


def _act(request: HttpRequest, draft: AnswerDraft, form: LinkForm) -> bool:
    """Do what the author asked for; whether it is done."""
    act, number = request.POST.get("act", ""), request.POST.get("id", "")
    identifier = int(number) if number.isascii() and number.isdigit() and len(number) < 16 else 0
    match act:
        case "make":
            if not form.is_valid():
                return False
            services.make_link(draft=draft, note=form.cleaned_data["note"])
            messages.success(request, _("The link is made. Copy its address and send it yourself."))
        case "end":
            services.end_link(draft=draft, clearance_id=identifier)
            messages.success(request, _("The link is ended."))
        case "settle" | "open":
            services.settle(draft=draft, remark_id=identifier, settled=act == "settle")
        case _:
            return False
    return True


def _leave(found: Clearance, given: dict[str, Any]) -> ClearanceRemark:
    if given["act"] == "approve":
        return services.approve(clearance=found, name=given["name"], seen=given["state"], text=given["text"])
    return services.comment(
        clearance=found, name=given["name"], text=given["text"], question_id=given["question"]
    )


def _page(
    request: HttpRequest, draft: AnswerDraft, asked: list[AskedIssue]
) -> tuple[DraftShown, tuple[ClearanceRemark, list[FieldChange]] | None]:
    """The draft as it is now; and what changed since an approval, where that is asked for."""
    state = queries.state_of(draft, files_of(draft))
    page = draft_shown(state, asked, queries.remarks_of(draft), _language(request))
    number = request.GET.get("since", "")
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 16 else 0
    approval = next((each.remark for each in page.approvals if each.remark.pk == wanted), None)
    return page, (approval, changes_since(approval.state, state.document)) if approval else None


def _addresses(links: list[Clearance]) -> dict[int, str]:
    addresses = {}
    for row in links:
        token = services.clearance_token(row)
        if private_links.digest(token) == row.token_digest:
            addresses[row.pk] = f"{settings.PUBLIC_URL}{reverse('clearance', args=[token])}"
    return addresses


def _thanks(act: str) -> str:
    if act == "approve":
        return _("Your approval is noted. It holds for exactly this state of the draft.")
    return _("Your comment is noted.")


def _remember(request: HttpRequest, response: Any, name: str) -> HttpResponseBase:
    """Keep the name in the browser, for this page alone, so that it need not be typed again."""
    response.set_cookie(
        _COOKIE,
        quote(name[:200]),
        max_age=30 * 24 * 3600,
        path=request.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response  # type: ignore[no-any-return]


def _language(request: HttpRequest) -> str:
    return request.LANGUAGE_CODE
