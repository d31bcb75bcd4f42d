"""What waits for a person: passages in unsupported languages, and documents that could not be read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from colloquia.consultations.presentation import as_json
from colloquia.consultations.presentation.translations import Beside, translations_of
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import reading
from colloquia.consultations.views.doors import workers_only
from colloquia.consultations.views.reading import trail, visit_of
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link
from colloquia.core.filters import Choice, Filter, FilterBar
from colloquia.core.table_files import download
from colloquia.core.tables import Column, Table, Words
from colloquia.engines.bulk import PassageRow

PER_PAGE = 25
STATES: dict[str, Words] = {
    "waiting": gettext_lazy("waiting"),
    "read": gettext_lazy("read by a person"),
    "translated": gettext_lazy("translated"),
}
_KINDS: dict[str, Words] = {
    "passage": gettext_lazy("Passages in unsupported languages"),
    "document": gettext_lazy("Documents that could not be read whole"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that waits, as the page shows it. ``is_mine`` where the one who looks has marked it."""

    item: reading.Waiting
    state: Words
    passage: PassageRow | None
    beside: Beside | None
    url: str
    original_url: str
    readers: Sequence[str]
    is_mine: bool


def _bar(visit: Visit, rows: Sequence[reading.Waiting]) -> FilterBar:
    languages = sorted({row.language for row in rows if row.language})
    filters = [
        Filter("state", _("State"), choices=[Choice(name, words) for name, words in STATES.items()]),
        Filter("kind", _("Kind"), choices=[Choice(name, words) for name, words in _KINDS.items()]),
        Filter("tongue", _("Language"), choices=[Choice(code, visit.tongue(code)) for code in languages]),
    ]
    return FilterBar.read(visit.request.GET, filters, keep=("run",))


def _chosen(bar: FilterBar, rows: Sequence[reading.Waiting]) -> list[reading.Waiting]:
    wanted = {name: bar.value(name) for name in ("state", "kind", "tongue")}
    return [
        row
        for row in rows
        if wanted["state"] in ("", row.state)
        and wanted["kind"] in ("", row.kind)
        and wanted["tongue"] in ("", row.language)
    ]


@workers_only
@require_safe
def queue(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The queue, by language, a page at a time."""
    visit = visit_of(request, slug)
    rows = reading.waiting_of(visit.run)
    readers = reading.readers_by_language() if visit.officer else {}
    bar = _bar(visit, rows)
    chosen = _chosen(bar, rows)
    tables = {"queue": lambda: _table(visit, chosen, readers)}
    if (file := download(request, tables, stem=slug)) is not None:
        return file
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        visit,
        "reading_queue.html",
        name="consultation_reading_queue",
        tab="consultation_reading",
        trail=trail(visit, Link(_("Waiting for a person"))),
        bar=bar,
        page=page,
        items=_shown(visit, list(page.object_list), readers),
        by_language=_summary(visit, rows, readers),
    )


@workers_only
@require_safe
def queue_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as JSON."""
    visit = visit_of(request, slug)
    rows = reading.waiting_of(visit.run)
    chosen = _chosen(_bar(visit, rows), rows)
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    listed = [
        {
            "kind": row.kind,
            "id": row.identifier,
            "submission": row.submission_id,
            "language": row.language or None,
            "state": row.state,
            "problem": row.problem or None,
        }
        for row in page.object_list
    ]
    return as_json.answer(
        {
            **as_json.head_json(visit),
            **as_json.page_json(visit, "waiting", listed, len(chosen), page.number, PER_PAGE),
        }
    )


def _shown(
    visit: Visit, rows: Sequence[reading.Waiting], readers: Mapping[str, Sequence[str]]
) -> list[Shown]:
    names = [row.identifier for row in rows]
    passages = visit.bulk.passages_by_id(names)
    beside = translations_of(visit, passages.values())
    own = reading.own_marks(visit.request.user, visit.run, names)
    return [
        Shown(
            row,
            STATES[row.state],
            passages.get(row.identifier),
            beside.get(row.identifier),
            visit.url("consultation_passage", row.identifier)
            if row.kind == "passage"
            else visit.url("consultation_submission", row.submission_id),
            visit.url("consultation_original", row.identifier) if row.kind == "document" else "",
            readers.get(row.language, ()),
            row.identifier in own,
        )
        for row in rows
    ]


def _named_readers(visit: Visit) -> list[Column]:
    """Officers alone are told the names of colleagues."""
    return [Column("readers", _("People who say that they read it"))] if visit.officer else []


def _summary(visit: Visit, rows: Sequence[reading.Waiting], readers: Mapping[str, Sequence[str]]) -> Table:
    """By language: how many passages stand where, and who says that they read it."""
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        if row.kind == "passage":
            counts.setdefault(row.language, dict.fromkeys(STATES, 0))[row.state] += 1
    columns = (
        Column("language", _("Language")),
        Column("waiting", _("Waiting"), "number"),
        Column("read", _("Read by a person"), "number"),
        Column("translated", _("Translated"), "number"),
        *_named_readers(visit),
    )
    listed: list[dict[str, Any]] = [
        {
            "language": visit.tongue(code) or _("Not recognised"),
            **states,
            "readers": ", ".join(readers.get(code, ())) or _("nobody yet"),
        }
        for code, states in sorted(counts.items())
    ]
    empty = _("Every passage is in a language that the analysis supports.")
    return Table("languages", _("Passages in unsupported languages"), columns, listed, empty=empty)


def _table(visit: Visit, rows: Sequence[reading.Waiting], readers: Mapping[str, Sequence[str]]) -> Table:
    passages = visit.bulk.passages_by_id([row.identifier for row in rows if row.kind == "passage"])
    columns = (
        Column("id", _("Id"), "identifier"),
        Column("submission", _("Submission"), "identifier"),
        Column("language", _("Language code"), "identifier"),
        Column("state", _("State")),
        Column("text", _("Text"), language="language"),
        Column("problem", _("Why it could not be read")),
        *_named_readers(visit),
    )
    listed = [
        {
            "id": row.identifier,
            "submission": row.submission_id,
            "language": row.language or None,
            "state": str(STATES[row.state]),
            "text": passages[row.identifier].text if row.identifier in passages else None,
            "problem": row.problem or None,
            "readers": ", ".join(readers.get(row.language, ())) or None,
        }
        for row in rows
    ]
    return Table("queue", _("Waiting for a person"), columns, listed)
