"""Small pieces of the room's pages: where a wording comes from, and its sources as links."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from colloquia.engines.languages.names import language_name
from colloquia.issues.models.papers import in_reader_language
from colloquia.issues.presentation.sentences import about_wording, source_words
from colloquia.issues.records import Held, QuestionIn

register = template.Library()


@register.inclusion_tag("issues/grade.html")
def grade(held: Held | None, *, short: bool = False) -> dict[str, Any]:
    """The badge of a wording and, unless short, the sentences on where it comes from."""
    return {"held": held, "short": short, "sentences": about_wording(held) if held and not short else ()}


@register.simple_tag
def source(text: str) -> SafeString:
    """A source: a link where it is an address, words elsewhere."""
    if text.startswith(("https://", "http://")):
        return format_html(
            '<a class="source" href="{}" rel="noreferrer nofollow"><bdi dir="ltr">{}</bdi></a>',
            text,
            source_words(text),
        )
    return format_html('<bdi class="source">{}</bdi>', source_words(text))


@register.simple_tag
def name_of(code: str) -> str:
    """The name of a language in the language of the page."""
    return language_name(code, get_language() or "en")


@register.simple_tag
def text_of(texts: dict[str, str], fallback: str) -> SafeString:
    """A text kept by language: in the reader's language, else in another one, marked as such."""
    text, language = in_reader_language(texts, fallback)
    return format_html('<span lang="{}">{}</span>', language, text)


@register.simple_tag
def url_of(identifier: str) -> str:
    """The address of an issue or a question by its id."""
    return reverse("question" if ".q" in identifier else "issue", args=[identifier])


@register.simple_tag
def number_of(numbers: dict[int, str], each: QuestionIn) -> str:
    """The number of the issue in the version of a question, else the issue's id."""
    return numbers.get(each.version.pk) or each.issue_id
