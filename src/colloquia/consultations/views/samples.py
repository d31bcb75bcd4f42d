"""Samples for double coding: drawn, watched without a look at the codes, closed, and measured."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.consultations.forms.reading import SampleForm
from colloquia.consultations.models import Sample
from colloquia.consultations.presentation import agreement as shown
from colloquia.consultations.presentation import as_json
from colloquia.consultations.presentation import samples as shape
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import double_coding
from colloquia.consultations.services.double_coding import close, draw_sample
from colloquia.consultations.services.reading import ReadingRefused
from colloquia.consultations.views.batches import questions_of
from colloquia.consultations.views.doors import officers_only
from colloquia.consultations.views.reading import given, trail, visit_of
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link
from colloquia.core.table_files import download


def sample_of(visit: Visit, number: int) -> Sample:
    """A sample of the run. Raises Http404."""
    found = double_coding.samples_of(visit.run).filter(number=number).first()
    if found is None:
        raise Http404(_("This run has no such sample."))
    # So that every address on its pages names the run, and still leads here when there is a later one.
    found.run = visit.run
    return found


@officers_only
@require_safe
def every(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The samples of a run."""
    visit = visit_of(request, slug)
    rows = list(double_coding.samples_of(visit.run))
    table = shape.table(visit, rows, double_coding.progress_of(rows))
    if (file := download(request, {"samples": lambda: table}, stem=slug)) is not None:
        return file
    return show(
        request,
        visit,
        "samples.html",
        name="consultation_samples",
        tab="consultation_reading",
        trail=trail(visit, Link(_("Double coding"))),
        table=table,
    )


@officers_only
@require_safe
def every_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as JSON."""
    visit = visit_of(request, slug)
    rows = list(double_coding.samples_of(visit.run))
    progress = double_coding.progress_of(rows)
    listed = [shape.as_json(row, progress[row.pk]) for row in rows]
    return as_json.answer({**as_json.head_json(visit), "samples": listed})


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Draw a sample."""
    visit = visit_of(request, slug)
    questions = questions_of(visit)
    if request.method == "POST":
        form = SampleForm(request.POST, questions=questions)
    else:
        form = SampleForm(initial={"question": request.GET.get("question", "")}, questions=questions)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = draw_sample(
                run=visit.run,
                question_id=values["question"],
                size=values["size"],
                seed=values["seed"],
                coders=list(values["coders"]),
                by=request.user,
                stratified_by=values["stratified_by"],
                without_shared=values["without_shared"],
            )
        except ReadingRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The sample was drawn. Its coders find it on their workspace."))
            return redirect(shape.url(visit, "consultation_sample", str(made.number)))
    response = show(
        request,
        visit,
        "sample_new.html",
        name="consultation_sample_new",
        tab="consultation_reading",
        trail=trail(
            visit, Link(_("Double coding"), visit.url("consultation_samples")), Link(_("New sample"))
        ),
        form=form,
    )
    response.status_code = 422 if form.errors else 200
    return response


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A sample: how far its coding is, and once it is closed the agreement; on POST it is closed."""
    visit = visit_of(request, slug)
    sample = sample_of(visit, number)
    if request.method == "POST":
        try:
            close(sample=sample, by=request.user)
            messages.success(request, _("The coding was closed. What was coded until now is measured."))
        except ReadingRefused as error:
            messages.error(request, str(error))
        return redirect(shape.url(visit, "consultation_sample", str(number)))
    found = double_coding.measured(sample)
    differences = double_coding.differences_of(sample)
    coders = double_coding.progress_of([sample])[sample.pk]
    tables = {}
    if found is not None:
        people = {one.coder.pk: str(one.coder) for one in coders}
        for table in (
            shown.agreement_table(sample, found, people),
            shown.theme_agreement_table(sample, found),
            shape.differences_table(visit, sample, differences),
        ):
            tables[table.name] = table
    if (file := download(request, given(tables), stem=f"{slug}-run-{visit.run.number}")) is not None:
        return file
    own = next((one for one in coders if one.coder.pk == request.user.pk), None)
    return show(
        request,
        visit,
        "sample.html",
        name="consultation_sample",
        arguments=(str(number),),
        tab="consultation_reading",
        trail=trail(
            visit,
            Link(_("Double coding"), visit.url("consultation_samples")),
            Link(_("Sample %(number)s") % {"number": number}),
        ),
        sample=sample,
        facts=shown.sample_facts(visit, sample),
        coders=[shape.bar(one) for one in coders],
        tables=list(tables.values())[:2],
        found=found,
        differences=shape.shown(visit, sample, differences),
        differences_table=tables.get(f"differences-{number}"),
        own=own,
        code_url=shape.url(visit, "consultation_coding", str(number), "1") if own else "",
    )


@officers_only
@require_safe
def one_json(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The same as JSON; no code of anybody before the sample is closed."""
    visit = visit_of(request, slug)
    sample = sample_of(visit, number)
    coders = double_coding.progress_of([sample])[sample.pk]
    found = double_coding.measured(sample)
    return as_json.answer(
        {
            **as_json.head_json(visit),
            "sample": shape.as_json(sample, coders),
            "passages": sample.passages,
            "themes": sample.themes,
            "agreement": shape.measured_json(found) if found else None,
            "differences": [
                {
                    "passage": item.passage_id,
                    "answers": {str(coder): list(themes) for coder, themes in item.answers},
                    "agreed": list(item.agreed),
                    "disputed": list(item.disputed),
                    "machine": list(item.machine) if item.machine is not None else None,
                }
                for item in double_coding.differences_of(sample)
            ],
        }
    )
