"""What waits for a translation, and which translations there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from colloquia.consultations.endpoint import Endpoint
from colloquia.consultations.models import Run
from colloquia.consultations.presentation.pages import page_of
from colloquia.consultations.presentation.translating import (
    STATES,
    language_table,
    to_translate,
)
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.coverage import unsupported_languages
from colloquia.consultations.queries.translating import (
    Overview,
    live,
    overview,
    standings,
    target_languages,
    translators_bulk,
)
from colloquia.consultations.views.doors import officers_only, run_of
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link
from colloquia.core.filters import Choice, Filter, FilterBar
from colloquia.core.table_files import download
from colloquia.engines.bulk.translators import LanguageTally, Sought
from colloquia.engines.languages.names import language_name

PER_PAGE = 20
PER_FILE = 500
"""Translations of one page of JSON."""
AT_ONCE = 10
"""Passages on one page of writing; more would be too much for one form."""


def visit_of(request: HttpRequest, slug: str) -> Visit:
    """The run that the address names, or the latest."""
    return Visit(request, run_of(request, slug), get_language() or "en")


def trail(visit: Visit) -> tuple[Link, ...]:
    """The way from the consultation to a page below the list of translations."""
    return (Link(_("Translations"), visit.url("consultation_translations")),)


def into_of(request: HttpRequest, run: Run) -> str:
    """The language into which somebody translates: as the address says, else English."""
    asked = request.POST.get("into", "") or request.GET.get("into", "")
    return asked if asked in target_languages(run) else "en"


@dataclass
class Listing:
    """The list as its address narrows it; what is asked of the bulk is asked once."""

    visit: Visit
    found: Overview = field(init=False)
    tallies: list[LanguageTally] = field(init=False)
    bar: FilterBar = field(init=False)

    def __post_init__(self) -> None:
        run, language = self.visit.run, self.visit.language
        self.found = overview(run)
        self.tallies = translators_bulk(run).tallies(self.found.into())
        self.bar = FilterBar.read(
            self.visit.request.GET,
            (
                Filter("words", _("Words"), "search"),
                Filter(
                    "source",
                    _("Language of the original"),
                    choices=tuple(
                        Choice(item.language, language_name(item.language, language), item.passages)
                        for item in self.tallies
                        if item.language
                    ),
                    any_label=_("All that are not supported"),
                ),
                Filter("state", _("State"), choices=tuple(Choice(*item) for item in STATES.items())),
                Filter(
                    "into",
                    _("Translation into"),
                    choices=tuple(
                        Choice(code, language_name(code, language)) for code in target_languages(run)
                    ),
                    any_label=_("Any language"),
                ),
                Filter("every", _("Also in languages that the analysis supports"), "switch"),
            ),
            keep=("run",),
        )

    def ids(self, limit: int = 0, offset: int = 0) -> tuple[list[str], int]:
        """A page of passage ids, and the number of all."""
        run, bar = self.visit.run, self.bar
        first = unsupported_languages(run)
        source: tuple[str, ...] = (bar.value("source"),) if bar.value("source") else ()
        if not source and not bar.value("every"):
            if not first:
                return [], 0
            source = first
        sought = Sought(source, first, bar.value("state"), bar.value("words"))
        own = self.found.into(bar.value("into"))
        return translators_bulk(run).sought(sought, own, limit=limit, offset=offset)


def chosen(listing: Listing) -> list[str]:
    """The passages that the address chooses: those ticked, or all of the list."""
    query = listing.visit.request.GET
    if query.get("which") == "all":
        return listing.ids()[0]
    named = list(dict.fromkeys(query.getlist("passage")))[:2000]
    known = {item.row.passage_id for item in to_translate(listing.visit, named)} if named else set()
    return [name for name in named if name in known]


@never_cache
@officers_only
@require_safe
def translations(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Passages that wait for a translation, unsupported languages first, and those that have one."""
    visit = visit_of(request, slug)
    listing = Listing(visit)
    table = language_table(visit, listing.tallies, everything=bool(listing.bar.value("every")))
    if (
        file := download(
            request,
            {"languages": lambda: language_table(visit, listing.tallies, everything=True)},
            stem=slug,
        )
    ) is not None:
        return file
    page = page_of(listing.ids, PER_PAGE, request.GET.get("page"))
    endpoint = Endpoint.from_settings("translation")
    first = unsupported_languages(visit.run)
    return show(
        request,
        visit,
        "translations.html",
        name="consultation_translations",
        trail=(Link(_("Translations")),),
        twin=visit.url("consultation_translations_json"),
        page=page,
        items=to_translate(visit, list(page)),
        listing=listing,
        table=table,
        waiting=sum(item.waiting for item in listing.tallies if item.language in first),
        entering=listing.found.entering,
        stale=listing.found.stale,
        into=into_of(request, visit.run),
        targets=named(visit, target_languages(visit.run)),
        service=endpoint,
    )


@never_cache
@officers_only
@require_safe
def translations_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The counts by language, and translations in effect with where they stand; ``next`` leads on."""
    visit = visit_of(request, slug)
    listing = Listing(visit)
    pages = Paginator(live(visit.consultation).values_list("pk", "passage_id"), PER_FILE)
    page = pages.get_page(request.GET.get("page"))
    keys = {key for key, _passage in page}
    found = [item for item in standings(visit.run, {name for _key, name in page}) if item.row.pk in keys]
    here = visit.permanent("consultation_translations_json")
    without_vectors = unsupported_languages(visit.run)
    return JsonResponse(
        {
            "ok": True,
            "run": visit.run.number,
            "languages": [
                {
                    "language": item.language,
                    "supported": item.language not in without_vectors,
                    "passages": item.passages,
                    "waiting": item.waiting if item.language in without_vectors else 0,
                    "translations": dict(item.states),
                    "in_run": item.in_run,
                }
                for item in listing.tallies
            ],
            "translations": [
                {
                    "passage": item.row.passage_id,
                    "language": item.row.language,
                    "kind": item.row.kind,
                    "how": item.row.how,
                    "text": item.row.text,
                    "stale": item.is_stale,
                    "entered_in_run": item.entered or None,
                    "enters_next_run": item.enters,
                    "at": item.row.at.isoformat(),
                }
                for item in found
            ],
            "count": pages.count,
            "next": f"{here}?run={visit.run.number}&page={page.next_page_number()}"
            if page.has_next()
            else None,
        },
        json_dumps_params={"ensure_ascii": False},
    )


def named(visit: Visit, codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, visit.tongue(code)) for code in codes]
