"""What officers do: publish what passed the check, and take back what should not be public."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colloquia.consultations.views.doors import officers_only
from colloquia.core.components import Link
from colloquia.submissions.models import Call, PublishedSubmission, Submission
from colloquia.submissions.presentation.published import counts_rows
from colloquia.submissions.queries.published import counts_of, waiting_to_be_published
from colloquia.submissions.services import publishing
from colloquia.submissions.services.refusals import SubmissionRefused

PER_PAGE = 100


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What passed the check and is not public yet; a POST publishes what was ticked."""
    call = Call.objects.filter(consultation__slug=slug).select_related("consultation").first()
    if call is None:
        raise Http404(_("There is no such call here."))
    waiting = waiting_to_be_published(call)
    if request.method == "POST":
        chosen = request.POST.getlist("submission")
        rows = Submission.objects.filter(call=call, identifier__in=chosen).order_by(
            "received_at", "identifier"
        )
        _tell(request, publishing.publish_several(submissions=rows, by=request.user), asked=bool(chosen))
        return redirect("submissions_publish", slug)
    language = get_language() or "en"
    page = Paginator(waiting.select_related("published"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "slug": slug,
        "stage": "submissions",
        "trail": (
            Link(call.title(language), reverse("call", args=[slug])),
            Link(_("Submissions"), reverse("submissions", args=[slug])),
            Link(_("Publish")),
        ),
        "page": page,
        "counts": counts_rows(counts_of(call), officer=True),
    }
    return render(request, "submissions/publish.html", context)


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def unpublish(request: HttpRequest, identifier: str) -> HttpResponse:
    """Why a submission is taken out of the public; on POST it is."""
    row = (
        PublishedSubmission.objects.filter(identifier=identifier)
        .select_related("call__consultation", "submission")
        .defer("search_text")
        .first()
    )
    if row is None:
        raise Http404(_("This submission is not public."))
    slug, reason, problem = row.call.consultation.slug, "", ""
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            publishing.unpublish(submission=row.submission, by=request.user, reason=reason)
        except SubmissionRefused as refusal:
            problem = str(refusal)
        else:
            words = _("%(id)s is not public any more. It stands in the check again.") % {"id": identifier}
            messages.success(request, words)
            return redirect("submissions", slug)
    context = {
        "row": row,
        "reason": reason,
        "problem": problem,
        "slug": slug,
        "stage": "submissions",
        "in_analysis": row.call.analyses.filter(state="done", asked_at__gte=row.published_at).exists(),
        "trail": (
            Link(_("Submissions"), reverse("submissions", args=[slug])),
            Link(identifier, reverse("submission", args=[identifier])),
            Link(_("Take out of the public")),
        ),
    }
    return render(request, "submissions/publish_take_back.html", context, status=422 if problem else 200)


def _tell(request: HttpRequest, outcomes: list[publishing.Outcome], *, asked: bool) -> None:
    """What was published, and of each that was not, why."""
    if not outcomes:
        words = _("Nothing was published: what was ticked is not here any more.")
        messages.warning(request, words if asked else _("Tick at least one submission."))
        return
    done = sum(not each.problem for each in outcomes)
    if done:
        words = ngettext("%(n)s submission is public now.", "%(n)s submissions are public now.", done)
        messages.success(request, words % {"n": done})
    for each in outcomes:
        if each.problem:
            messages.error(request, f"{each.identifier}: {each.problem}")
