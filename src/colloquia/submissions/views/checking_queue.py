"""The queue of a call: what is to be checked, by whom, and the next one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colloquia.core.table_files import download
from colloquia.submissions.models import Call
from colloquia.submissions.presentation import checking_queue as shown
from colloquia.submissions.queries import checking_queue as rows
from colloquia.submissions.services import assigning
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.views.checking_doors import call_of, checkers_only, trail

PER_PAGE = 50


@checkers_only
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The submissions of a call with the state of their check; a POST assigns those that were ticked."""
    call = call_of(slug)
    if request.method == "POST":
        _assign(request, call)
        back = request.POST.get("back", "")
        inside = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("?")
        return redirect(f"{request.path}{back}" if inside else request.path)
    language = get_language() or "en"
    bar, wanted = shown.bar(request.GET, call, language)
    found = rows.narrowed(call, wanted, request.user)
    file = download(
        request, {"queue": lambda: shown.whole_table(rows.in_chunks(found), slug, language)}, stem=slug
    )
    if file is not None:
        return file
    page = Paginator(found.select_related("assigned_to"), PER_PAGE).get_page(request.GET.get("page"))
    listed = rows.filled(page.object_list)
    context = {
        "call": call,
        "slug": slug,
        "stage": "submissions",
        "trail": trail(call),
        "bar": bar,
        "page": page,
        "table": shown.table(listed, slug, language, total=page.paginator.count),
        "listed": [each.submission.identifier for each in listed],
        "people": rows.checkers(),
        "back": f"?{request.GET.urlencode()}" if request.GET else "",
    }
    return render(request, "submissions/queue.html", context)


@checkers_only
@require_POST
def queue_next(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take the next one, and lead to it."""
    found = assigning.take_next(call=call_of(slug), by=request.user)
    if found is None:
        messages.info(request, _("Nothing waits for a check."))
        return redirect("queue", slug)
    return redirect("check", slug, found.identifier)


def _assign(request: HttpRequest, call: Call) -> None:
    chosen = request.POST.getlist("submission")
    if not chosen:
        messages.warning(request, _("Tick at least one submission."))
        return
    key = request.POST.get("to", "")
    person = rows.checkers().filter(pk=key).first() if key.isdecimal() and key.isascii() else None
    if key and person is None:
        messages.error(request, _("Choose who shall check them from the list."))
        return
    try:
        n = assigning.assign(call=call, identifiers=chosen, to=person, by=request.user)
    except SubmissionRefused as refusal:
        messages.error(request, str(refusal))
        return
    words = ngettext("%(n)s submission changed hands.", "%(n)s submissions changed hands.", n)
    messages.success(request, words % {"n": n})
