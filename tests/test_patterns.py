"""The shared pieces of a page, rendered from their records; and the page that shows them all."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.test import Client, RequestFactory
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import override

from colloquia.context import kept_parameters
from colloquia.core import marking
from colloquia.core.badges import BADGES
from colloquia.core.components import Fact, FunnelRow, Passage, Quote, Span
from colloquia.core.filters import Choice, Filter, FilterBar
from colloquia.core.nothing import Nothing, every_kind
from colloquia.core.tables import Column, Table
from colloquia.core.written import day_and_time, direction_of, percent_of, with_thousands
from colloquia.pattern_samples import PATTERNS

DAY = datetime.date(2026, 11, 20)
HOSTILE = "<b>bold</b>\u202egnorw"


def render(use: str, address: str = "/list/", **context: Any) -> str:
    template = engines["django"].from_string(f"{{% load i18n components %}}{use}")
    html: SafeString = template.render(context, RequestFactory().get(address))
    return str(html)


def table(**changes: Any) -> Table:
    values: dict[str, Any] = {
        "name": "themes",
        "caption": "Themes",
        "columns": (
            Column("label", "Theme", link="url", language="code", note="remark"),
            Column("count", "Count", "number", bar="part"),
            Column("share", "Share", "share"),
            Column("id", "Id", "identifier"),
            Column("inner", "Inner", shown=False),
        ),
        "rows": [
            {
                "label": HOSTILE, "url": "/t/1/", "code": "ar", "remark": "by e-mail", "count": 1284,
                "part": 0.5, "share": 0.004, "id": "T1", "inner": "seen nowhere",
            }
        ],
        "base": "Of 1,284 received",
    }  # fmt: skip
    return Table(**(values | changes))


def test_table_shows_each_cell_in_its_kind_language_and_direction() -> None:
    page = render("{% table table %}", table=table())
    assert (
        '<th scope="row"><a href="/t/1/">'
        '<bdi lang="ar" dir="rtl">&lt;b&gt;bold&lt;/b&gt;\ufffdgnorw</bdi></a>'
        '<span class="note"><bdi>by e-mail</bdi></span></th>'
    ) in page
    assert re.search(
        r'<td class="number">1,284<svg class="bar".*<rect width="50" height="6"/></svg></td>', page
    )
    assert '<td class="number">&lt;1%</td>' in page
    assert '<td class="identifier"><bdi dir="ltr">T1</bdi></td>' in page
    assert '<span class="base">Of 1,284 received</span>' in page
    assert "seen nowhere" not in page


def test_table_leads_to_its_files_under_the_filters_in_force() -> None:
    page = render("{% table table %}", "/list/?group=state&page=3&group=person", table=table())
    assert 'href="?group=state&amp;group=person&amp;table=themes&amp;format=xlsx"' in page
    assert 'aria-label="Themes, as XLSX"' in page
    assert "downloads" not in render("{% table table downloads=False %}", table=table())


def test_table_without_rows_says_which_kind_of_nothing() -> None:
    page = render("{% table table %}", table=table(rows=(), empty=str(Nothing("none_received", DAY))))
    assert "None received by 20 November 2026." in page
    assert ("<table" in page, "downloads" in page) == (False, False)


def test_stacked_table_stays_a_table_for_assistive_programs() -> None:
    page = render("{% table table stacked=True %}", table=table())
    for role in ("table", "rowgroup", "row", "columnheader", "rowheader", "cell"):
        assert f'role="{role}"' in page
    assert 'data-label="Count"' in page


def test_table_cells_without_a_value() -> None:
    rows = [{"label": None, "count": None, "share": Nothing("not_asked"), "id": None}]
    page = render("{% table table %}", table=table(rows=rows))
    assert (
        '<th scope="row"></th><td class="number"></td><td><span class="quiet">Not asked.</span></td>'
        in re.sub(r"\n", "", page)
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:x", "java\nscript:x", "data:text/html,x"]
)
def test_table_leads_nowhere_that_would_run_something(url: str) -> None:
    row = {"label": "Guild", "url": url}
    assert "href" not in render("{% table table downloads=False %}", table=table(rows=[row]))


@pytest.mark.parametrize("url", ["/t/IP-08:2/", "?a=b:c", "#a:b", "https://a.example/", "mailto:a@b.example"])
def test_table_leads_where_its_rows_say(url: str) -> None:
    assert f'href="{url}"' in render("{% table table downloads=False %}", table=table(rows=[{"url": url}]))


def test_pagination_keeps_the_address() -> None:
    page = render("{% pagination page %}", "/list/?q=a%26b&page=2", page=Paginator(range(500), 50).page(2))
    assert 'href="?q=a%26b&amp;page=3"' in page
    assert "51 to 100 of 500" in page
    assert page.count("aria-current") == 1
    assert render("{% pagination page %}", page=Paginator(range(5), 50).page(1)).strip() == ""


FILTERS = (
    Filter("q", "Words", "search"),
    Filter("group", "Group", "checkboxes", (Choice("state", "State"), Choice("person", "Person"))),
    Filter("language", "Language", choices=(Choice("fr", "français", 3, "fr"),)),
    Filter("since", "Since", "date"),
    Filter("own", "Without shared text", "switch"),
)


def bar(query: str) -> FilterBar:
    return FilterBar.read(QueryDict(query), FILTERS, keep=("order",))


def test_filters_read_what_they_offer_and_nothing_else() -> None:
    read = bar(
        "q=+open++register&group=person&group=state&group=spy&language=xx&since=2026-13-01&own=2&other=1"
    )
    assert read.chosen == {"q": ("open register",), "group": ("state", "person")}
    assert (read.value("q"), read.value("language"), read.values("group")) == (
        "open register", "", ("state", "person"),
    )  # fmt: skip


def test_each_filter_in_force_can_be_removed_alone() -> None:
    read = bar("group=state&group=person&language=fr&since=2026-11-20&own=1&order=name")
    assert [(chip.sentence, chip.url) for chip in read.chips] == [
        ("Group: State", "?group=person&language=fr&since=2026-11-20&own=1&order=name"),
        ("Group: Person", "?group=state&language=fr&since=2026-11-20&own=1&order=name"),
        ("Language: français", "?group=state&group=person&since=2026-11-20&own=1&order=name"),
        ("Since: 20 November 2026", "?group=state&group=person&language=fr&own=1&order=name"),
        ("Without shared text", "?group=state&group=person&language=fr&since=2026-11-20&order=name"),
    ]
    assert read.cleared == "?order=name"


def test_filter_bar_shows_what_is_chosen() -> None:
    page = render("{% filter_bar bar %}", bar=bar(f"q={HOSTILE[:7]}&group=state&language=fr&order=name"))
    assert 'value="&lt;b&gt;bold"' in page
    assert '<input type="checkbox" name="group" value="state" checked>' in page
    assert '<option value="fr" selected lang="fr" dir="ltr">français (3)</option>' in page
    assert '<input type="hidden" name="order" value="name">' in page
    assert 'aria-label="Remove the filter Language: français"' in page


def test_language_in_the_address_stays_in_it() -> None:
    assert bar("own=1&lang=ar").cleared == "?lang=ar"
    assert '<input type="hidden" name="lang" value="ar">' in render(
        "{% filter_bar bar %}", bar=bar("lang=ar")
    )


def test_very_long_search_is_cut() -> None:
    assert len(bar(f"q={'x' * 5000}").value("q")) == 200


@pytest.mark.parametrize("kind", sorted(BADGES))
def test_badge_says_what_it_means(kind: str) -> None:
    page = render("{% badge kind %}", kind=kind)
    assert f">{BADGES[kind].label}</span>" in page
    assert f'title="{BADGES[kind].meaning}"' in page


@pytest.mark.parametrize("kind", every_kind())
def test_every_kind_of_nothing_is_a_sentence_of_its_own(kind: Any) -> None:
    sentences = {str(Nothing(other)) for other in every_kind()} | {
        str(Nothing(other, DAY)) for other in every_kind()
    }
    assert len(sentences) == 2 * len(every_kind())
    assert str(Nothing(kind)) in render(
        '{% include "components/nothing.html" with nothing=nothing %}', nothing=Nothing(kind)
    )
    assert "20 November 2026" in str(Nothing(kind, DAY))


def test_funnel_draws_parts_of_the_greatest_count() -> None:
    rows = [
        FunnelRow("Received", 200),
        FunnelRow("Read", 50),
        FunnelRow("Lost", None, nothing=Nothing("not_recorded")),
    ]
    page = render("{% funnel rows %}", rows=rows)
    assert re.findall(r'<rect width="([\d.]+)" height', page) == ["100", "25"]
    assert '<td class="absent quiet">Not recorded.</td>' in page
    assert "style=" not in page


def test_quote_stands_beside_its_translation() -> None:
    quote = Quote(HOSTILE, "ar", "S-2026-00417.p12", "/p/12", "Guild", "/s/417", "In English", "en")
    page = render('{% include "components/quote.html" with quote=quote %}', quote=quote)
    assert '<blockquote lang="ar" dir="rtl"><p>&lt;b&gt;bold&lt;/b&gt;\ufffdgnorw</p></blockquote>' in page
    assert '<blockquote lang="en" dir="ltr"><p>In English</p></blockquote>' in page
    assert "Machine translation" in page
    assert '<a class="permanent" href="/p/12"><bdi dir="ltr">S-2026-00417.p12</bdi></a>' in page


def test_quote_that_leads_nowhere_is_plain_and_one_that_is_gone_is_a_line() -> None:
    template = '{% include "components/quote.html" with quote=quote %}'
    page = render(template, quote=Quote("Words", "en", "S-2026-00417.p12", source="Guild"))
    assert '<bdi class="permanent" dir="ltr">S-2026-00417.p12</bdi>' in page
    assert "<a " not in page
    gone = render(template, quote=Quote("", "", instead=HOSTILE))
    assert gone.strip() == f'<p class="nothing">{escape(HOSTILE)}</p>'


def test_passage_marks_its_stretches_and_keeps_every_character() -> None:
    text = "One two three"
    spans = (Span(0, 7, "first"), Span(4, 13, "second", "/t/2"), Span(5, 5), Span(-3, 2), Span(90, 99))
    pieces = marking.pieces(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    assert [
        (piece.text, [span.label for span in piece.spans]) for piece in pieces if "two" in piece.text
    ] == [("two", ["first", "second"])]
    page = render("{% passage passage %}", passage=Passage("S-1.p1", text, "en", spans=spans))
    assert '<mark title="first">two</mark><mark title="second"><a href="/t/2"> three</a></mark></p>' in page


def test_fact_without_a_value_says_why() -> None:
    page = render(
        '{% include "components/facts.html" with facts=facts %}',
        facts=[Fact("Pages", 0), Fact("Position", nothing=Nothing("stated_none")), Fact("Name", HOSTILE)],
    )
    assert "<dd><bdi>0</bdi></dd>" in page
    assert "Stated that there is none." in page
    assert "<b>" not in page


def test_notice_of_an_unknown_tone_is_refused() -> None:
    from django.template import TemplateSyntaxError

    with pytest.raises(TemplateSyntaxError, match="not “loud”"):
        render('{% notice "loud" %}x{% endnotice %}')


def test_officers_block_says_what_it_is() -> None:
    page = render("{% officers %}<p>{{ words }}</p>{% endofficers %}", words=HOSTILE)
    assert '<p class="seen">Only officers see this</p><p>&lt;b&gt;' in page


@pytest.mark.parametrize(
    ("code", "direction"),
    [("ar", "rtl"), ("fa-IR", "rtl"), ("ku-arab", "rtl"), ("ku", "ltr"), ("zh-hans", "ltr"), ("", "auto")],
)
def test_direction_of_a_language(code: str, direction: str) -> None:
    assert direction_of(code) == direction


def test_numbers_keep_their_signs_in_both_directions() -> None:
    assert [with_thousands(1284), with_thousands(-5), with_thousands(None), with_thousands(0.834, 2)] == [
        "1,284", "−5", "", "0.83",
    ]  # fmt: skip
    assert [percent_of(share) for share in (0, 0.004, 0.5, 0.996, 1, None)] == [
        "0%", "<1%", "50%", ">99%", "100%", "",
    ]  # fmt: skip
    with override("ar"):
        assert [with_thousands(-5), percent_of(0.004)] == ["\u200e−5", "\u200e<1%"]


def test_moments_are_written_by_day_and_with_their_zone() -> None:
    moment = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
    assert (day_and_time(DAY), day_and_time(moment), day_and_time(None)) == (
        "20 November 2026", "20 November 2026, 09:30 UTC", "",
    )  # fmt: skip


def test_links_to_other_languages_keep_filters_and_drop_the_rest() -> None:
    query = QueryDict(f"page=2&group=a&group=b&q={'x' * 201}&lang=fr&table=t&format=csv&%3Cb%3E=1&X=1")
    assert kept_parameters(query) == [("page", "2"), ("group", "a"), ("group", "b")]
    assert len(kept_parameters(QueryDict("&".join(f"a=1{n}" for n in range(99))))) == 20


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ar"])
def test_patterns_show_every_piece_in_both_directions(client: Client, language: str) -> None:
    response = client.get(f"/patterns?lang={language}")
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex")
    page = response.content.decode()
    for pattern in PATTERNS:
        assert f'<section id="{pattern.name}"' in page
    assert page.count('<div class="sample" lang="en" dir="ltr"') == len(PATTERNS)
    assert page.count('<div class="sample" lang="ar" dir="rtl"') == len(PATTERNS)
    assert re.findall(r"\sstyle=|<script|\son[a-z]+=", page) == []
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_every_template_of_the_components_is_shown() -> None:
    """What ``/patterns`` does not show would go unlooked-at; the others are parts of those it shows."""
    from pathlib import Path

    import colloquia

    folder = Path(colloquia.__file__).parent / "templates" / "components"
    parts = {"badges", "confirm_page", "difference_legend", "errors", "field", "moment", "no_such_table"}
    shown = {pattern.name for pattern in PATTERNS}
    assert {path.stem for path in folder.glob("*.html")} - parts - shown == set()


@pytest.mark.django_db
def test_page_that_asks_first_has_one_heading_and_a_token(rf: RequestFactory) -> None:
    from django.contrib.auth.models import AnonymousUser
    from django.shortcuts import render as render_page

    request = rf.get("/themes/7/delete/")
    request.user = AnonymousUser()
    context = {
        "question": "Delete theme 7?",
        "button": "Delete",
        "cancel_url": "/themes/7/",
        "fields": {"theme": "7"},
    }
    page = render_page(request, "components/confirm_page.html", context).content.decode()
    assert (page.count("<h1>"), page.count("csrfmiddlewaretoken")) == (1, 1)
    assert "<title>Delete theme 7? · Colloquia</title>" in page
    assert '<input type="hidden" name="theme" value="7">' in page
    assert '<a class="button plain" href="/themes/7/">Cancel</a>' in page


@pytest.mark.django_db
def test_robots_are_told_what_to_leave_alone(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *", "Disallow: /admin/", "Disallow: /accounts/", "Disallow: /patterns",
        "Disallow: /*?table=", "Disallow: /*&table=",
    ]  # fmt: skip


@pytest.mark.django_db
def test_old_name_of_the_icon_leads_to_it(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/colloquia/icon.svg")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/patterns", "/robots.txt", "/favicon.ico"])
def test_what_is_only_read_cannot_be_written_to(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
