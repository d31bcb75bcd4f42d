"""The page on which an officer enters one submission that came on paper or by mail."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colloquia.consultations.views.doors import officers_only
from colloquia.issues.queries.labels import question_labels
from colloquia.submissions.forms.intake_entry import EntryForm, moment_of
from colloquia.submissions.models import Call, ImportState, IntakeImport
from colloquia.submissions.queries import intake as queries
from colloquia.submissions.services import intake_entry as services
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.views.intake import call_of
from colloquia.submissions.views.office_calls_shared import trail_of


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def intake_entry_new(request: HttpRequest, slug: str) -> HttpResponseBase:
    """An empty form."""
    call = call_of(slug)
    if request.method == "POST":
        return _save(request, call, None)
    return _page(request, call, EntryForm(call, _questions(call)), None)


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def intake_entry(request: HttpRequest, slug: str, import_id: int) -> HttpResponseBase:
    """An entry that was kept and could not be sealed yet, or what became of it."""
    call = call_of(slug)
    entry = queries.import_of(call, import_id)
    if entry is None or entry.kind != services.KIND:
        raise Http404(_("There is no such import here."))
    if entry.state == ImportState.DONE:
        item = queries.items_of(entry).first()
        context = {
            "call": call, "slug": slug, "trail": trail_of(call, _("Entry by hand")),
            "submission": item.submission if item else None,
        }  # fmt: skip
        return render(request, "submissions/intake_entered.html", context)
    if request.method == "POST":
        return _save(request, call, entry)
    return _page(request, call, EntryForm(call, _questions(call), typed=entry.options), entry)


def _questions(call: Call) -> dict[str, str]:
    """The questions of the call with their words, and the box for remarks."""
    asked = list(call.questions.order_by("position").values_list("question_id", flat=True))
    labels = question_labels(asked, language=get_language() or "en")
    return {**{each: labels.get(each, "") if labels.get(each) != each else "" for each in asked}, "": ""}


def _save(request: HttpRequest, call: Call, entry: IntakeImport | None) -> HttpResponseBase:
    slug = call.consultation.slug
    form = EntryForm(call, _questions(call), request.POST, request.FILES)
    typed = form.typed()
    remove = [int(each) for each in request.POST.getlist("remove") if each.isascii() and each.isdigit()]
    uploads = [(each, each.name or "") for each in request.FILES.getlist("given")]
    try:
        kept, refused = services.keep(
            call=call, typed=typed, uploads=uploads, remove=remove, once=request.POST.get("once", "")[:64],
            entry_id=entry.pk if entry else None, by=request.user,
        )  # fmt: skip
    except SubmissionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("intake", slug)
    problems: Mapping[str, str] = {"given": " ".join(refused)}
    if not refused:
        try:
            moment = moment_of(typed["received"], call)
            submission = services.enter(entry_id=kept.pk, moment=moment, by=request.user)
        except SubmissionRefused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("Entered as %(id)s.") % {"id": submission.identifier})
            return redirect("intake_entry", slug, kept.pk)
    form = EntryForm(call, _questions(call), request.POST)
    form.is_valid()
    form.errors.clear()
    form.show(problems)
    kept = queries.import_of(call, kept.pk) or kept
    return _page(request, call, form, kept, status=422)


def _page(
    request: HttpRequest, call: Call, form: EntryForm, entry: IntakeImport | None, status: int = 200
) -> HttpResponseBase:
    context: dict[str, Any] = {
        "call": call,
        "slug": call.consultation.slug,
        "form": form,
        "entry": entry,
        "once": request.POST.get("once") or uuid.uuid4().hex,
        "trail": trail_of(call, _("Entry by hand")),
    }
    return render(request, "submissions/intake_entry.html", context, status=status)
