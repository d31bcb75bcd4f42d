"""The editor of a summary: what stands there, and every act on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colloquia.consultations.models import Run
from colloquia.consultations.queries.asked import questions_read
from colloquia.core.components import Conflict, Link
from colloquia.outcomes import services
from colloquia.outcomes.forms.summaries import SentenceForm
from colloquia.outcomes.models import Summary
from colloquia.outcomes.presentation.history import summary_history
from colloquia.outcomes.presentation.summary import blocks
from colloquia.outcomes.queries.summaries import (
    drafts_for,
    faults_in,
    parts_of,
    summaries_of,
    without_answers,
)
from colloquia.outcomes.services.summaries import stamp
from colloquia.outcomes.views.doors import officers_only, page, run_of, visit_of


def language_of(request: HttpRequest) -> str:
    """The language of the summary that the address names, else that of the page."""
    asked = request.POST.get("language", "") or request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or "en"


def address(run: Run, language: str, name: str = "summary_edit", *arguments: int, more: str = "") -> str:
    """An address of the editor for a run and a language."""
    path = reverse(name, args=[run.consultation.slug, *arguments])
    return f"{path}?run={run.number}&language={language}{more}"


def number(text: str) -> int:
    """A number out of an address or a form; 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def summary_edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The summary of a run in a language, with everything that can be done to it."""
    run, language = run_of(request, slug), language_of(request)
    summary = summaries_of(run.consultation).filter(run=run, language=language).first()
    typed: dict[str, str] = {}
    if request.method == "POST":
        try:
            anchor = _act(request, run, language, summary)
        except services.OutcomeRefused as error:
            for reason in error.reasons:
                messages.error(request, reason)
            if request.POST.get("act") != "add":
                return redirect(address(run, language))
            typed = {request.POST.get("question_id", ""): request.POST.get("text", "")}
        else:
            return redirect(f"{address(run, language)}{anchor}")
    visit = visit_of(request, run)
    parts = parts_of(summary) if summary else []
    shown = blocks(visit, parts, claims=True)
    quiet = without_answers(run.consultation, parts)
    return page(
        request,
        "summary_edit.html",
        run.consultation,
        tab="summary_edit",
        trail=(Link(_("Summary")),),
        status=400 if typed else 200,
        run=run,
        language=language,
        languages=settings.LANGUAGES,
        summary=summary,
        blocks=[
            (block, typed.get(block.question_id, "")) for block in shown if block.question_id not in quiet
        ],
        quiet_blocks=[
            (block, typed.get(block.question_id, "")) for block in shown if block.question_id in quiet
        ],
        quiet_is_open=not quiet.isdisjoint(typed),
        others=[row for row in summaries_of(run.consultation) if row != summary],
        faults=faults_in(parts),
        drafts=drafts_for(summary) if summary and summary.status != "signed" else [],
        is_reviewer=summary is not None and summary.reviewed_by_id == request.user.pk,
        is_open=summary is not None and summary.status != "signed",
        query=f"?run={run.number}&language={language}",
    )


def _act(request: HttpRequest, run: Run, language: str, summary: Summary | None) -> str:
    """Do what was asked for; gives where on the page to go on."""
    by, posted = request.user, request.POST
    act = posted.get("act", "")
    if act == "begin":
        services.begin_summary(run=run, language=language, by=by)
        return ""
    if summary is None:
        raise services.OutcomeRefused(_("There is no summary in this language yet. Begin one first."))
    sentence, seen = number(posted.get("sentence", "")), number(posted.get("seen", ""))
    acts: dict[str, Callable[[], Any]] = {
        "add": lambda: services.add_sentence(
            summary=summary, question_id=posted.get("question_id", ""), text=posted.get("text", ""), by=by
        ),
        "up": lambda: services.move_sentence(summary=summary, sentence=sentence, up=True, by=by),
        "down": lambda: services.move_sentence(summary=summary, sentence=sentence, up=False, by=by),
        "uncite": lambda: services.remove_citation(
            summary=summary, citation=number(posted.get("citation", "")), by=by
        ),
        "take": lambda: services.take_drafts(
            summary=summary, drafts=[number(each) for each in posted.getlist("draft")], by=by
        ),
        "review": lambda: services.review_summary(summary=summary, seen=seen, by=by),
        "sign": lambda: services.sign_summary(summary=summary, seen=seen, by=by),
    }
    if act not in acts:
        raise services.OutcomeRefused(_("This act is not known. Nothing was changed."))
    done = acts[act]()
    words = {
        "add": _("What you wrote is kept. Cite a passage for each sentence."),
        "uncite": _("The citation is taken away."),
        "take": _("The drafts stand in the summary now, with their citations."),
        "review": _("The review was recorded. A second officer may sign now."),
        "sign": _("The summary is signed and published."),
    }
    if act in words:
        messages.success(request, words[act])
    place = done.pk if act == "add" else sentence
    return f"#s{place}" if place else ""


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def summary_sentence(request: HttpRequest, slug: str, sentence: int) -> HttpResponseBase:
    """One sentence: written anew, or deleted. Two officers at once: the second is told, and loses nothing."""
    run, language = run_of(request, slug), language_of(request)
    summary = summaries_of(run.consultation).filter(run=run, language=language).first()
    row = summary.sentences.filter(pk=sentence).first() if summary else None
    if summary is None or (row is None and request.method != "POST"):
        messages.error(request, _("This sentence was deleted by somebody else meanwhile."))
        return redirect(address(run, language))
    initial = {"text": row.text, "question_id": row.question_id, "seen": stamp(row)} if row else {}
    questions = questions_read(run)
    form = SentenceForm(request.POST or None, initial=initial, questions=questions, language=language)
    conflict = None
    if request.method == "POST" and (request.POST.get("act") == "delete" or form.is_valid()):
        back = address(run, language)
        try:
            if request.POST.get("act") == "delete":
                services.delete_sentence(
                    summary=summary, sentence=sentence, seen=request.POST.get("seen", ""), by=request.user
                )
                messages.success(request, _("The sentence is deleted; its words stay in the history."))
                return redirect(back)
            services.edit_sentence(
                summary=summary,
                sentence=sentence,
                text=form.cleaned_data["text"],
                question_id=form.cleaned_data["question_id"],
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        except services.OutcomeRefused as error:
            form.add_error(None, list(error.reasons)) if form.is_bound else None
        except services.OutcomeConflict as error:
            conflict = _conflict(request, run, language, sentence, error)
        else:
            messages.success(
                request, _("The sentence is written anew. A review, if there was one, is taken back.")
            )
            return redirect(f"{back}#s{sentence}")
    return page(
        request,
        "summary_sentence.html",
        run.consultation,
        tab="summary_edit",
        trail=(Link(_("Summary"), address(run, language)), Link(_("Sentence"))),
        status=409 if conflict else 400 if form.errors else 200,
        form=form,
        conflict=conflict,
        sentence=row,
        back=address(run, language),
    )


def _conflict(
    request: HttpRequest, run: Run, language: str, sentence: int, error: services.OutcomeConflict
) -> Conflict:
    mine = {"text": request.POST.get("text", ""), "question_id": request.POST.get("question_id", "")}
    back = address(run, language)
    if not error.seen:
        return Conflict(
            happened=_("Somebody else deleted this sentence meanwhile."),
            theirs=_("The sentence is deleted."),
            yours=mine["text"],
            apply_url=back,
            discard_url=back,
            fields=mine | {"act": "add"},
            apply_label=_("Add mine as a new sentence"),
        )
    act = request.POST.get("act", "")
    return Conflict(
        happened=_("Somebody else wrote this sentence anew meanwhile."),
        theirs=error.theirs,
        yours=_("The sentence is deleted.") if act == "delete" else mine["text"],
        apply_url=address(run, language, "summary_sentence", sentence),
        discard_url=f"{back}#s{sentence}",
        fields=mine | {"seen": error.seen, "act": act},
    )


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD"])
def summary_history_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Who did what to a summary."""
    run, language = run_of(request, slug), language_of(request)
    summary = summaries_of(run.consultation).filter(run=run, language=language).first()
    return page(
        request,
        "summary_history.html",
        run.consultation,
        tab="summary_edit",
        trail=(Link(_("Summary"), address(run, language)), Link(_("History"))),
        acts=summary_history(summary) if summary else [],
    )
