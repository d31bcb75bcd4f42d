"""Passages out to translators as files, and translations back: looked at first, kept when confirmed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.consultations.forms.translating import TranslationFileForm
from colloquia.consultations.models import TranslationFile
from colloquia.consultations.models.translations import FileState
from colloquia.consultations.presentation.returned import file_sentence, groups_of
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.returned import returned
from colloquia.consultations.queries.translating import live, target_languages, translators_bulk
from colloquia.consultations.services import translation_files as services
from colloquia.consultations.views.doors import officers_only
from colloquia.consultations.views.showing import show
from colloquia.consultations.views.translating import Listing, chosen, into_of, trail, visit_of
from colloquia.core.attachments import AttachmentRefused
from colloquia.core.components import Link
from colloquia.engines.translations import Unit, Unusable, Unwritable, Wording, write_docx, write_xliff

PER_PAGE = 50
MOST = {"docx": 2_000, "xliff-2.1": 20_000, "xliff-1.2": 20_000}
"""Passages in one file."""
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FEW = 500
_WRITERS: dict[str, tuple[str, str, Callable[[list[Unit], str], bytes]]] = {
    "xliff-2.1": ("xlf", "application/xliff+xml", lambda units, name: write_xliff(units, original=name)),
    "xliff-1.2": (
        "xlf",
        "application/xliff+xml",
        lambda units, name: write_xliff(units, original=name, version="1.2"),
    ),
    "docx": ("docx", _DOCX, lambda units, _name: write_docx(units, wording=_wording())),
}


@never_cache
@officers_only
@require_safe
def file_out(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The chosen passages as a file for translators; with ``filled=1`` also the translations there are."""
    visit = visit_of(request, slug)
    into, form = into_of(request, visit.run), request.GET.get("format", "")
    back = redirect(visit.url("consultation_translations"))
    if form not in _WRITERS:
        messages.error(request, _("Choose XLIFF 2.1, XLIFF 1.2 or Word."))
        return back
    names = chosen(Listing(visit))
    units = _units(visit, names[: MOST[form]], into, filled="filled" in request.GET)
    if not units:
        messages.error(request, _("Choose at least one passage in another language than that of the file."))
        return back
    if len(names) > MOST[form]:
        messages.error(
            request,
            _("A file of this kind holds at most %(most)s passages, and you chose %(count)s. Choose fewer.")
            % {"most": f"{MOST[form]:,}", "count": f"{len(names):,}"},
        )
        return back
    ending, media_type, write = _WRITERS[form]
    sources = sorted({unit.source_language for unit in units})
    name = f"{slug}-{visit.run.number}-{slugify('-'.join(sources[:3]))}-{into}.{ending}"
    try:
        data = write(units, f"{slug}-{visit.run.number}")
    except Unwritable:
        messages.error(
            request,
            _(
                "An XLIFF 2.1 file holds passages of one language only; these are in %(count)s. Choose one "
                "language, or take XLIFF 1.2 or Word."
            )
            % {"count": len(sources)},
        )
        return back
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _units(visit: Visit, names: list[str], into: str, *, filled: bool) -> list[Unit]:
    bulk = translators_bulk(visit.run)
    units = []
    for start in range(0, len(names), _FEW):
        few = names[start : start + _FEW]
        found = bulk.passages_by_id(few)
        rows = live(visit.consultation).filter(language=into, passage_id__in=few) if filled else ()
        there = {row.passage_id: row.text for row in rows}
        units += [
            Unit(name, row.language or "und", into, row.text, there.get(name, ""))
            for name in few
            if (row := found.get(name)) is not None and row.language != into
        ]
    return units


def _wording() -> Wording:
    return Wording(
        _("Passages to translate"),
        (
            _("Write each translation into the empty cell at the end of its row; it may hold paragraphs."),
            _("Leave the first two columns as they are: by its identifier a translation finds its passage."),
            _("Do not merge cells. A passage that you cannot translate may stay empty."),
        ),
        _("Identifier"),
        _("Source"),
        _("Translation"),
    )


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send a file of translations in, and the files that were sent before. No translation is kept yet."""
    visit = visit_of(request, slug)
    form = TranslationFileForm(
        request.POST or None,
        request.FILES or None,
        languages=target_languages(visit.run),
        page_language=visit.language,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = services.receive_file(
                run=visit.run,
                stream=data["file"],
                name=data["file"].name,
                kind=data["kind"],
                tool=data["tool"],
                language=data["language"],
                by=request.user,
            )
        except Unusable as error:
            form.add_error("file", file_sentence(error))
        except AttachmentRefused as error:
            form.add_error("file", str(error))
        except services.FileRefused as error:
            form.add_error("language", str(error))
        else:
            return redirect(visit.url("consultation_translations_received", str(row.pk)))
    files = TranslationFile.objects.filter(consultation=visit.consultation).select_related("attachment", "by")
    response = show(
        request,
        visit,
        "translation_upload.html",
        name="consultation_translations_upload",
        trail=(*trail(visit), Link(_("Translations from a file"))),
        form=form,
        files=Paginator(files, PER_PAGE).get_page(request.GET.get("page")),
    )
    if form.errors:
        response.status_code = 400
    return response


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def received(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """What would become of a file; on POST its translations are kept exactly as shown, or it is discarded."""
    visit = visit_of(request, slug)
    rows = TranslationFile.objects.select_related("attachment", "run__consultation", "consultation", "by")
    row = rows.filter(consultation=visit.consultation, pk=number).first()
    if row is None:
        raise Http404(_("There is no such file of translations."))
    here = visit.url("consultation_translations_received", str(number))
    if request.method == "POST":
        try:
            _decide(request, row)
        except services.FileRefused as error:
            messages.error(request, str(error))
        except Unusable as error:
            messages.error(request, file_sentence(error))
        return redirect(here)
    plan, problem = None, ""
    if row.state == FileState.LOOKED_AT:
        try:
            plan = returned(row)
        except (Unusable, OSError) as error:
            problem = file_sentence(error) if isinstance(error, Unusable) else _("The file cannot be read.")
    return show(
        request,
        visit,
        "translation_file.html",
        name="consultation_translations_received",
        arguments=(str(number),),
        trail=(
            *trail(visit),
            Link(_("Translations from a file"), visit.url("consultation_translations_upload")),
            Link(row.attachment.name),
        ),
        file=row,
        tongue=visit.tongue(row.language),
        plan=plan,
        problem=problem,
        groups=groups_of(plan) if plan else (),
        kept=row.translations.order_by("pk").only("passage_id")[:200],
    )


def _decide(request: HttpRequest, row: TranslationFile) -> None:
    if request.POST.get("act") == "discard":
        services.discard_file(file=row.pk, by=request.user)
        messages.success(request, _("Nothing of the file was kept as a translation."))
        return
    done = services.store_file(
        file=row.pk,
        digest=request.POST.get("digest", ""),
        replace=request.POST.get("replace") == "yes",
        by=request.user,
    )
    words = ngettext("%(n)d translation was kept.", "%(n)d translations were kept.", done.stored)
    messages.success(request, words % {"n": done.stored})
    if done.overtaken:
        messages.warning(
            request,
            _("Others translated these at the same moment, and theirs were left: %(passages)s.")
            % {"passages": ", ".join(done.overtaken[:50])},
        )
