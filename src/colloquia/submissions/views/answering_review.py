"""Everything as it will be sealed, beside what will be public; and sending."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colloquia.submissions.models import AnswerDraft, CallState
from colloquia.submissions.presentation.answering_review import review_of
from colloquia.submissions.presentation.call_languages import text_language
from colloquia.submissions.queries.drafts import asked_of
from colloquia.submissions.services import SubmissionRefused, private_token, send
from colloquia.submissions.services.completeness import problems_of
from colloquia.submissions.services.drafting import is_sent
from colloquia.submissions.services.sending import closed_sentence, incoming_of
from colloquia.submissions.views.answering_door import arrived_at, draft_or_404, show, to_receipt
from colloquia.submissions.views.private_pages import private


@require_http_methods(["GET", "HEAD"])
@private
def review(request: HttpRequest, token: str) -> HttpResponseBase:
    """What is sealed and what becomes public, side by side, and what is missing."""
    found = draft_or_404(token)
    return to_receipt(found) if is_sent(found) else _page(request, found, token)


@require_POST
@private
def send_draft(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send it. Again, twice or from two pages, it leads to the one receipt."""
    now = arrived_at(request)
    found = draft_or_404(token)
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        submission = send(draft=found, by=request.user if request.user.is_authenticated else None, now=now)
    except SubmissionRefused as refusal:
        if wants_json:
            return JsonResponse({"ok": False, "errors": list(refusal.problems.values())}, status=422)
        return _page(request, found, token, refused=dict(refusal.problems))
    address = reverse("receipt", args=[private_token(submission)])
    if wants_json:
        return JsonResponse({"ok": True, "id": submission.identifier, "url": address})
    found.refresh_from_db()
    return to_receipt(found)


def _page(
    request: HttpRequest, found: AnswerDraft, token: str, *, refused: dict[str, str] | None = None
) -> HttpResponseBase:
    now = arrived_at(request)
    incoming = incoming_of(found)
    problems = problems_of(found.call, incoming)
    closed = closed_sentence(found.call, replaces=found.replaces is not None, now=now)
    asked = asked_of(found.call, text_language(request, found.call))
    return show(
        request,
        found,
        token,
        "draft_review.html",
        name="draft_review",
        title=_("Review and send"),
        status=422 if refused else 200,
        review=review_of(found, token, incoming, asked, problems, only=request.GET.get("part", "")),
        refused=refused,
        closed=closed,
        may_send=not problems and not closed,
        is_late=found.call.state(now) == CallState.CLOSED,
    )
