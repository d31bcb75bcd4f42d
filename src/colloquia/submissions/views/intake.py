"""The pages on which officers import what came by post or mail: send in, look, correct, confirm, follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.consultations.views.doors import officers_only
from colloquia.core.attachments import AttachmentRefused
from colloquia.core.table_files import download
from colloquia.submissions.forms.intake import NewImportForm, OptionsForm
from colloquia.submissions.models import Call, ImportState, IntakeImport, ItemState
from colloquia.submissions.presentation import intake as shown
from colloquia.submissions.queries import intake as queries
from colloquia.submissions.services import intake_looking, intake_taking
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.views.office_calls_shared import trail_of

PAGE_SIZE = 50


def call_of(slug: str) -> Call:
    """The call at an address, drafts too. Raises Http404."""
    found = queries.call_of(slug)
    if found is None:
        raise Http404(_("There is no such call here."))
    return found


def import_of(slug: str, import_id: int) -> IntakeImport:
    """An import of a call. Raises Http404."""
    found = queries.import_of(call_of(slug), import_id)
    if found is None or found.kind == "entry":
        raise Http404(_("There is no such import here."))
    return found


@never_cache
@officers_only
@require_safe
def intake(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every import into a call, and the ways to begin another."""
    call = call_of(slug)
    rows = queries.imports_of(call)
    file = download(request, {"imports": lambda: shown.imports_table(call, rows, rows.count())}, stem=slug)
    if file is not None:
        return file
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "call": call, "slug": slug, "page": page, "trail": trail_of(call, _("Post and mail")),
        "table": shown.imports_table(call, page, page.paginator.count),
    }  # fmt: skip
    return render(request, "submissions/intake.html", context)


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def intake_new(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send files in. No submission is made by it."""
    call = call_of(slug)
    form = (
        NewImportForm(call, request.POST, request.FILES)
        if request.method == "POST"
        else NewImportForm(call, initial=OptionsForm.of(call, {}).initial)
    )
    if request.method == "POST":
        form.is_valid()
        files = form.cleaned_data.get("given") or []
        if files:
            try:
                begun = intake_looking.begin(
                    call=call, uploads=[(each, each.name) for each in files], options=form.options(),
                    kind=form.cleaned_data.get("kind", ""), by=request.user,
                )  # fmt: skip
            except AttachmentRefused as error:
                form.add_error("given", str(error))
            else:
                for remark in form.remarks:
                    messages.warning(request, remark)
                return redirect("intake_import", slug, begun.pk)
    context = {"call": call, "slug": slug, "form": form, "trail": trail_of(call, _("Import"))}
    return render(request, "submissions/intake_new.html", context, status=422 if form.is_bound else 200)


@never_cache
@officers_only
@require_safe
def intake_import(request: HttpRequest, slug: str, import_id: int) -> HttpResponseBase:
    """What would be made, how far it is, or what became of it."""
    found = import_of(slug, import_id)
    items = queries.items_of(found)
    file = download(
        request,
        {
            "items": lambda: shown.items_table(found.call, items.iterator(chunk_size=500), found.total),
            "problems": lambda: shown.problems_table(
                found, items.exclude(problems=[]).iterator(chunk_size=500)
            ),
        },
        stem=f"{slug}-import-{found.pk}",
    )
    if file is not None:
        return file
    return _page(request, slug, found)


def _page(
    request: HttpRequest, slug: str, found: IntakeImport, form: OptionsForm | None = None
) -> HttpResponseBase:
    call, items, counts = found.call, queries.items_of(found), queries.counts_of(found)
    repeated = queries.repeated(found)
    page = Paginator(items, PAGE_SIZE).get_page(request.GET.get("page"))
    asked = list(call.questions.order_by("position").values_list("question_id", flat=True))
    can_change = found.state in (ImportState.LOOKED_AT, ImportState.UNUSABLE)
    context: dict[str, Any] = {
        "call": call,
        "slug": slug,
        "found": found,
        "counts": counts,
        "repeated": repeated,
        "waiting": counts[ItemState.WAITING] - repeated,
        "trail": trail_of(call, _("Import")),
        "page": page,
        "table": shown.items_table(call, page, page.paginator.count),
        "problems": shown.problems_table(found, ()),
        "progress": shown.progress_of(found, counts, request.path),
        "tables": shown.tables_of(found, asked) if can_change else [],
        "troubles": found.report.get("troubles", ()),
        "unshown": len(found.report.get("troubles", ())[20:]),
        "form": (form or OptionsForm.of(call, found.options, found.mapping.get("kind", "")))
        if can_change
        else None,
        "can_confirm": found.state == ImportState.LOOKED_AT and counts["waiting"],
    }
    return render(request, "submissions/intake_import.html", context)


@officers_only
@require_POST
def intake_again(request: HttpRequest, slug: str, import_id: int) -> HttpResponseBase:
    """Look again, with columns and options as the officer says."""
    found = import_of(slug, import_id)
    form = OptionsForm(found.call, request.POST)
    form.is_valid()
    for remark in form.remarks:
        messages.warning(request, remark)

    def act() -> None:
        intake_looking.remap(
            intake_id=found.pk,
            maps=shown.chosen_maps(found, request.POST.dict()),
            options=form.options(),
            kind=form.cleaned_data.get("kind", ""),
            by=request.user,
        )

    return _after(request, slug, found.pk, act, _("It is being looked at again."))


@officers_only
@require_POST
def intake_confirm(request: HttpRequest, slug: str, import_id: int) -> HttpResponseBase:
    """Take in exactly what was shown."""
    found = import_of(slug, import_id)
    digest = request.POST.get("digest", "")
    return _after(
        request, slug, found.pk,
        lambda: intake_taking.confirm(intake_id=found.pk, digest=digest, by=request.user),
        _("It is being taken in. You may leave this page."),
    )  # fmt: skip


@officers_only
@require_POST
def intake_stop(request: HttpRequest, slug: str, import_id: int) -> HttpResponseBase:
    """Stop after the item at hand."""
    found = import_of(slug, import_id)
    return _after(
        request, slug, found.pk, lambda: intake_taking.stop(intake_id=found.pk, by=request.user),
        _("It stops after the item at hand. What was taken in stays."),
    )  # fmt: skip


@officers_only
@require_POST
def intake_resume(request: HttpRequest, slug: str, import_id: int) -> HttpResponseBase:
    """Go on with an import that was stopped."""
    found = import_of(slug, import_id)
    return _after(
        request, slug, found.pk, lambda: intake_taking.go_on(intake_id=found.pk, by=request.user),
        _("It goes on."),
    )  # fmt: skip


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def intake_discard(request: HttpRequest, slug: str, import_id: int) -> HttpResponseBase:
    """Give an import up that was not confirmed, after a question."""
    found = import_of(slug, import_id)
    here = reverse("intake_import", args=[slug, found.pk])
    if request.method != "POST":
        context = {
            "question": _("Give this import up?"),
            "consequence": _(
                "What was listed and the copy of what was sent in are destroyed. No submission is touched."
            ),
            "button": _("Give it up"),
            "cancel_url": here,
            "danger": True,
        }
        return render(request, "components/confirm_page.html", context)
    try:
        intake_looking.discard(intake_id=found.pk, by=request.user)
    except SubmissionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(here)
    messages.success(request, _("The import was given up."))
    return redirect("intake", slug)


def _after(
    request: HttpRequest, slug: str, import_id: int, act: Callable[[], object], done: str
) -> HttpResponseBase:
    """Do it, say so, and show the import again."""
    try:
        act()
    except SubmissionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("intake_import", slug, import_id)
