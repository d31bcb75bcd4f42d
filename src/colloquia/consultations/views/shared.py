"""Texts that several submissions share: the list, and one with its senders where they may be named."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from colloquia.consultations.models import SharedText
from colloquia.consultations.presentation import as_json
from colloquia.consultations.presentation import shared as shape
from colloquia.consultations.presentation.pages import page_of
from colloquia.consultations.presentation.themes import files
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.views.finding import NothingHere, page, twin
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link
from colloquia.core.table_files import download


@page
def shared(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Every shared text of the run with its number of senders."""
    listed = shape.groups(visit)
    table = shape.group_table(listed, int(visit.run.funnel.get("received", 0)))
    if file := download(request, {"shared-texts": lambda: table}, stem=visit.slug):
        return file
    return show(
        request,
        visit,
        "shared.html",
        name="consultation_shared",
        tab="consultation_shared",
        trail=(Link(_("Shared text")),),
        table=table,
    )


@twin
def shared_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """The same as JSON."""
    rows = [_group_json(visit, item) for item in shape.groups(visit)]
    return as_json.answer({**as_json.head_json(visit), "shared_texts": rows, "count": len(rows)})


def _group_json(visit: Visit, item: shape.Group) -> dict[str, object]:
    return {
        "id": item.row.group_id,
        "url": visit.permanent("consultation_shared_text", item.row.group_id),
        "kind": item.row.kind,
        "members": item.row.members,
        "texts_added": item.added,
    }


def _found(visit: Visit, group_id: str) -> SharedText:
    row = SharedText.objects.filter(run=visit.run, group_id=group_id).first()
    if row is None:
        raise NothingHere(
            _("Run %(number)s has no shared text “%(id)s”.") % {"number": visit.run.number, "id": group_id}
        )
    return row


@page
def shared_text(request: HttpRequest, visit: Visit, group_id: str) -> HttpResponseBase:
    """A shared text: the letter, who sent it, what each added, and on demand one member's differences."""
    row = _found(visit, group_id)
    common: dict[str, Any] = {
        "name": "consultation_shared_text",
        "arguments": (group_id,),
        "tab": "consultation_shared",
        "trail": (Link(_("Shared text"), visit.url("consultation_shared")), Link(group_id)),
        "group": shape.group_of(visit, row),
    }
    if not shape.may_name(visit, row):
        return show(request, visit, "shared_text.html", named=False, **common)
    if file := download(request, {"members": lambda: shape.member_table(visit, row)}, stem=visit.slug):
        return file
    letter = shape.text_of(visit, row.representative)
    source = visit.bulk.submission(row.representative)
    pages = page_of(
        lambda limit, offset: shape.members(visit, row, limit, offset),
        shape.PER_PAGE,
        request.GET.get("page"),
    )
    member = request.GET.get("member", "")
    compared = None
    if member:
        if row.group_id not in visit.bulk.groups_of(member):
            raise NothingHere(_("“%(id)s” did not send this text.") % {"id": member})
        compared = shape.difference(letter, shape.text_of(visit, member))
    return show(
        request,
        visit,
        "shared_text.html",
        named=True,
        letter=letter,
        letter_language=source.language if source else "",
        representative=row.representative,
        representative_url=visit.url("consultation_submission", row.representative),
        member=member,
        member_url=visit.url("consultation_submission", member) if member else "",
        difference=compared,
        page=pages,
        files=files(visit, "members"),
        **common,
    )


@twin
def shared_text_json(request: HttpRequest, visit: Visit, group_id: str) -> HttpResponseBase:
    """The same as JSON; of similar messages the public gets counts alone."""
    row = _found(visit, group_id)
    data = {**as_json.head_json(visit), "shared_text": _group_json(visit, shape.group_of(visit, row))}
    if not shape.may_name(visit, row):
        return as_json.answer(data)
    pages = page_of(
        lambda limit, offset: shape.members(visit, row, limit, offset),
        shape.PER_PAGE,
        request.GET.get("page"),
    )
    rows = [
        {
            "submission": item.row.submission_id,
            "organisation": item.row.organisation or None,
            "territory": item.row.country or None,
            "language": item.row.language or None,
            "added": item.row.unique_text or None,
        }
        for item in pages.object_list
    ]
    listed = as_json.page_json(visit, "members", rows, pages.paginator.count, pages.number, shape.PER_PAGE)
    return as_json.answer({**data, "representative": row.representative, **listed})
