"""Where officers correct: what fits the things they chose, exactly what it would change, and doing it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.consultations.forms.acts import CorrectionForm, ThemesOf
from colloquia.consultations.forms.correcting import FORMS
from colloquia.consultations.forms.selection import Selection
from colloquia.consultations.models import Correction, Run, ThemeInEffect
from colloquia.consultations.presentation.acts import changes_table, labels_in, sentence
from colloquia.consultations.presentation.chosen import Chosen
from colloquia.consultations.presentation.told import told
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import as_act
from colloquia.consultations.queries.asked import questions_read
from colloquia.consultations.services import CorrectionConflict, CorrectionRefused
from colloquia.consultations.services.acting import carry_out, standpoint_of
from colloquia.consultations.services.planning import Plan, plan_act
from colloquia.consultations.views.doors import run_of, workers_only
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link


def visit_of(request: HttpRequest, slug: str) -> Visit:
    """The run that an officer works on. Raises Http404."""
    return Visit(request, run_of(request, slug), get_language() or "en")


def selection_of(visit: Visit) -> Selection:
    """What the officer chose, from the address or the form, with all passages named."""
    data = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    chosen = Selection.read(data, latest=visit.run.sequence, pairs=visit.filtering.pairs)
    return chosen.resolved(visit.bulk, visit.filters)


def themes_of(visit: Visit) -> ThemesOf:
    """The themes in effect, for the fields of forms."""
    questions = [(item.question_id, item.text) for item in questions_read(visit.run)]
    return ThemesOf(visit.themes.values(), questions)


@workers_only
@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The acts that fit what was chosen."""
    visit = visit_of(request, slug)
    chosen, themes = selection_of(visit), themes_of(visit)
    things = Chosen(visit, chosen)
    marked = bool(visit.state.not_opinion.intersection(things.rows))
    left_out = "not-opinion" if marked else "opinion"
    forms = [(name, form(chosen=chosen, themes=themes)) for name, form in FORMS.items() if name != left_out]
    fitting = [
        (form, reverse("consultation_correct", args=[slug, name])) for name, form in forms if not form.fits()
    ]
    alone = visit.themes.get(chosen.themes[0]) if len(chosen.themes) == 1 and not chosen.passages else None
    others, split = [], ""
    if alone is not None:
        listed = themes.of(alone.question_id, groups=alone.is_parent)
        others = [item for item in listed if item[0] != alone.theme_id]
        split = "" if alone.is_parent else reverse("consultation_split", args=[slug])
    return show(
        request,
        visit,
        "correct_choose.html",
        name="consultation_correct_choose",
        trail=(Link(_("Correct")),),
        chosen=chosen,
        things=things,
        fitting=fitting,
        split=split,
        others=others,
        questions=_questions_of(visit, chosen, things.rows),
    )


def _questions_of(visit: Visit, chosen: Selection, rows: list[int]) -> list[tuple[str, str]]:
    """For passages chosen without a question: the questions that they answer."""
    if chosen.question or chosen.of or not chosen.passages:
        return []
    found = {item.question_id for item in visit.bulk.placements(rows) if item.question_id}
    return [(item.question_id, item.text) for item in questions_read(visit.run, only=found)]


@workers_only
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """One act: its form, exactly what it would change, and on POST the act itself."""
    if kind not in FORMS:
        raise Http404
    visit = visit_of(request, slug)
    chosen, themes = selection_of(visit), themes_of(visit)
    form_class = FORMS[kind]
    if request.method != "POST":
        return _ask(visit, kind, _unsent(form_class, visit, chosen, themes))
    form = form_class(request.POST, chosen=chosen, themes=themes)
    if refusal := form.fits():
        form.add_error(None, refusal)
    if not form.is_valid():
        return _ask(visit, kind, form, status=422)
    try:
        row = carry_out(
            visit.run,
            form.build(form.cleaned_data),
            by=request.user,
            seen=chosen.seen,
            note=form.cleaned_data["note"],
        )
    except CorrectionRefused as error:
        form.add_error(None, str(error))
        return _ask(visit, kind, form, status=422)
    except CorrectionConflict as conflict:
        return _ask(visit, kind, form, conflict=conflict, status=409)
    return done(visit, row, chosen)


def _unsent(
    form_class: type[CorrectionForm], visit: Visit, chosen: Selection, themes: ThemesOf
) -> CorrectionForm:
    """The form as it is shown first; what was chosen for it in the address stands in it."""
    given = {name: visit.request.GET[name] for name in form_class.base_fields if name in visit.request.GET}
    return form_class(initial=given, chosen=chosen, themes=themes)


def _ask(
    visit: Visit,
    kind: str,
    form: CorrectionForm,
    *,
    conflict: CorrectionConflict | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """The page of an act. With a conflict, theirs stands beside the officer's, who may send it knowingly."""
    chosen = replace(form.chosen, seen=conflict.sequence) if conflict else form.chosen
    given = form.data if form.is_bound else form.initial
    refusal = form.fits()
    plan = None
    if not refusal and (not form.target or given.get(form.target)):
        plan, refusal = _planned(visit, form, given)
    response = show(
        visit.request,
        visit,
        "correct.html",
        name="consultation_correct",
        arguments=(kind,),
        trail=(Link(form.title),),
        form=form,
        chosen=chosen,
        things=Chosen(visit, chosen),
        plan=plan,
        mine=sentence(plan.act, labels_in(plan.before)) if plan else "",
        changes=changes_table(visit, plan) if plan else None,
        refusal=refusal if not form.errors else "",
        asks_target=bool(form.target and plan is None and not form.is_bound),
        conflict=conflict,
        theirs=told(visit, conflict) if conflict else [],
        back=chosen.back or visit.url("consultation"),
    )
    response.status_code = status
    return response


def _planned(visit: Visit, form: CorrectionForm, given: Any) -> tuple[Plan | None, str]:
    """What the act would change as things stand now, or why it cannot be done."""
    values = form.sample() | {name: given[name] for name in form.fields if name != "note" and given.get(name)}
    try:
        standpoint = standpoint_of(visit.run)
        return plan_act(standpoint, form.build(values)(standpoint)), ""
    except CorrectionRefused as error:
        if error.code in {"no label", "long label", "nothing changes"} and "label" in form.fields:
            return None, ""
        return None, str(error)


def done(visit: Visit, row: Correction, chosen: Selection) -> HttpResponseBase:
    """Back to where the officer was, with what was done and a way to undo it."""
    run = Run.objects.select_related("consultation").get(pk=visit.run.pk)
    there = Visit(visit.request, run, visit.language)
    words = sentence(as_act(row), labels_in(there.state))
    undo = reverse("consultation_correction_undo", args=[visit.slug, row.number])
    messages.success(visit.request, with_button(words, f"{undo}?{_query(there, chosen)}", _("Undo")))
    return redirect(_back(there, row, chosen))


def with_button(words: str, url: str, label: str) -> SafeString:
    """A message with one thing to do."""
    return format_html('{} <a class="button plain" href="{}">{}</a>', words, url, label)


def _query(visit: Visit, chosen: Selection) -> str:
    return urlencode(
        {"run": visit.run.number, "back": chosen.back} if chosen.back else {"run": visit.run.number}
    )


def _back(visit: Visit, row: Correction, chosen: Selection) -> str:
    """Where the officer was; from the page of a theme merged away, to the one that it is in now."""
    theme = ThemeInEffect.objects.filter(run=visit.run, theme_id=row.values.get("into", "")).first()
    if row.kind == "merge" and theme is not None:
        for name in row.values["themes"]:
            if name != theme.theme_id and chosen.back.startswith(
                reverse("consultation_theme", args=[visit.slug, name])
            ):
                return visit.url("consultation_theme", theme.theme_id, run=visit.run.number)
    if chosen.back:
        return chosen.back
    question = row.question_id
    if question:
        return visit.url("consultation_question", question, run=visit.run.number)
    return visit.url("consultation", run=visit.run.number)
