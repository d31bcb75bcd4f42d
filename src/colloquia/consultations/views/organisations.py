"""The organisations of a run, for everybody: the list, and one with its names and submissions."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from colloquia.consultations.models.organisations import OrganisationVerdict
from colloquia.consultations.presentation import as_json
from colloquia.consultations.presentation.organisations import (
    decision_lines,
    organisation_json,
    organisation_table,
    shape,
    summary,
    written_lines,
)
from colloquia.consultations.presentation.pages import page_of
from colloquia.consultations.presentation.tables import submission_table
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.organisations import (
    decisions_made,
    listed_organisations,
    open_proposals,
    organisation_at,
    organisations_meant,
    were_proposals_looked_for,
)
from colloquia.consultations.queries.state import settlement_of
from colloquia.consultations.views.finding import NothingHere, page, twin
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link
from colloquia.core.filters import Filter, FilterBar
from colloquia.core.table_files import download
from colloquia.core.written import with_thousands
from colloquia.engines.bulk import Filters, SubmissionRow
from colloquia.engines.bulk.organisations import OrganisationRow

PER_PAGE = 50
_AT_ONCE = 5_000


def found_organisation(visit: Visit, written_key: str) -> OrganisationRow:
    """The organisation to which a name as written belongs. Raises NothingHere."""
    row = organisation_at(visit.run, written_key)
    if row is None:
        raise NothingHere(
            _("Run %(number)s has no organisation at this address. Choose one from the list.")
            % {"number": visit.run.number}
        )
    return row


def search_bar(visit: Visit) -> FilterBar:
    """The search of the list."""
    words = Filter("name", _("Name"), "search", help=_("Any part of a name, as it was written."))
    return FilterBar.read(visit.request.GET, (words,), keep=("run",))


def _every(visit: Visit, search: str) -> Iterator[OrganisationRow]:
    offset = 0
    while rows := listed_organisations(visit.run, search=search, limit=_AT_ONCE, offset=offset)[0]:
        yield from rows
        offset += len(rows)


@page
def organisations(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Organisations by submissions, each with its names; officers choose some of them to merge."""
    bar = search_bar(visit)
    search = bar.value("name")
    counts = summary(visit)
    base = _base(visit, counts.counts.submissions)

    def read(limit: int, offset: int) -> tuple[list[OrganisationRow], int]:
        return listed_organisations(visit.run, search=search, limit=limit, offset=offset)

    tables = {"organisations": lambda: organisation_table(visit, _every(visit, search), base, 0)}
    if (file := download(request, tables, stem=visit.slug)) is not None:
        return file
    pages = page_of(read, PER_PAGE, request.GET.get("page"))
    total = pages.paginator.count
    waiting = None
    if visit.officer and were_proposals_looked_for(visit.run):
        waiting = sum(open_proposals(visit.run).counts().values())
    return show(
        request,
        visit,
        "organisations.html",
        name="consultation_organisations",
        tab="consultation_organisations",
        trail=(Link(_("Organisations")),),
        bar=bar,
        page=pages,
        table=organisation_table(visit, pages.object_list, base, total),
        listed=[shape(visit, row) for row in pages.object_list],
        total=total,
        counts=counts,
        waiting=waiting,
        tasks=visit.officer,
    )


def _base(visit: Visit, named: int) -> str:
    values = {
        "named": with_thousands(named),
        "received": with_thousands(int(visit.run.funnel.get("received", 0))),
    }
    return _("%(named)s of %(received)s submissions name an organisation.") % values


@twin
def organisations_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The same as JSON, a page at a time."""
    search = search_bar(visit).value("name")

    def read(limit: int, offset: int) -> tuple[list[OrganisationRow], int]:
        return listed_organisations(visit.run, search=search, limit=limit, offset=offset)

    pages = page_of(read, PER_PAGE, request.GET.get("page"))
    counts = summary(visit)
    listed = [organisation_json(visit, row) for row in pages.object_list]
    return as_json.answer(
        {
            **as_json.head_json(visit),
            "received": counts.received,
            "naming_an_organisation": counts.counts.submissions,
            "names_as_written": counts.counts.names,
            "joined_by_machine_to": counts.counts.bodies,
            "organisations_in_effect": counts.counts.organisations,
            "decisions_of_officers": counts.decisions,
            **as_json.page_json(
                visit, "organisations", listed, pages.paginator.count, pages.number, PER_PAGE
            ),
        }
    )


@page
def organisation(request: HttpRequest, visit: Visit, written_key: str) -> HttpResponseBase:
    """One organisation: its names, what joined them, and its submissions."""
    row = found_organisation(visit, written_key)

    def read(limit: int, offset: int) -> tuple[list[SubmissionRow], int]:
        filters = Filters(organisations=(row.key,))
        return visit.bulk.submissions(filters=filters, order="received", limit=limit, offset=offset)

    tables = {"submissions": lambda: submission_table(visit, read(0, 0)[0], row.submissions, whole=True)}
    if (file := download(request, tables, stem=f"{visit.slug}-{row.written_key}")) is not None:
        return file
    pages = page_of(read, PER_PAGE, request.GET.get("page"))
    settlement = settlement_of(visit.run)
    # By its name where no other body has that name, so that the filter can be read.
    asked = row.name if organisations_meant(visit.run, row.name) == (row.key,) else row.written_key
    meant = {
        one.number
        for one in settlement.touching([row.key], settlement.decisions)
        if visit.officer or one.verdict in (OrganisationVerdict.SAME.value, OrganisationVerdict.SPLIT.value)
    }
    rows = [made for made in decisions_made(visit.run) if made.number in meant]
    return show(
        request,
        visit,
        "organisation.html",
        name="consultation_organisation",
        arguments=(row.written_key,),
        tab="consultation_organisations",
        trail=(Link(_("Organisations"), visit.url("consultation_organisations")), Link(row.name)),
        organisation=shape(visit, row),
        submissions_url=visit.url("consultation_submissions", organisation=asked),
        names=written_lines(visit, row),
        decisions=decision_lines(visit, rows),
        page=pages,
        table=submission_table(visit, pages.object_list, pages.paginator.count),
    )


@twin
def organisation_twin(request: HttpRequest, visit: Visit, written_key: str) -> HttpResponseBase:
    """The same as JSON, with one page of its submissions."""
    row = found_organisation(visit, written_key)

    def read(limit: int, offset: int) -> tuple[list[SubmissionRow], int]:
        filters = Filters(organisations=(row.key,))
        return visit.bulk.submissions(filters=filters, order="received", limit=limit, offset=offset)

    pages = page_of(read, PER_PAGE, request.GET.get("page"))
    names = [
        {
            "name": line.row.name,
            "territory": line.row.country or None,
            "submissions": line.row.submissions,
            "joined_by": "officers" if line.row.body != row.key else "machine",
        }
        for line in written_lines(visit, row)
    ]
    listed = [as_json.submission_json(visit, item) for item in pages.object_list]
    return as_json.answer(
        {
            **as_json.head_json(visit),
            "organisation": organisation_json(visit, row) | {"written": names},
            **as_json.page_json(visit, "submissions", listed, pages.paginator.count, pages.number, PER_PAGE),
        }
    )
