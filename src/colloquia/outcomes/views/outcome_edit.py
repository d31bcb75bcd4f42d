"""Deciding what became of themes and suggestions: the list, one by one, many at once, and publishing."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colloquia.consultations.models import Run
from colloquia.consultations.queries.asked import questions_read
from colloquia.core.components import Conflict, Link
from colloquia.core.table_files import download
from colloquia.outcomes import services
from colloquia.outcomes.forms.outcomes import OutcomeForm
from colloquia.outcomes.presentation.outcomes import (
    Entry,
    anchor_of,
    funnel,
    office_entries,
    outcome_table,
    suggestion_quote,
)
from colloquia.outcomes.queries.outcomes import (
    Subject,
    open_proposal,
    publications_of,
    publishable,
    subjects_of,
    terms,
)
from colloquia.outcomes.views.doors import officers_only, page, run_of, visit_of

PER_PAGE = 60
SHOWN = ("all", "without", "with", "carried", "unpublished")


def _address(run: Run, more: str = "") -> str:
    return f"{reverse('outcomes_edit', args=[run.consultation.slug])}?run={run.number}{more}"


def _asked(values: list[str]) -> list[services.Subject]:
    """Subjects out of a form; what is none is left out."""
    found = []
    for value in values:
        kind, _colon, key = value.partition(":")
        if kind == "theme" and key:
            found.append(services.Subject(theme=key))
        elif kind == "suggestion" and key.isascii() and key.isdigit():
            found.append(services.Subject(suggestion=int(key)))
    return found


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outcomes_edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every theme and suggestion with its outcome; what has none stands out."""
    run = run_of(request, slug)
    bulk = OutcomeForm(request.POST if request.POST.get("act") == "bulk" else None, prefix="bulk")
    refused = False
    if request.method == "POST":
        try:
            _act(request, run, bulk)
        except services.OutcomeRefused as error:
            for reason in error.reasons:
                messages.error(request, reason)
            refused = request.POST.get("act") == "bulk"
            if isinstance(error, services.OutcomeDoubted):
                bulk.ask_about(error.words)
        if not refused:
            return redirect(_address(run))
    visit = visit_of(request, run)
    entries = office_entries(visit)
    tables = {"outcomes": lambda: outcome_table(visit, entries)}
    if (file := download(request, tables, stem=f"{slug}-outcomes-draft")) is not None:
        return file
    shown, question = request.GET.get("show", "all"), request.GET.get("question", "")
    chosen = [item for item in entries if _is_shown(item, shown, question)]
    proposal = open_proposal(run)
    waiting = publishable(run)
    return page(
        request,
        "outcomes_edit.html",
        run.consultation,
        tab="outcomes_edit",
        trail=(Link(_("Outcomes")),),
        status=400 if refused else 200,
        run=run,
        entries=Paginator(chosen, PER_PAGE).get_page(request.GET.get("page")),
        chosen_values=set(request.POST.getlist("subject")) if refused else set(),
        funnel_rows=funnel(entries),
        without=sum(item.outcome is None for item in entries),
        total=len(entries),
        carried=sum(item.subject.carried is not None for item in entries),
        shown=shown,
        question=question,
        questions=questions_read(run),
        filters=[(name, _filter_words(name)) for name in SHOWN],
        bulk=bulk,
        proposal=proposal,
        is_stale=proposal is not None and [row.pk for row in waiting] != proposal.outcomes,
        is_proposer=proposal is not None and proposal.proposed_by_id == request.user.pk,
        waiting=len(waiting),
        publications=list(publications_of(run.consultation).filter(run=run)),
        table_query=f"?run={run.number}&table=outcomes&format=",
    )


def _filter_words(name: str) -> str:
    return {
        "all": _("All"),
        "without": _("Without an outcome"),
        "with": _("With an outcome"),
        "carried": _("Proposed from an earlier run"),
        "unpublished": _("Not public yet"),
    }[name]


def _is_shown(item: Entry, shown: str, question: str) -> bool:
    if question and item.subject.question_id != question:
        return False
    match shown:
        case "without":
            return item.outcome is None
        case "with":
            return item.outcome is not None
        case "carried":
            return item.subject.carried is not None
        case "unpublished":
            return item.outcome is not None and item.outcome.published_at is None
    return True


def _act(request: HttpRequest, run: Run, bulk: OutcomeForm) -> None:
    by, chosen = request.user, request.POST.getlist("subject")
    proposal = open_proposal(run)
    match request.POST.get("act"):
        case "bulk":
            if not bulk.is_valid():
                raise services.OutcomeRefused(_("Choose an outcome for those that are marked."))
            made = services.decide_many(run=run, subjects=_asked(chosen), decision=bulk.decision, by=by)
            messages.success(request, _("%(n)s outcomes were given.") % {"n": len(made)})
        case "carry":
            themes = [each.theme for each in _asked(chosen) if each.theme]
            made = services.confirm_carried(run=run, themes=themes, by=by)
            messages.success(request, _("%(n)s outcomes were taken over.") % {"n": len(made)})
        case "propose":
            services.propose_publication(run=run, by=by)
            messages.success(request, _("The outcomes are proposed. A second officer may publish them now."))
        case "withdraw" if proposal is not None:
            services.withdraw_proposal(proposal=proposal, by=by)
            messages.success(request, _("The proposal is withdrawn."))
        case "publish" if proposal is not None:
            services.publish_outcomes(proposal=proposal, by=by)
            messages.success(request, _("The outcomes are published; the senders are written to."))
        case _:
            raise services.OutcomeRefused(_("There is no proposal any more. Look at the list again."))


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_edit(request: HttpRequest, slug: str, kind: str, key: str) -> HttpResponseBase:
    """What became of one theme or suggestion. Another decision stands in for the earlier one."""
    run = run_of(request, slug)
    subject = next((item for item in subjects_of(run) if item.key == (kind, key)), None)
    if subject is None:
        raise Http404(_("There is no such theme in effect, and no such suggestion, in this run."))
    visit = visit_of(request, run)
    current = subject.standing.in_force
    proposal = subject.carried if current is None else None
    initial = {"seen": str(current.pk) if current else ""}
    form = OutcomeForm(request.POST or None, outcome=current or proposal, initial=initial)
    conflict = None
    if request.method == "POST" and form.is_valid():
        asked = _asked([f"{kind}:{key}"])[0]
        try:
            services.decide(
                run=run, subject=asked, decision=form.decision, seen=form.seen_outcome, by=request.user
            )
        except services.OutcomeRefused as error:
            form.add_error(None, list(error.reasons))
            if isinstance(error, services.OutcomeDoubted):
                form.ask_about(error.words)
        except services.OutcomeConflict as error:
            conflict = _conflict(request, run, form, error, request.path)
        else:
            messages.success(
                request, _("The outcome is kept. It is public once a second officer publishes it.")
            )
            return redirect(f"{_address(run)}#{anchor_of(subject)}")
    return page(
        request,
        "outcome_edit.html",
        run.consultation,
        tab="outcomes_edit",
        trail=(Link(_("Outcomes"), _address(run)), Link(_label(subject))),
        status=409 if conflict else 400 if form.errors else 200,
        run=run,
        subject=subject,
        label=_label(subject),
        quote=suggestion_quote(visit, subject) if subject.suggestion else None,
        theme_url=visit.url("consultation_theme", key) if subject.theme else "",
        form=form,
        conflict=conflict,
        proposal=proposal,
        history=list(reversed(subject.standing.rows)),
        needing=[str(row) for row in terms(active=True) if row.needs_paragraph],
        back=_address(run),
    )


def _label(subject: Subject) -> str:
    if subject.theme is not None:
        return f"{subject.theme.theme_id} {subject.theme.label}"
    number = subject.suggestion.number if subject.suggestion else ""
    return _("Drafting suggestion %(number)s") % {"number": number}


def _conflict(
    request: HttpRequest, run: Run, form: OutcomeForm, error: services.OutcomeConflict, path: str
) -> Conflict:
    fields = {
        name: str(value)
        for name, value in request.POST.items()
        if name != "csrfmiddlewaretoken" and name in form.fields
    }
    words = str(dict(form.fields["term"].choices).get(form.decision.term, ""))  # type: ignore[attr-defined]
    return Conflict(
        happened=_("Somebody else decided on this meanwhile."),
        theirs=error.theirs or _("No outcome"),
        yours=f"{words} {form.decision.paragraph} {' '.join(form.decision.reasons.values())}".strip(),
        apply_url=f"{path}?run={run.number}",
        discard_url=_address(run),
        fields=fields | {"seen": error.seen, "run": str(run.number)},
    )
