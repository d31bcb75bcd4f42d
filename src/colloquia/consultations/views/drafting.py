"""Machine drafting for officers: asking for drafts, reading them beside their passages, deciding on each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.consultations.endpoint import Endpoint
from colloquia.consultations.forms.drafting import AskForm, DecideForm
from colloquia.consultations.models import Draft, DraftRequest
from colloquia.consultations.models.drafts import DraftKind, DraftStatus
from colloquia.consultations.presentation.drafting import asked, cards, draft_json
from colloquia.consultations.presentation.service import host_of, is_here
from colloquia.consultations.presentation.told import told
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.asked import questions_read
from colloquia.consultations.services import CorrectionConflict, CorrectionRefused, draft_decisions, drafting
from colloquia.consultations.views.doors import officers_only, run_of
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link, Tab
from colloquia.engines.drafting import LANGUAGES

PER_PAGE = 10
REQUESTS = 5
_STATUSES = (DraftStatus.PROPOSED, DraftStatus.ACCEPTED, DraftStatus.REFUSED)


def _visit(request: HttpRequest, slug: str) -> Visit:
    return Visit(request, run_of(request, slug), get_language() or "en")


def _endpoint() -> dict[str, Any]:
    endpoint = Endpoint.from_settings("drafting")
    return {
        "service": endpoint,
        "host": host_of(endpoint) if endpoint else "",
        "is_here": bool(endpoint and is_here(endpoint)),
    }


def _status(request: HttpRequest) -> str:
    given = request.GET.get("show", "")
    return given if given in DraftStatus.values else str(DraftStatus.PROPOSED)


def _drafts(visit: Visit, status: str) -> QuerySet[Draft]:
    """Drafts of the run, those of one question and theme together."""
    rows = Draft.objects.filter(run=visit.run, status=status).select_related("asked_by", "decided_by")
    if question := visit.request.GET.get("question", "")[:64].replace("\x00", ""):
        rows = rows.filter(question_id=question)
    if theme := visit.request.GET.get("theme", "")[:64].replace("\x00", ""):
        rows = rows.filter(theme_id=theme)
    return rows.order_by("question_id", "theme_id", "pk")


@never_cache
@officers_only
@require_safe
def drafts(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Proposals with what they rest on; accepted sentences are the officers' draft summary."""
    visit = _visit(request, slug)
    status = _status(request)
    page = Paginator(_drafts(visit, status), PER_PAGE).get_page(request.GET.get("page"))
    requests = DraftRequest.objects.filter(run=visit.run).select_related("asked_by")[:REQUESTS]
    here = visit.url("consultation_drafts")
    return show(
        request,
        visit,
        "drafts.html",
        name="consultation_drafts",
        trail=(Link(_("Machine drafts")),),
        status=status,
        tabs=_tabs(visit, status),
        page=page,
        cards=[(card, _form(card.draft)) for card in cards(visit, list(page.object_list))],
        requests=asked(visit, requests, here),
        **_endpoint(),
    )


def _tabs(visit: Visit, status: str) -> list[Tab]:
    counted = Draft.objects.filter(run=visit.run).values_list("status").annotate(Count("pk")).order_by()
    count = dict(counted)
    labels = (_("To decide on"), _("Accepted"), _("Refused"))
    return [
        Tab(label, visit.url("consultation_drafts", show=name), name == status, count.get(name, 0))
        for name, label in zip(_STATUSES, labels, strict=True)
    ]


def _form(draft: Draft, data: Any = None) -> DecideForm:
    given = {"text": draft.edited_text or draft.text}
    return DecideForm(data, kind=draft.kind, prefix=f"d{draft.pk}", initial=given)


@never_cache
@officers_only
@require_safe
def drafts_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as JSON, a page of it; and whether drafting is on."""
    visit = _visit(request, slug)
    page = Paginator(_drafts(visit, _status(request)), PER_PAGE).get_page(request.GET.get("page"))
    requests = DraftRequest.objects.filter(run=visit.run)[:REQUESTS]
    return JsonResponse(
        {
            "ok": True,
            "is_on": Endpoint.from_settings("drafting") is not None,
            "count": page.paginator.count,
            "drafts": [draft_json(card) for card in cards(visit, list(page.object_list))],
            "requests": [
                {
                    "id": item.row.pk,
                    "kind": item.row.kind,
                    "state": item.row.state,
                    "done": len(item.row.outcomes),
                    "total": len(item.row.themes),
                    "message": item.progress.message,
                }
                for item in asked(visit, requests, "")
            ],
        }
    )


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What would be sent where; on POST the model is asked."""
    visit = _visit(request, slug)
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("kind", "")
    if kind not in DraftKind.values:
        raise Http404(_("A model is asked for a name or for sentences."))
    question = given.get("question", "")
    listed = _offered(visit, given.getlist("theme"), question)
    code = visit.language.split("-")[0]
    language = code if code in LANGUAGES else "en"
    initial = {"language": language, "theme": [name for name, _label in listed][: drafting.MOST_THEMES]}
    form = AskForm(
        request.POST if request.method == "POST" else None,
        themes=listed,
        shown_in=visit.language,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            drafting.request_drafts(
                run=visit.run,
                kind=kind,
                themes=form.cleaned_data["theme"],
                language=form.cleaned_data["language"],
                by=request.user,
            )
        except draft_decisions.DraftRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The model is asked in the background. You may leave this page."))
            return redirect(visit.url("consultation_drafts"))
    response = show(
        request,
        visit,
        "draft_ask.html",
        name="consultation_drafts_ask",
        twin="",
        trail=(Link(_("Machine drafts"), visit.url("consultation_drafts")), Link(_("Ask"))),
        kind=kind,
        form=form,
        question=next(iter(questions_read(visit.run, only=[question])), None),
        question_id=question,
        most=drafting.MOST_THEMES,
        **_endpoint(),
    )
    response.status_code = 422 if form.errors else 200
    return response


def _offered(visit: Visit, themes: list[str], question: str) -> list[tuple[str, str]]:
    """The themes that were chosen; without any, those of the question."""
    live = {name: row for name, row in visit.themes.items() if row.is_live}
    chosen = [live[name] for name in dict.fromkeys(themes) if name in live]
    if not chosen:
        chosen = [row for row in live.values() if row.question_id == question and not row.is_parent]
    return [(row.theme_id, f"{row.label} ({row.theme_id})") for row in chosen]


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """One draft; on POST an officer's decision. What was typed is kept where it cannot be done."""
    visit = _visit(request, slug)
    row = Draft.objects.filter(run=visit.run, pk=number).select_related("asked_by", "decided_by").first()
    if row is None:
        raise Http404(_("There is no such draft in this run."))
    if request.method != "POST":
        return _one(visit, row, _form(row))
    form = _form(row, request.POST)
    if not form.is_valid():
        return _one(visit, row, form, status=422)
    try:
        if request.POST.get("act") == "refuse":
            draft_decisions.refuse_draft(draft=row, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("The draft was put aside. It stays on record with your reason."))
        else:
            text = form.cleaned_data["text"]
            draft_decisions.accept_draft(draft=row, text=text, by=request.user, seen=_seen(visit))
            messages.success(request, _("The draft was accepted."))
    except CorrectionConflict as conflict:
        return _one(visit, row, form, conflict=conflict, status=409)
    except (draft_decisions.DraftRefused, CorrectionRefused) as error:
        form.add_error(None, str(error))
        return _one(visit, row, form, status=422)
    return redirect(visit.url("consultation_drafts"))


def _seen(visit: Visit) -> int:
    text = visit.request.POST.get("seen", "")
    known = text.isascii() and text.isdigit() and len(text) < 10
    return min(int(text), visit.run.sequence) if known else 0


def _one(
    visit: Visit,
    row: Draft,
    form: DecideForm,
    *,
    conflict: CorrectionConflict | None = None,
    status: int = 200,
) -> HttpResponseBase:
    card = cards(visit, [row])[0]
    response = show(
        visit.request,
        visit,
        "draft.html",
        name="consultation_draft",
        arguments=(str(row.pk),),
        twin="",
        trail=(Link(_("Machine drafts"), visit.url("consultation_drafts")), Link(str(row.pk))),
        card=card,
        form=form,
        seen=conflict.sequence if conflict else visit.run.sequence,
        conflict=conflict,
        theirs=told(visit, conflict) if conflict else [],
        mine=_("Name the theme %(theme)s “%(label)s”.")
        % {"theme": row.theme_id, "label": form.data.get(form.add_prefix("text"), "")}
        if conflict
        else "",
    )
    response.status_code = status
    return response


@never_cache
@officers_only
@require_POST
def change(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Give a request up, or go on with one that failed."""
    visit = _visit(request, slug)
    if not DraftRequest.objects.filter(run=visit.run, pk=number).exists():
        raise Http404(_("There is no such request."))
    try:
        if request.POST.get("act") == "again":
            drafting.ask_again(request=number, by=request.user)
            messages.success(request, _("The model is asked about the themes that are left."))
        else:
            drafting.give_up(request=number, by=request.user)
            messages.success(request, _("The request was given up. Drafts that it brought stay."))
    except draft_decisions.DraftRefused as error:
        messages.error(request, str(error))
    return redirect(visit.url("consultation_drafts"))
