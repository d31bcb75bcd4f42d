"""What officers do about organisations: answer proposals, see what was decided, undo it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.consultations.forms.organisations import read_answers, read_number
from colloquia.consultations.models import OrganisationDecision
from colloquia.consultations.presentation.organisations import (
    cards,
    decision_lines,
)
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.organisations import (
    decisions_made,
    open_proposals,
    organisations_by_key,
    were_proposals_looked_for,
)
from colloquia.consultations.services.organisation_refusals import OrganisationsRefused, said
from colloquia.consultations.services.organisations import Choice, Outcome, decide, undo_decision
from colloquia.consultations.services.proposing import ask_for_proposals
from colloquia.consultations.views.doors import officers_only, run_named
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link, Tab
from colloquia.engines.bulk.proposals import ProposalRow

PER_PAGE = 20
DECISIONS_PER_PAGE = 50
KINDS = {"same": "same", "part": "part of"}


def office_visit(request: HttpRequest, slug: str) -> Visit:
    """The run that the officer works on; its themes need not be counted for these pages."""
    return Visit(request, run_named(request, slug), get_language() or "en")


def trail_to(visit: Visit, last: str) -> tuple[Link, ...]:
    """The way to a page of officers on organisations."""
    return (Link(_("Organisations"), visit.url("consultation_organisations")), Link(last))


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Proposals with their reasons, several answered at once."""
    visit = office_visit(request, slug)
    refused: list[Outcome] = []
    if request.method == "POST":
        choices = [_with_reasons(visit, choice) for choice in read_answers(request.POST)]
        outcomes = _decided(visit, choices)
        refused = [outcome for outcome in outcomes if outcome.refusal]
        done = len(outcomes) - len(refused)
        if done:
            words = ngettext("%(n)s decision was made.", "%(n)s decisions were made.", done)
            messages.success(request, words % {"n": done})
        if not outcomes:
            messages.info(request, _("No proposal was answered; nothing was changed."))
        if not refused:
            return redirect(request.get_full_path())
        visit = office_visit(request, slug)
    return _proposals_page(visit, refused)


def _with_reasons(visit: Visit, choice: Choice) -> Choice:
    if not were_proposals_looked_for(visit.run):
        return choice
    row = open_proposals(visit.run).between(*choice.keys[:2])
    return replace(choice, reasons=row.reasons) if row else choice


def _decided(visit: Visit, choices: Sequence[Choice]) -> list[Outcome]:
    seen = read_number(visit.request.POST, "seen")
    try:
        return decide(run=visit.run, choices=choices, by=visit.request.user, seen=seen) if choices else []
    except OrganisationsRefused as refusal:
        return [Outcome(choice, None, refusal) for choice in choices]


def _proposals_page(visit: Visit, refused: Sequence[Outcome]) -> HttpResponseBase:
    request = visit.request
    asked = request.GET.get("kind", "same")
    kind = KINDS.get(asked, "same")
    looked = were_proposals_looked_for(visit.run)
    rows: list[ProposalRow] = []
    counts = dict.fromkeys(KINDS.values(), 0)
    pages: Page[int] = Paginator[int]([], PER_PAGE).get_page(1)
    if looked:
        found = open_proposals(visit.run)
        counts = found.counts()
        pages = Paginator(range(counts[kind]), PER_PAGE).get_page(request.GET.get("page"))
        rows = found.page(kind, PER_PAGE, (pages.number - 1) * PER_PAGE)
    held = organisations_by_key(visit.run, (key for row in rows for key in row.keys)) if rows else {}
    listed = cards(visit, rows, held, refused)
    shown = {card.row.keys for card in listed}
    tabs = [
        Tab(
            label,
            visit.url("consultation_organisation_proposals", kind=name),
            KINDS[name] == kind,
            counts[of],
        )
        for name, of, label in (
            ("same", "same", _("The same body")),
            ("part", "part of", _("A part of another")),
        )
    ]
    response = show(
        request,
        visit,
        "organisation_proposals.html",
        name="consultation_organisation_proposals",
        trail=trail_to(visit, _("Proposals")),
        tabs=tabs,
        is_part=kind == "part of",
        cards=listed,
        page=pages,
        looked=looked,
        elsewhere=[str(outcome.refusal) for outcome in refused if outcome.choice.keys not in shown],
        refused=refused,
        seen=visit.consultation.organisations_sequence,
        twin="",
    )
    response.status_code = 409 if refused else 200
    return response


@officers_only
@require_POST
def look(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Have proposals looked for, where that was not done when the run was stored."""
    visit = office_visit(request, slug)
    ask_for_proposals(visit.run)
    messages.success(
        request, _("Proposals are looked for in the background. Open this page again in a while.")
    )
    return redirect("consultation_organisation_proposals", slug)


@officers_only
@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Everything that was decided, the latest first, undone ones too."""
    visit = office_visit(request, slug)
    pages = Paginator(decisions_made(visit.run), DECISIONS_PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        visit,
        "organisation_decisions.html",
        name="consultation_organisation_decisions",
        trail=trail_to(visit, _("Decisions")),
        lines=decision_lines(visit, pages.object_list),
        page=pages,
        twin="",
    )


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Asks before a decision is taken back; on POST takes it back."""
    visit = office_visit(request, slug)
    rows = OrganisationDecision.objects.filter(consultation=visit.consultation, number=number)
    row = rows.select_related("by", "undone_by").first()
    if row is None:
        raise Http404(_("There is no such decision."))
    refusal = ""
    if request.method == "POST":
        try:
            undo_decision(run=visit.run, number=number, by=request.user)
        except OrganisationsRefused as error:
            refusal = str(error)
        else:
            messages.success(request, _("The decision was taken back: %(what)s") % {"what": said(row)})
            return redirect(visit.url("consultation_organisation_decisions"))
    response = show(
        request,
        visit,
        "organisation_undo.html",
        name="consultation_organisation_undo",
        arguments=(str(number),),
        trail=trail_to(visit, _("Undo")),
        what=said(row),
        refusal=refusal,
        undone=row.undone_at is not None,
        back=visit.url("consultation_organisation_decisions"),
        twin="",
    )
    response.status_code = 409 if refusal else 200
    return response
