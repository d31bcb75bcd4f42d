"""Rounds of priorities: the list, the closed form of states, drafting, announcing, publishing."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.accounts.rules import is_officer
from colloquia.consultations.models import Consultation
from colloquia.core.components import Link
from colloquia.core.models import Territory
from colloquia.core.table_files import download
from colloquia.issues.models import PaperVersion
from colloquia.issues.queries import issue_titles
from colloquia.outcomes.forms.priorities import KEPT, RoundForm
from colloquia.outcomes.models import PriorityRound
from colloquia.outcomes.presentation import priorities as shape
from colloquia.outcomes.queries import priorities as queries
from colloquia.outcomes.services import priorities as services
from colloquia.outcomes.services.refusals import OutcomeConflict, OutcomeRefused
from colloquia.outcomes.views.doors import json_twin, officers_only, page
from colloquia.submissions.models import in_language


@never_cache
@require_safe
def priorities(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The rounds that the person may see."""
    row = consultation_named(slug)
    rounds = queries.rounds_for(request.user, row)
    if not rounds and not is_officer(request.user):
        return nothing_here(request)
    published = any(each.published_at for each in rounds)
    twin = reverse("priorities_json", args=[slug]) if published else ""
    return page(
        request,
        "priorities.html",
        row,
        tab="priorities",
        trail=(Link(_("Priorities")),),
        rounds=rounds,
        twin=twin,
    )


@require_safe
def priorities_json(_request: HttpRequest, slug: str) -> HttpResponseBase:
    """The published results as JSON."""
    row = consultation_named(slug)
    rounds = queries.published_rounds().filter(consultation=row)
    return json_twin(
        {"consultation": slug, "rounds": [shape.as_json(queries.results_of(each)) for each in rounds]}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def priority_round(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """One round: results where they are public, the form for states, the office for officers."""
    row = consultation_named(slug)
    round_ = queries.round_for(request.user, row, number)
    if round_ is None:
        return nothing_here(request)
    context: dict[str, Any] = {"round": round_, "open": round_.is_open(), "closed": round_.is_closed()}
    before_all = is_officer(request.user) and round_.is_closed()
    if round_.published_at or before_all:
        results = queries.results_of(round_)
        tables = {"priorities": partial(shape.counts_table, results)}
        if round_.shows_states:
            tables["states"] = partial(shape.states_table, results)
        if (file := download(request, tables, stem=f"{slug}-priorities-{round_.pk}")) is not None:
            return file
        context |= {"results": results, "tables": [make() for make in tables.values()]}
    states = queries.states_asked(request.user, round_) if round_.announced_at else []
    territory = _chosen(states, request.POST.get("territory", "") or request.GET.get("state", ""))
    status = 200
    if territory is not None:
        held = queries.answers_of(round_, territory.pk)
        seen, typed = queries.stamp(held), {issue: (a.level, a.remark) for issue, a in held.items()}
        if request.method == "POST":
            typed = _typed(request, round_)
            try:
                services.answer_round(
                    round_=round_,
                    territory=territory,
                    levels={issue: level for issue, (level, _remark) in typed.items()},
                    remarks={issue: remark for issue, (_level, remark) in typed.items()},
                    seen=request.POST.get("seen", ""),
                    by=request.user,
                )
            except OutcomeRefused as error:
                context["problems"], status = error.reasons, 409
            except OutcomeConflict as conflict:
                context["conflict"], status, seen = conflict.theirs or _("somebody else"), 409, conflict.seen
            else:
                messages.success(request, _("The answers are kept. You may change them until the close."))
                address = reverse("priority_round", args=[slug, round_.pk])
                return redirect(f"{address}?state={territory.pk}")
        context |= {"seen": seen, "lines": _lines(round_, typed), "held": held}
    elif request.method == "POST":
        raise Http404
    if is_officer(request.user) and round_.announced_at and not round_.published_at:
        context["waiting"] = queries.without_answer(round_, get_language() or "en")
    levels = [(level["code"], shape.label_of(round_, level["code"])) for level in round_.levels]
    introduction, introduction_language = in_language(round_.introductions, get_language() or "en")
    return page(
        request,
        "priority_round.html",
        row,
        tab="priorities",
        trail=(Link(_("Priorities"), reverse("priorities", args=[slug])), Link(str(round_))),
        status=status,
        states=states,
        territory=territory,
        levels=levels,
        introduction=introduction,
        introduction_language=introduction_language,
        issues=list(issue_titles(round_.issue_ids).items()),
        **context,
    )


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def priority_edit(request: HttpRequest, slug: str, number: int = 0) -> HttpResponseBase:
    """Draft a round, or change one that is not announced."""
    row = consultation_named(slug)
    round_ = queries.round_for(request.user, row, number) if number else None
    if number and round_ is None:
        raise Http404
    versions = PaperVersion.objects.select_related("paper").order_by("paper", "-position")
    asked = request.POST.get("version", "") or request.GET.get("version", "")
    known = versions.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    version = known or (round_.paper_version if round_ else versions.filter(paper__slug=row.paper).first())
    version = version or versions.first()
    if version is None:
        raise Http404(_("There is no paper yet."))
    form = RoundForm(version, round_, request.POST if request.method == "POST" else None)
    conflict = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        invited = (
            round_.invited
            if round_ and data["invite"] == KEPT
            else queries.invitable(data["invite"], timezone.localdate())
        )
        text = request.POST.get("seen", "")
        try:
            made = services.save_round(
                consultation=row,
                by=request.user,
                round_=round_,
                seen=int(text) if text.isascii() and text.isdigit() else 0,
                paper_version=version,
                titles=form.titles,
                introductions=form.introductions,
                issue_ids=data["issues"],
                levels=form.levels,
                invited=invited,
                shows_states=data["shows_states"],
                opens_at=data["opens"],
                closes_at=data["closes"],
                time_zone=data["time_zone"],
            )
        except OutcomeRefused as error:
            form.add_error(None, list(error.reasons))
        except OutcomeConflict:
            conflict = _("Somebody else changed this round meanwhile. Open it in another tab and compare.")
            form.add_error(None, conflict)
        else:
            messages.success(request, _("The draft of the round is kept."))
            return redirect("priority_round", slug, made.pk)
    return page(
        request,
        "priority_edit.html",
        row,
        tab="priorities",
        trail=(Link(_("Priorities"), reverse("priorities", args=[slug])), Link(_("Draft of a round"))),
        status=409 if form.errors else 200,
        form=form,
        round=round_,
        version=version,
        versions=versions,
        seen=round_.version if round_ else 0,
    )


@never_cache
@officers_only
@require_POST
def priority_act(request: HttpRequest, slug: str, number: int, verb: str) -> HttpResponseBase:
    """``announce`` a round, ``review`` its results, or ``publish`` them."""
    round_ = queries.round_for(request.user, consultation_named(slug), number)
    acts = {
        "announce": (services.announce_round, _("The round is announced.")),
        "review": (services.review_results, _("The review was recorded. A second officer may publish now.")),
        "publish": (services.publish_results, _("The results are published.")),
    }
    if round_ is None or verb not in acts:
        raise Http404
    service, said = acts[verb]
    try:
        service(round_=round_, by=request.user)
    except OutcomeRefused as error:
        for reason in error.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, said)
    return redirect("priority_round", slug, number)


def consultation_named(slug: str) -> Consultation:
    """A consultation by its address, also one of which no run is shown yet. Raises Http404."""
    row = Consultation.objects.select_related("shown_run").filter(slug=slug).first()
    if row is None:
        raise Http404(_("There is no such consultation here."))
    return row


def nothing_here(request: HttpRequest) -> HttpResponseBase:
    """Visitors may sign in; for others there is nothing here."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404


def _chosen(states: list[Territory], code: str) -> Territory | None:
    found = next((each for each in states if each.pk == code), None)
    return found or (states[0] if len(states) == 1 else None)


def _typed(request: HttpRequest, round_: PriorityRound) -> dict[str, tuple[str, str]]:
    return {
        issue: (request.POST.get(f"level-{issue}", ""), request.POST.get(f"remark-{issue}", ""))
        for issue in round_.issue_ids
    }


def _lines(round_: PriorityRound, typed: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    titles = issue_titles(round_.issue_ids)
    return [
        {
            "issue": issue,
            "title": titles.get(issue, ""),
            "level": typed.get(issue, ("", ""))[0],
            "remark": typed.get(issue, ("", ""))[1],
        }
        for issue in round_.issue_ids
    ]
