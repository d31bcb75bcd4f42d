"""The pages on which officers import papers: send a file, look, decide, confirm."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.core.attachments import AttachmentRefused
from colloquia.core.doors import Arguments, View, only
from colloquia.core.table_files import download
from colloquia.issues import queries, services
from colloquia.issues.forms import PaperFileForm
from colloquia.issues.models import PaperImport
from colloquia.issues.planning import plan_of
from colloquia.issues.presentation.import_page import import_page
from colloquia.issues.presentation.tables import imports_table
from colloquia.issues.views.finding import NothingHere, friendly

PAGE_SIZE = 50


def officers_only(view: View[Arguments]) -> View[Arguments]:
    """The one door to these pages: others are asked to sign in, or refused."""
    return only(view, lambda person: bool(person.has_perm("issues.import_paper")))


@require_safe
@never_cache
@officers_only
def imports(request: HttpRequest) -> HttpResponseBase:
    """Every file that was looked at, imported or discarded."""
    rows = queries.imports()
    file = download(request, {"imports": lambda: imports_table(rows.iterator(), rows.count())})
    if file is not None:
        return file
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    table = imports_table(page, page.paginator.count)
    return render(request, "issues/imports.html", {"page": page, "table": table})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def new_import(request: HttpRequest) -> HttpResponseBase:
    """Send a file in. Nothing of a paper is changed by it."""
    form = PaperFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            record = services.look_at(stream=file, name=file.name, given=form.given(), by=request.user)
        except AttachmentRefused as error:
            form.add_error("file", str(error))
        else:
            return redirect("paper_import", record.pk)
    context = {"form": form, "papers": queries.papers()}
    return render(request, "issues/new_import.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
@friendly
def one_import(request: HttpRequest, import_id: uuid.UUID) -> HttpResponseBase:
    """What an import would make. A POST keeps what was chosen for each place and shows it anew."""
    record = _found(import_id)
    if request.method == "POST":
        chosen = {
            name.removeprefix("id-"): str(value)[:64]
            for name, value in request.POST.items()
            if name.startswith("id-")
        }
        return _after(
            request,
            record,
            lambda: services.choose(import_id=import_id, choices=chosen, by=request.user),
            _("Your choices are kept. Look once more, then confirm."),
        )
    plan = plan_of(record) if record.state == PaperImport.State.LOOKED_AT else None
    context = {"record": record, "plan": plan, "page": import_page(record, plan)}
    return render(request, "issues/import.html", context)


@require_POST
@officers_only
@friendly
def confirm(request: HttpRequest, import_id: uuid.UUID) -> HttpResponseBase:
    """Import what was shown."""
    record = _found(import_id)
    digest = request.POST.get("digest", "")
    return _after(
        request,
        record,
        lambda: services.confirm(import_id=import_id, digest=digest, by=request.user),
        _("The paper is imported."),
    )


@require_POST
@officers_only
@friendly
def discard(request: HttpRequest, import_id: uuid.UUID) -> HttpResponseBase:
    """Give an import up."""
    record = _found(import_id)
    return _after(
        request,
        record,
        lambda: services.discard(import_id=import_id, by=request.user),
        _("The import is discarded; the file stays in the record."),
    )


def _after(
    request: HttpRequest, record: PaperImport, act: Callable[[], object], done: str
) -> HttpResponseBase:
    """Do it, say so, and show the import again."""
    try:
        act()
    except services.ImportRefused as error:
        for reason in error.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, done)
    return redirect("paper_import", record.pk)


def _found(import_id: uuid.UUID) -> PaperImport:
    record = queries.import_of(import_id)
    if record is None:
        raise NothingHere(_("There is no such import."))
    return record
