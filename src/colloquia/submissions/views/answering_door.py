"""Which draft a request is about, and when the request arrived."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.submissions.models import AnswerDraft, Submission
from colloquia.submissions.presentation.answering import steps, trail_of
from colloquia.submissions.presentation.call_head import call_head
from colloquia.submissions.queries.drafts import draft_of_token
from colloquia.submissions.services import draft_token, private_token
from colloquia.submissions.services.drafting import is_sent
from colloquia.submissions.services.expiring import removed_on


def draft_or_404(token: str) -> AnswerDraft:
    """The draft of a private link. Raises Http404."""
    draft = draft_of_token(token)
    if draft is None:
        raise Http404(_("There is no draft here. The link may be cut short, or the draft was removed."))
    return draft


def submission_of(draft: AnswerDraft) -> Submission | None:
    """What the draft became; None while it waits."""
    return (draft.submission or draft.replaces) if is_sent(draft) else None


def to_receipt(draft: AnswerDraft) -> HttpResponseBase:
    """To the receipt of what the draft became."""
    submission = submission_of(draft)
    if submission is None:
        return redirect("draft", draft_token(draft))
    return redirect("receipt", private_token(submission))


def arrived_at(request: HttpRequest) -> datetime:
    """When the request reached the server: noted before it waited for its turn."""
    found: datetime | None = getattr(request, "arrived_at", None)
    return found or timezone.now()


def show(
    request: HttpRequest,
    draft: AnswerDraft,
    token: str,
    template: str,
    *,
    name: str,
    title: str,
    status: int = 200,
    **context: object,
) -> HttpResponseBase:
    """A page of a draft, with what all of them have."""
    common = {
        **call_head(request, draft.call),
        "draft": draft,
        "token": token,
        "call": draft.call,
        "call_slug": draft.call.consultation.slug,
        "removed_on": removed_on(draft.call),
        "trail": trail_of(request, draft, title),
        "steps": steps(token, name, draft.files.count()),
        "title": title,
    }
    return render(request, f"submissions/{template}", common | context, status=status)
