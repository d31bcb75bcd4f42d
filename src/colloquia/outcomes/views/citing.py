"""Looking for passages to cite, choosing their words, and marking drafting suggestions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colloquia.consultations.models import Run
from colloquia.consultations.presentation.pages import page_of
from colloquia.consultations.presentation.passages import listed
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.asked import questions_read
from colloquia.core.components import Link
from colloquia.engines.bulk import Filters, PassageRow
from colloquia.outcomes import services
from colloquia.outcomes.forms.summaries import SuggestionForm, WordsForm
from colloquia.outcomes.models import Suggestion
from colloquia.outcomes.queries.outcomes import live_themes
from colloquia.outcomes.queries.summaries import summaries_of
from colloquia.outcomes.views.doors import officers_only, page, run_of, visit_of
from colloquia.outcomes.views.summary_edit import address, language_of, number

PER_PAGE = 15


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def summary_cite(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Find a passage by question, theme or words; then choose the words, and the sentence that cites them."""
    run, language = run_of(request, slug), language_of(request)
    summary = summaries_of(run.consultation).filter(run=run, language=language).first()
    asked = request.POST if request.method == "POST" else request.GET
    trail = (Link(_("Summary"), address(run, language)), Link(_("Cite a passage")))
    if summary is None or summary.status == "signed":
        messages.error(request, _("Begin a summary in this language first; a signed one is not changed."))
        return redirect(address(run, language))
    common: dict[str, Any] = {
        "run": run,
        "language": language,
        "sentence": number(asked.get("sentence", "")),
        "back": address(run, language),
    }
    if not asked.get("passage"):
        found = _search(request, visit_of(request, run), keep={"language": language})
        return page(
            request,
            "passage_search.html",
            run.consultation,
            tab="summary_edit",
            trail=trail,
            heading=_("Cite a passage"),
            next=reverse("summary_cite", args=[slug]),
            **common,
            **found,
        )
    passage = _passage(run, asked["passage"])
    form = WordsForm(request.POST or None, initial={"words": passage.text}, language=passage.language)
    if request.method == "POST" and form.is_valid():
        try:
            services.cite(
                summary=summary,
                sentence=common["sentence"],
                passage_id=passage.passage_id,
                words=form.cleaned_data["words"],
                by=request.user,
            )
        except services.OutcomeRefused as error:
            form.add_error(None, list(error.reasons))
        else:
            messages.success(request, _("The sentence cites the passage now."))
            return redirect(f"{address(run, language)}#s{common['sentence']}")
    return page(
        request,
        "passage_words.html",
        run.consultation,
        tab="summary_edit",
        trail=trail,
        status=400 if form.errors else 200,
        heading=_("Cite a passage"),
        button=_("Cite these words"),
        form=form,
        passage=listed(visit_of(request, run), [passage], offers=False)[0],
        sentences=list(summary.sentences.order_by("question_id", "position")),
        **common,
    )


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_new(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Mark words of a passage as a suggestion for the paper."""
    run = run_of(request, slug)
    asked = request.POST if request.method == "POST" else request.GET
    back = f"{reverse('outcomes_edit', args=[slug])}?run={run.number}"
    trail = (Link(_("Outcomes"), back), Link(_("Drafting suggestion")))
    if not asked.get("passage"):
        return page(
            request,
            "passage_search.html",
            run.consultation,
            tab="outcomes_edit",
            trail=trail,
            run=run,
            heading=_("Mark a drafting suggestion"),
            next=reverse("suggestion_new", args=[slug]),
            back=back,
            **_search(request, visit_of(request, run), keep={}),
        )
    passage = _passage(run, asked["passage"])
    questions = questions_read(run)
    visit = visit_of(request, run)
    placed = [place.question_id for place in visit.bulk.placements([passage.row]) if place.question_id]
    initial = {"words": passage.text, "question_id": placed[0] if placed else ""}
    form = SuggestionForm(
        request.POST or None, initial=initial, language=passage.language, questions=questions
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = services.mark_suggestion(
                run=run,
                passage_id=passage.passage_id,
                words=data["words"],
                question_id=data["question_id"],
                note=data["note"],
                by=request.user,
            )
        except services.OutcomeRefused as error:
            form.add_error(None, list(error.reasons))
        else:
            messages.success(request, _("Suggestion %(number)s is marked.") % {"number": row.number})
            return redirect(f"{back}#suggestion-{row.number}")
    return page(
        request,
        "passage_words.html",
        run.consultation,
        tab="outcomes_edit",
        trail=trail,
        status=400 if form.errors else 200,
        heading=_("Mark a drafting suggestion"),
        button=_("Mark these words"),
        form=form,
        passage=listed(visit, [passage], offers=False)[0],
        run=run,
        back=back,
    )


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_remove(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Take a mark back, after asking."""
    from django.shortcuts import get_object_or_404, render

    row = get_object_or_404(Suggestion, consultation__slug=slug, number=number, removed_at=None)
    back = f"{reverse('outcomes_edit', args=[slug])}?run={row.run.number}"
    if request.method == "POST":
        try:
            services.remove_suggestion(suggestion=row, by=request.user)
            messages.success(request, _("The mark is taken back."))
        except services.OutcomeRefused as error:
            messages.error(request, str(error))
        return redirect(back)
    context = {
        "question": _("Take back the mark of suggestion %(number)s?") % {"number": number},
        "consequence": _("The passage stays as it is. The history keeps what was marked."),
        "button": _("Take it back"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "components/confirm_page.html", context)


def _passage(run: Run, passage_id: str) -> PassageRow:
    from colloquia.consultations.queries import bulk_of

    found = bulk_of(run).passages_by_id([passage_id]).get(passage_id)
    if found is None:
        raise Http404(_("There is no passage “%(id)s” in this run.") % {"id": passage_id})
    return found


def _search(request: HttpRequest, visit: Visit, *, keep: dict[str, str]) -> dict[str, Any]:
    """A page of the passages that match; question and theme narrow, words are looked for."""
    words, question, theme = (request.GET.get(name, "")[:200] for name in ("q", "question", "theme"))
    themes = list(live_themes(visit.run))
    held = {row.theme_id: row for row in themes}
    chosen = held.get(theme)

    def read(limit: int, offset: int) -> tuple[list[PassageRow], int]:
        return visit.bulk.passages(
            question=chosen.question_id if chosen else question,
            theme=theme if chosen else None,
            filters=Filters(search=words),
            limit=limit,
            offset=offset,
        )

    pages = page_of(read, PER_PAGE, request.GET.get("page"))
    carried = {"run": str(visit.run.number), "sentence": request.GET.get("sentence", ""), **keep}
    return {
        "page": pages,
        "passages": listed(visit, list(pages.object_list), places=True, offers=False),
        "words": words,
        "question": question,
        "theme": theme,
        "questions": questions_read(visit.run),
        "themes": themes,
        "carried": carried,
        "carried_query": urlencode(carried),
    }
