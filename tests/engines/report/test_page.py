"""The HTML report: whole, linked, self-contained, and proof against what was received."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter

import pytest
from lxml import etree
from lxml import html as lxml_html

from colloquia.engines.report import Limits, Options, content_security_policy, html, write_html
from colloquia.engines.results import Quote
from tests.engines.report.builder import TestNames, consultation, empty, without_paper
from tests.engines.report.hostile import HostileNames
from tests.engines.report.hostile import analysis as hostile_analysis

VARIANTS = {"full": consultation, "empty": empty, "without paper": without_paper, "hostile": hostile_analysis}


def options(language: str = "en", **values) -> Options:
    return Options(
        made_on="2026-11-22", version="0.1", language=language, names=TestNames(), run="run-7", **values
    )


def tree(analysis, language: str = "en", **values):
    return lxml_html.document_fromstring(html(analysis, options(language, **values)))


def text_of(node) -> str:
    return " ".join(node.text_content().split())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_link_leads_to_a_place_and_every_place_has_one_name(variant, language):
    page = tree(VARIANTS[variant](), language)
    names = Counter(page.xpath("//@id"))
    assert [name for name, count in names.items() if count > 1] == []
    assert [link for link in page.xpath("//a/@href") if link[:1] != "#" or link[1:] not in names] == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_file_has_one_style_no_script_and_nothing_from_elsewhere(variant, language):
    source = html(VARIANTS[variant](), options(language))
    page = lxml_html.document_fromstring(source)
    assert len(page.xpath("//style")) == 1
    forbidden = "//script|//img|//iframe|//link|//form|//object|//embed|//base|//i|//b"
    assert page.xpath(forbidden) == []
    attributes = {str(one) for node in page.iter(etree.Element) for one in node.attrib}
    assert {
        one for one in attributes if one.startswith("on") or one in {"style", "src", "srcset", "action"}
    } == set()


def test_the_policy_names_the_style_that_is_in_the_file():
    page = tree(consultation())
    digest = base64.b64encode(hashlib.sha256(page.xpath("//style")[0].text.encode()).digest()).decode()
    assert content_security_policy() == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [content_security_policy()]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_text_in_every_field_stays_text(language):
    analysis = hostile_analysis()
    source = html(
        analysis, Options(made_on="2026-11-22", version="0.1", language=language, names=HostileNames())
    )
    page = lxml_html.document_fromstring(source)
    assert page.xpath("//script|//img|//i|//b") == []
    assert "\u202e" not in source
    assert "\x00" not in source
    assert 'alert("x")' in page.text_content()
    assert "{{7*7}}" in page.text_content()
    source.encode("utf-8")


def test_the_language_and_direction_of_page_and_passages_are_right():
    page = tree(consultation(), "ar")
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    ways = {(one.get("lang"), one.get("dir")) for one in page.xpath("//section[@id='evidence']//blockquote")}
    assert {("ar", "rtl"), ("zh", "ltr"), ("fr", "ltr")} <= ways


def test_every_line_of_the_brief_ends_in_a_link():
    for variant in VARIANTS.values():
        for line in tree(variant()).xpath("//section[@id='brief']/p"):
            assert line.xpath("./span/a") != [], text_of(line)
            assert text_of(line).endswith("]")


def test_the_brief_says_what_was_received():
    lines = [text_of(one) for one in tree(consultation()).xpath("//section[@id='brief']/p/span")]
    assert lines[0] == (
        "61 submissions were received. Analysed: 58. Distinct messages, counting a shared text once: 49. "
        "[what was received]"
    )
    assert lines[1] == (
        "3 submissions are in none of the themes and must be read by a person: no readable text 1, "
        "unsupported language 2. [to be read by a person]"
    )


def test_quotations_are_the_stored_words_and_lead_to_file_page_offsets_and_hash():
    analysis = consultation()
    page = tree(analysis)
    passages = {one.passage_id: one for one in analysis.passages}
    documents = {one.document_id: one for each in analysis.submissions for one in each.documents}
    figures = page.xpath("//section[@id='themes']//figure[@class='quote']")
    assert len(figures) > 100
    for figure in figures:
        name = figure.xpath("./figcaption/a[1]")[0].text_content()
        assert figure.xpath("./blockquote")[0].text_content() in passages[name].text
        entry = page.get_element_by_id(f"e-{name}").getnext()
        passage, caption = passages[name], text_of(entry.xpath("./figcaption")[0])
        assert entry.xpath("./blockquote")[0].text_content() == passage.text
        assert f"characters {passage.start}–{passage.end}" in caption
        assert documents[passage.document_id].sha256 in caption


def test_a_quotation_that_is_not_in_the_stored_text_is_withheld_and_reported():
    analysis = consultation()
    real = analysis.quotes[0]
    analysis.quotes[0] = Quote(
        "false", real.theme_id, real.question_id, real.passage_id, 0, 12, "invented one"
    )
    page = tree(analysis)
    assert "invented one" not in page.text_content()
    table = page.get_element_by_id("problem-withheld_20_quotation").getnext()
    assert "The quotation is not in the stored text at its place, so it is not shown." in text_of(table)


def test_a_passage_that_is_not_in_its_document_is_not_quoted():
    analysis = consultation()
    for submission in analysis.submissions:
        for document in submission.documents:
            document.text = "x" + document.text
    assert tree(analysis).xpath("//figure[@class='quote']") == []


def test_members_of_similar_groups_are_not_named():
    page = tree(consultation())
    start = page.get_element_by_id("shared-similar")
    similar = " ".join(text_of(one) for one in start.itersiblings())
    assert "As a teacher of 1 years, I add my own view (similar)." in similar
    assert re.findall(r"S-2026-\d+", similar) == []
    assert "S-2026-00001" in text_of(page.get_element_by_id("shared"))


def test_small_themes_are_kept_in_the_table_and_folded_below_it():
    analysis = consultation(themes_per_question=9)
    page = tree(analysis)
    listed = page.xpath("//section[@id='themes']//tr[starts-with(@id,'t-')]/@id")
    assert len(listed) == len(analysis.themes) == 45
    assert len(page.xpath("//section[@id='themes']//details")) == 5


def test_every_breakdown_shows_its_base_and_its_missing_part():
    page = tree(consultation())
    tables = page.xpath("//section[@id='breakdowns']//table")
    assert len(tables) == 17
    for table in tables:
        assert "Base: " in text_of(table.xpath("./caption")[0])
        assert len(table.xpath(".//tr[starts-with(@class,'missing')]")) == 1


def test_countries_stand_in_order_of_name_whatever_their_counts():
    table = tree(consultation()).get_element_by_id("by-country").getnext().getnext()
    names = [text_of(one) for one in table.xpath(".//tbody//th")]
    assert names == [
        "China",
        "Egypt",
        "France",
        "Japan",
        "Kenya",
        "Mexico",
        "Russian Federation",
        "Not stated",
    ]


def test_what_waits_for_a_person_is_listed():
    waiting = tree(consultation()).get_element_by_id("waiting").getnext()
    assert [text_of(one) for one in waiting.xpath(".//tbody//th//code")] == [
        "S-2026-99999",
        "S-2026-00029",
        "S-2026-00058",
    ]


def test_more_than_the_limits_is_counted_and_named():
    limits = Limits(quotes=5, themes=5, waiting=1, rows=2, unique_texts=1)
    text = " ".join(tree(consultation(), limits=limits).text_content().split())
    assert "2 more in tables.xlsx and submissions.parquet." in text
    assert "more quotations are in tables.xlsx and quotes.parquet." in text
    assert "5 more rows in tables.xlsx." in text
    assert "1 more in tables.xlsx and group_members.parquet." in text


def test_a_docket_without_paper_shows_one_set_of_themes():
    page = tree(without_paper())
    assert len(page.xpath("//h3[@id='themes-all']")) == 1
    assert "The analysis was made without a paper" in page.text_content()


def test_write_html_writes_utf8_that_is_the_same_each_time(tmp_path):
    for name in ("first.html", "second.html"):
        write_html(consultation(), tmp_path / name, options())
    assert (tmp_path / "first.html").read_bytes() == (tmp_path / "second.html").read_bytes()
    assert (tmp_path / "first.html").read_text(encoding="utf-8") == html(consultation(), options())
