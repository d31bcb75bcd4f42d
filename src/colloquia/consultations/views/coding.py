"""Coding a sample blind: one passage with its themes at a time, and nothing that tells what others said."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colloquia.consultations.forms.reading import NONE, CodingForm
from colloquia.consultations.models import Coding, Sample
from colloquia.consultations.presentation import samples as shape
from colloquia.consultations.presentation.translations import translations_of
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.asked import questions_read
from colloquia.consultations.queries.double_coding import CoderProgress
from colloquia.consultations.services.double_coding import code, finish
from colloquia.consultations.services.reading import ReadingRefused
from colloquia.consultations.views.doors import officers_only
from colloquia.consultations.views.reading import trail, visit_of
from colloquia.consultations.views.samples import sample_of
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link, Passage


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def coding(request: HttpRequest, slug: str, number: int, position: int) -> HttpResponseBase:
    """One passage of a sample, for one of its coders; on POST it is coded, and the next one follows."""
    visit = visit_of(request, slug)
    sample = sample_of(visit, number)
    if not 1 <= position <= len(sample.passages):
        raise Http404(_("There is no such position in this sample."))
    if request.user.pk not in {coder.pk for coder in sample.coders.all()}:
        messages.error(request, _("You are not a coder of this sample."))
        return redirect(shape.url(visit, "consultation_sample", str(number)))
    if sample.closed_at or request.user.pk in sample.finished:
        messages.info(request, _("Your coding of this sample has ended."))
        return redirect(shape.url(visit, "consultation_sample", str(number)))
    name = sample.passages[position - 1]
    own = {row.passage_id: row.themes for row in Coding.objects.filter(sample=sample, coder=request.user)}
    form = _form(request, sample, own.get(name))
    if request.method == "POST" and form.is_valid():
        try:
            code(sample=sample, by=request.user, passage_id=name, themes=form.cleaned_data["themes"])
        except ReadingRefused as error:
            form.add_error(None, str(error))
        else:
            return redirect(_following(visit, sample, {*own, name}, position))
    return _show(visit, sample, position, own, form)


def _form(request: HttpRequest, sample: Sample, held: list[str] | None) -> CodingForm:
    if request.method == "POST":
        return CodingForm(request.POST, themes=sample.themes)
    initial = {} if held is None else {"themes": held or [NONE]}
    return CodingForm(initial=initial, themes=sample.themes)


def _following(visit: Visit, sample: Sample, coded: set[str], position: int) -> str:
    """The next passage that is not coded; where all are, the last page, which asks to finish."""
    left = [place for place, name in enumerate(sample.passages, start=1) if name not in coded]
    following = next((place for place in left if place > position), left[0] if left else position)
    return shape.url(visit, "consultation_coding", str(sample.number), str(following))


def _show(
    visit: Visit, sample: Sample, position: int, own: dict[str, list[str]], form: CodingForm
) -> HttpResponseBase:
    name = sample.passages[position - 1]
    rows = visit.bulk.passages_by_id([name])
    row = rows.get(name)
    question = next(iter(questions_read(visit.run, only=[sample.question_id])), None)
    coder = CoderProgress(visit.request.user, len(own), len(sample.passages), has_finished=False)
    number = str(sample.number)
    response = show(
        visit.request,
        visit,
        "coding.html",
        name="consultation_coding",
        arguments=(number, str(position)),
        tab="consultation_reading",
        trail=trail(
            visit,
            Link(
                _("Sample %(number)s") % {"number": number}, shape.url(visit, "consultation_sample", number)
            ),
            Link(_("Passage %(position)s") % {"position": position}),
        ),
        sample=sample,
        question=question,
        position=position,
        total=len(sample.passages),
        # Neither its themes nor its sender: who codes sees the words.
        passage=Passage(name, row.text, row.language) if row else None,
        beside=translations_of(visit, rows.values()).get(name),
        bar=shape.bar(coder),
        is_coded=name in own,
        all_coded=len(own) == len(sample.passages),
        form=form,
        back=shape.url(visit, "consultation_coding", number, str(position - 1)) if position > 1 else "",
        following=shape.url(visit, "consultation_coding", number, str(position + 1))
        if position < len(sample.passages)
        else "",
    )
    response.status_code = 422 if form.errors else 200
    return response


@officers_only
@require_POST
def finished(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A coder says that they have finished."""
    visit = visit_of(request, slug)
    sample = sample_of(visit, number)
    try:
        row = finish(sample=sample, by=request.user)
        if row.closed_at:
            messages.success(request, _("All coders have finished. The agreement is measured."))
        else:
            messages.success(
                request, _("Your coding is finished. The agreement is shown when all have finished.")
            )
    except ReadingRefused as error:
        messages.error(request, str(error))
    return redirect(shape.url(visit, "consultation_sample", str(number)))
