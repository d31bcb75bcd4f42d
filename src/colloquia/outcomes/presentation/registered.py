"""What the room adds to places that may not know it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from colloquia.core import registry


def register() -> None:
    """Register everything, once, when the application starts."""
    from colloquia.outcomes.presentation import led_to, priorities_registered
    from colloquia.outcomes.presentation.tabs import stage_route
    from colloquia.outcomes.queries import integrity

    # Words that become a string where they are shown.
    stage, became = cast("str", _("Outcome")), cast("str", _("What became of it"))
    registry.register_stage(registry.Stage("outcome", stage, stage_route, order=40))
    registry.register_submission_section(
        registry.SubmissionSection("outcomes.became", became, _became, order=60)
    )
    registry.register_passage_links(
        registry.PassageLinks("outcomes.led_to", led_to.led_to, led_to.acts, led_to.state)
    )
    registry.register_leak_surface(registry.LeakSurface("outcomes.pages", _addresses))
    for check in integrity.CHECKS:
        registry.register_record_check(check)
    priorities_registered.register()


def _became(request: Any, identifier: str, is_private: bool) -> str:
    from colloquia.outcomes.presentation.became import story_of
    from colloquia.outcomes.queries.senders import public_submission, submission_by_identifier

    known = submission_by_identifier(identifier) if is_private else public_submission(identifier)
    if known is None:
        return ""
    story = story_of(known)
    token = request.resolver_match.kwargs.get("token", "") if is_private else ""
    if is_private:
        url = reverse("receipt_outcome", args=[token]) if token else ""
    else:
        url = reverse("submission_outcome", args=[identifier])
    context = {"story": story, "url": url, "is_private": is_private}
    return render_to_string("outcomes/became_section.html", context, request)


def _addresses() -> Iterator[str]:
    from colloquia.consultations.models import Consultation
    from colloquia.outcomes.queries.public import published
    from colloquia.outcomes.queries.senders import OPEN_KINDS
    from colloquia.submissions.models import PublishedSubmission

    for row in Consultation.objects.filter(is_public=True):
        when = published(pk=row.pk)
        if when.summary:
            yield reverse("summary", args=[row.slug])
            yield reverse("summary_json", args=[row.slug])
            yield reverse("summary_word", args=[row.slug])
        if when.outcomes:
            yield reverse("outcomes", args=[row.slug])
            yield reverse("outcomes_json", args=[row.slug])
            yield f"{reverse('outcomes', args=[row.slug])}?table=outcomes&format=csv"
        if when.revision:
            yield reverse("revision", args=[row.slug])
            yield reverse("revision_json", args=[row.slug])
    named = PublishedSubmission.objects.filter(is_anonymous=False, kind__in=OPEN_KINDS)
    for identifier in named.order_by("identifier").values_list("identifier", flat=True)[:50]:
        yield reverse("submission_outcome", args=[identifier])
        yield reverse("submission_outcome_json", args=[identifier])
