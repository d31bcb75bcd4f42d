"""The sender's private page of a submission, and what can be done and taken away there."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.core import attachments
from colloquia.submissions.forms.receipts import WithdrawForm
from colloquia.submissions.models import Submission, SubmissionVersion
from colloquia.submissions.presentation import receipts as shown
from colloquia.submissions.presentation.call_head import call_head
from colloquia.submissions.presentation.receipts_withdrawing import what_happens, what_stands
from colloquia.submissions.queries import receipts as queries
from colloquia.submissions.services import drafting, receipts, withdrawing
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.views.answering_door import arrived_at
from colloquia.submissions.views.private_pages import NothingBehind, private

_MISSING = "submissions/receipt_missing.html"


@require_safe
@private
def receipt(request: HttpRequest, token: str) -> HttpResponseBase:
    """What was received, its proof, its state, and what can still be done. ``?print=1`` opens everything."""
    submission = _door(request, token)
    versions = queries.versions_of(submission)
    now = timezone.now()
    context = {
        "submission": submission,
        **call_head(request, submission.call),
        "slug": submission.call.consultation.slug,
        "key": token,
        "times": shown.times(request, submission),
        "facts": shown.facts(submission, versions[0]),
        "state": shown.state_of(submission, versions[0]),
        "public_address": shown.public_address(submission),
        "versions": shown.versions_shown(
            token, submission, versions, {each.number: queries.receipt_of(each) for each in versions}
        ),
        "may_change": withdrawing.may_change(submission, now),
        "closed": shown.closed_sentence(submission, now),
        "sections": shown.sections(request, submission),
        "trail": shown.trail(request, submission),
        "by_account": token == submission.identifier,
        "printing": request.GET.get("print") == "1",
    }
    return render(request, "submissions/receipt.html", context)


@require_safe
@private
def receipt_json(request: HttpRequest, token: str) -> HttpResponseBase:
    """The receipt of a version as ``colloquia verify --receipt`` reads it."""
    submission, version = _version(request, token)
    found = queries.receipt_of(version)
    if found is None:
        return _gone(request, submission)
    text = json.dumps(found.as_json(), indent=1, ensure_ascii=False) + "\n"
    return _download(text.encode(), f"receipt-{_name(version)}.json")


@require_safe
@private
def receipt_document(request: HttpRequest, token: str) -> HttpResponseBase:
    """The document of a version, byte for byte as it was sealed."""
    submission, version = _version(request, token)
    if not version.document:
        return _gone(request, submission)
    return _download(version.document.encode(), f"document-{_name(version)}.json")


@require_safe
@private
def receipt_file(request: HttpRequest, token: str, version: int, position: int) -> HttpResponseBase:
    """A file of the sender's own, byte for byte as it came."""
    submission = _door(request, token)
    found = queries.file_of(submission, version, position)
    if found is None:
        raise NothingBehind(_MISSING)
    if found.attachment.destroyed_at is not None:
        return _gone(request, submission)
    return attachments.serve(found.attachment)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def receipt_confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """Confirm the address with the code that stands in the mail alone; without it, send the mail again."""
    submission = _door(request, token)
    code = request.POST.get("code") or request.GET.get("code", "")
    if request.method == "POST" and request.POST.get("act") == "again":
        try:
            receipts.send_again(submission=submission)
        except SubmissionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The receipt is on its way again."))
        return redirect("receipt_confirm", token)
    if request.method == "POST" and receipts.confirm(submission=submission, code=code):
        messages.success(request, _("Your address is confirmed. Your submission counts."))
        return redirect("receipt", token)
    context = {
        "submission": submission,
        "key": token,
        "code": code,
        "wrong": request.method == "POST",
        "trail": shown.trail(request, submission),
    }
    return render(request, "submissions/receipt_confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def receipt_replace(request: HttpRequest, token: str) -> HttpResponseBase:
    """Begin a draft that becomes the next version, or go on with the one under way."""
    submission = _door(request, token)
    if request.method == "POST":
        try:
            draft = withdrawing.begin_replacement(
                submission=submission, by=_person(request), now=arrived_at(request)
            )
        except SubmissionRefused as refusal:
            return _refused(request, token, submission, refusal)
        return redirect("draft", drafting.draft_token(draft))
    context = {"submission": submission, "key": token, "under_way": _has_draft(submission)}
    context |= {"may": withdrawing.may_change(submission), "trail": shown.trail(request, submission)}
    context["closed"] = shown.closed_sentence(submission, timezone.now())
    return render(request, "submissions/receipt_replace.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def receipt_withdraw(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask, then take the submission back."""
    arrived = arrived_at(request)
    submission = _door(request, token)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdrawing.withdraw(
                submission=submission,
                reason=form.cleaned_data["reason"],
                by=_person(request),
                now=arrived,
            )
        except SubmissionRefused as refusal:
            return _refused(request, token, submission, refusal, form)
        messages.success(request, _("Your submission is withdrawn."))
        return redirect("receipt", token)
    may = withdrawing.may_change(submission, arrived)
    latest = queries.version_of(submission)
    context = {
        "submission": submission,
        "key": token,
        "form": form,
        "may": may,
        "closed": shown.closed_sentence(submission, arrived),
        **call_head(request, submission.call),
        "happens": what_happens(submission, latest, has_draft=_has_draft(submission))
        if may and latest
        else [],
        "stands": what_stands(submission, latest) if latest and not may else [],
        "trail": shown.trail(request, submission),
    }
    return render(request, "submissions/receipt_withdraw.html", context)


def _door(request: HttpRequest, token: str) -> Submission:
    found = queries.submission_of(token, request.user)
    if found is None:
        raise NothingBehind(_MISSING)
    return found


def _version(request: HttpRequest, token: str) -> tuple[Submission, SubmissionVersion]:
    submission = _door(request, token)
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else None
    found = queries.version_of(submission, number) if number is not None or not asked else None
    if found is None:
        raise NothingBehind(_MISSING)
    return submission, found


def _has_draft(submission: Submission) -> bool:
    return submission.drafts_to_replace.filter(sent_version=None).exists()


def _person(request: HttpRequest) -> object:
    return request.user if request.user.is_authenticated else None


def _name(version: SubmissionVersion) -> str:
    return f"{version.submission.identifier}-v{version.number}"


def _download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _gone(request: HttpRequest, submission: Submission) -> HttpResponse:
    return render(request, "submissions/receipt_gone.html", {"submission": submission}, status=410)


def _refused(
    request: HttpRequest,
    token: str,
    submission: Submission,
    refusal: SubmissionRefused,
    form: WithdrawForm | None = None,
) -> HttpResponse:
    context = {
        "submission": submission,
        "key": token,
        "refusal": str(refusal),
        "back": reverse("receipt", args=[token]),
        "typed": form.cleaned_data.get("reason", "") if form else "",
        "trail": shown.trail(request, submission),
    }
    return render(request, "submissions/receipt_refused.html", context, status=409)
