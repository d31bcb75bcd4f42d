"""What became of a submission: in public for named states and organisations, by private link for all."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from colloquia.core.components import Link
from colloquia.outcomes.presentation.became import story_json, story_of
from colloquia.outcomes.queries.senders import Known, public_submission, submission_by_token
from colloquia.outcomes.views.doors import json_twin, page, permanent


def _public(request: HttpRequest, identifier: str) -> Known:  # noqa: ARG001 -- everybody sees the same
    known = public_submission(identifier)
    if known is None:
        raise Http404(
            _(
                "There is no public page of what became of this submission. Individuals, anonymous and "
                "confidential senders reach theirs by the private link in their receipt."
            )
        )
    return known


@require_safe
def submission_outcome(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """For anybody to read: what became of the submission of a state or an organisation."""
    known = _public(request, identifier)
    response = page(
        request,
        "became.html",
        known.consultation,
        tab="",
        trail=(Link(identifier), Link(_("What became of it"))),
        story=story_of(known),
        is_private=False,
        canonical=permanent("submission_outcome", identifier),
        twin=reverse("submission_outcome_json", args=[identifier]),
    )
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def submission_outcome_json(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The same as JSON."""
    try:
        known = _public(request, identifier)
    except Http404 as nothing:
        return json_twin({"error": str(nothing), "status": 404}, status=404)
    return json_twin(story_json(story_of(known)))


@require_safe
@never_cache
def receipt_outcome(request: HttpRequest, token: str) -> HttpResponseBase:
    """For the sender alone, whoever that is."""
    known = submission_by_token(token)
    if known is None:
        raise Http404(
            _("This link is not valid, or not any more. Look for the latest message that you received.")
        )
    response = page(
        request,
        "became.html",
        known.consultation,
        tab="",
        trail=(Link(known.identifier), Link(_("What became of it"))),
        story=story_of(known),
        is_private=True,
    )
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
