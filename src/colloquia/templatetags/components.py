"""The shared pieces of a page that need more than an include. ``/patterns`` shows every one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from colloquia.core import badges, marking
from colloquia.core.components import Change, Coverage, FunnelRow, Passage
from colloquia.core.engine_words import told
from colloquia.core.filters import FilterBar
from colloquia.core.queries import profile
from colloquia.core.table_cells import header_cells, lines_of
from colloquia.core.table_html import bar_html, row_html, written_html
from colloquia.core.tables import Table
from colloquia.core.written import day_and_time, direction_of, percent_of, showable, with_thousands
from colloquia.engines.languages.names import language_name

register = template.Library()

register.filter("shown", showable)
register.filter("direction", direction_of)
register.filter("number", with_thousands)
register.filter("percent", percent_of)
register.filter("moment", day_and_time)


@register.simple_tag
def written(language: str = "") -> SafeString:
    """The attributes ``lang`` and ``dir`` of text in a language; ``dir="auto"`` where it is not known."""
    return SafeString(written_html(language))


@register.simple_tag(takes_context=True)
def territory(context: template.Context, code: str) -> SafeString:
    """The name of a country, area or organisation in the language of the page. One query a page."""
    request: Any = context.get("request")
    names = getattr(request, "naming_profile", None) or profile()
    if request is not None:
        request.naming_profile = names
    return format_html("<bdi>{}</bdi>", names.name(code, get_language() or "en"))


@register.simple_tag
def engine_words(text: str) -> SafeString:
    """What an engine said of something that it could not use, in the reader's language where it is known."""
    words, language = told(text)
    return format_html("<bdi{}>{}</bdi>", SafeString(written_html(language)), showable(words))


@register.simple_tag(name="language_name")
def name_of_language(code: str) -> str:
    """The name of a language in the language of the page."""
    return language_name(code, get_language() or "en")


@register.simple_tag
def time_left(seconds: int) -> str:
    """About how long work may still take, in words."""
    if seconds < 60:
        return _("less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 90:
        text = ngettext("about %(n)d minute left", "about %(n)d minutes left", minutes)
        return text % {"n": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(n)d hour left", "about %(n)d hours left", hours) % {"n": hours}


@register.simple_tag
def bar(share: float | None) -> SafeString:
    """A quiet bar for a share in [0, 1], for what is not a table."""
    return SafeString(bar_html(share))


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, url: str, label: str, *others: str) -> SafeString:
    """A link of the main navigation, marked where the page stands under it or under ``others``."""
    path = getattr(context.get("request"), "path", "")
    if not path.startswith((url, *others)):
        return format_html('<a href="{}">{}</a>', url, label)
    return format_html('<a href="{}" aria-current="{}">{}</a>', url, "page" if path == url else "true", label)


@register.inclusion_tag("components/badge.html")
def badge(kind: str, label: str = "") -> dict[str, Any]:
    """A badge of a known kind (``core/badges.py``); ``label`` replaces its words, never its meaning."""
    return {"badge": badges.BADGES[kind], "label": label or badges.BADGES[kind].label}


@register.inclusion_tag("components/table.html", takes_context=True)
def table(
    context: template.Context, table: Table, *, stacked: bool = False, downloads: bool = True
) -> dict[str, Any]:
    """A table with caption, base and files. ``stacked`` turns rows to cards on a phone, for few columns."""
    columns = [column for column in table.columns if column.shown]
    request = context.get("request")
    lines = [row_html(cells, stacked=stacked) for cells in lines_of(table)]
    return {
        "table": table,
        "heads": header_cells(columns),
        "lines": lines,
        "stacked": stacked,
        "files": _files(table, request.GET if request else QueryDict()) if downloads and lines else (),
    }


def _files(table: Table, query: QueryDict) -> list[tuple[str, str]]:
    kept = query.copy()
    for name in ("page", "table", "format"):
        kept.pop(name, None)
    kept["table"] = table.name
    addresses = []
    for name in ("csv", "xlsx", "json"):
        kept["format"] = name
        addresses.append((name.upper(), f"?{kept.urlencode()}"))
    return addresses


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], *, name: str = "page") -> dict[str, Any]:
    """Links to the pages of a list, with the rest of the address; nothing where there is one page."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        (number, address(number) if isinstance(number, int) else "")
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "numbers": numbers,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("components/filter_bar.html")
def filter_bar(bar: FilterBar, *, prefix: str = "filter") -> dict[str, Any]:
    """A form of filters that works without a script; what is chosen, each with its removal, below it."""
    return {"bar": bar, "chips": bar.chips, "prefix": prefix}


@register.inclusion_tag("components/funnel.html")
def funnel(rows: Iterable[FunnelRow], caption: str = "", base: str = "") -> dict[str, Any]:
    """Stages with their counts; bars are drawn as parts of the greatest count."""
    rows = list(rows)
    most = max((row.count or 0 for row in rows), default=0)
    return {
        "rows": [(row, row.count / most if most and row.count is not None else None) for row in rows],
        "caption": caption,
        "base": base,
    }


@register.inclusion_tag("components/passage.html")
def passage(passage: Passage, *, heading: str = "") -> dict[str, Any]:
    """A passage with its marked stretches."""
    return {"passage": passage, "pieces": marking.pieces(passage.text, passage.spans), "heading": heading}


@register.inclusion_tag("components/difference.html")
def difference(changes: Sequence[Change], *, language: str = "", legend: bool = True) -> dict[str, Any]:
    """What one text adds to another and leaves out. A page of many has one ``legend``."""
    return {"changes": changes, "language": language, "legend": legend}


@register.inclusion_tag("components/coverage.html")
def coverage(coverage: Coverage) -> dict[str, Any]:
    """How much is done, as a bar with its numbers, and how much is needed."""
    share = coverage.done / coverage.total if coverage.total else None
    return {"coverage": coverage, "share": share, "enough": coverage.done >= (coverage.needed or 0)}


@register.simple_block_tag
def notice(content: str, tone: str = "note", heading: str = "", role: str = "") -> SafeString:
    """A notice: ``note``, ``caution``, ``success`` or ``problem``. ``role`` is ``alert`` or ``status``."""
    if tone not in {"note", "caution", "success", "problem"}:
        raise template.TemplateSyntaxError(f"A notice is note, caution, success or problem, not “{tone}”.")
    return format_html(
        '<div class="notice{}"{}>{}{}</div>',
        "" if tone == "note" else f" {tone}",
        format_html(' role="{}"', role) if role else "",
        format_html('<p class="heading">{}</p>', heading) if heading else "",
        content,
    )


@register.simple_block_tag
def officers(content: str, label: str = "") -> SafeString:
    """What only officers see and do, set apart from what everybody sees."""
    label = label or _("Only officers see this")
    return format_html(
        '<section class="officers" aria-label="{}"><p class="seen">{}</p>{}</section>', label, label, content
    )


@register.simple_tag
def leading_mark() -> SafeString:
    """The arrow that leads on in the direction of the page."""
    return SafeString("←" if get_language_bidi() else "→")
