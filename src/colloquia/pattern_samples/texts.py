"""Samples of received text: quotes, passages, differences, themes."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from colloquia.core.badges import BADGES
from colloquia.core.components import Change, Choosable, Link, Passage, Quote, Span, ThemeCard
from colloquia.core.nothing import Nothing, every_kind
from colloquia.pattern_samples.pattern import Pattern, said

ENGLISH = (
    "A creator who has withdrawn a work should be able to learn whether it was used before the withdrawal."
)
ARABIC = "ينبغي أن يتمكن المبدع الذي سحب مصنفه من معرفة ما إذا كان المصنف قد استُخدم قبل سحبه."
FRENCH = "Un registre ouvert vaut mieux qu’une promesse : qu’on puisse y lire ce qui a servi, et quand."
ENGLISH_OF_FRENCH = "An open register is worth more than a promise: let it say what was used, and when."
ARABIC_OF_FRENCH = "السجل المفتوح خير من الوعد: فليُذكر فيه ما استُخدم ومتى استُخدم."
DAY = datetime.date(2026, 11, 20)


def _own(language: str) -> str:
    return said(language, ENGLISH, ARABIC)


def _quotes(language: str) -> list[dict[str, Any]]:
    source = said(language, "Guild of the Paper Lantern", "نقابة الفانوس الورقي")
    translated = Quote(
        FRENCH,
        "fr",
        f"S-2026-00417.p12-{language}",
        "#quote",
        source,
        "#quote",
        said(language, ENGLISH_OF_FRENCH, ARABIC_OF_FRENCH),
        language,
        badges=("shared",),
    )
    turned = Quote(
        said(language, ARABIC, ENGLISH),
        said(language, "ar", "en"),
        f"S-2026-00031.p3-{language}",
        "#quote",
        said(language, "Reading Rooms of the Upper Valley", "قاعات القراءة في الوادي الأعلى"),
        "",
        said(language, ENGLISH, ARABIC),
        language,
        translated_by="",
    )
    alone = Quote(_own(language), language, f"S-2026-00007.p2-{language}", "#quote", source)
    gone = Quote(
        "",
        "",
        instead=said(language, "These words were taken back by their sender.", "سحب المرسِل هذه الكلمات."),
    )
    return [{"quote": quote} for quote in (translated, turned, alone, gone)]


def _passage(language: str, number: int = 12) -> Passage:
    text = _own(language)
    word = said(language, "withdrawn a work", "سحب مصنفه")
    start = text.index(word)
    return Passage(
        f"S-2026-00417.p{number}-{language}-{number}",
        text,
        language,
        "#passage",
        spans=(Span(start, start + len(word), said(language, "Withdrawal", "السحب"), "#passage"),),
        places=(
            Link("IP-08.q2", "#passage"),
            Link(said(language, "Learning what was used", "معرفة ما استُخدم"), "#passage", language),
        ),
        badges=("machine",),
    )


def _passages(language: str) -> list[dict[str, Any]]:
    waiting = Passage(
        f"S-2026-00418.p1-{language}",
        "Հեղինակը պետք է իմանա։",
        "hy",
        badges=("unsupported",),
        note=str(Nothing("waiting")),
    )
    return [{"passage": _passage(language)}, {"passage": waiting}]


def _difference(language: str) -> list[dict[str, Any]]:
    changes = (
        Change("same", said(language, "We ask that the register be ", "نطلب أن يكون السجل ")),
        Change("removed", said(language, "public", "عامًا")),
        Change("added", said(language, "open to every creator", "مفتوحًا لكل مبدع")),
        Change("same", said(language, " and kept for ten years.", " وأن يُحفظ عشر سنوات.")),
    )
    return [{"changes": changes, "language": language}]


def _themes(language: str) -> list[dict[str, Any]]:
    card = ThemeCard(
        said(language, "Learning what was used in training", "معرفة ما استُخدم في التدريب"),
        "#theme_card",
        language,
        213,
        180,
        64,
        3,
        said(language, "fairly stable", "مستقر إلى حد ما"),
        ("raised_by_state",),
        Quote(
            _own(language),
            language,
            f"S-2026-00007.p4-{language}",
            "#theme_card",
            said(language, "Guild of the Paper Lantern", "نقابة الفانوس الورقي"),
        ),
    )
    few = ThemeCard(
        said(language, "Songs kept by ear", "أغانٍ محفوظة بالسماع"),
        "#theme_card",
        language,
        1,
        1,
        1,
        0,
        badges=("few_voices", "machine"),
    )
    return [{"card": card}, {"card": few}]


def _selection(language: str) -> list[dict[str, Any]]:
    items = [
        Choosable(f"{language}-{number}", _passage(language, number), chosen=number == 3) for number in (3, 4)
    ]
    return [{"items": items, "name": "passage", "legend": said(language, "Passages to move", "مقاطع تُنقل")}]


PATTERNS = (
    Pattern(
        "badge",
        _("Badges"),
        _("What kind of thing a reader has before them. The words say it; the colour only helps."),
        "{% for kind in kinds %}{% badge kind %} {% endfor %}",
        lambda _language: [{"kinds": list(BADGES)}],
    ),
    Pattern(
        "nothing",
        _("Kinds of nothing"),
        _("None received, none found and not applicable are different, and are said differently."),
        '{% include "components/nothing.html" with nothing=nothing %}',
        lambda language: [
            *({"nothing": Nothing(kind, DAY if kind.startswith("none_") else None)} for kind in every_kind()),
            {"nothing": Nothing("filtered", None, "#nothing", said(language, "Show all", "إظهار الكل"))},
        ],
    ),
    Pattern(
        "quote",
        _("Quotes"),
        _("The words as they were received, their translation beside them, source and permanent address."),
        '{% include "components/quote.html" with quote=quote %}',
        _quotes,
    ),
    Pattern(
        "passage",
        _("Passages"),
        _("A passage with its permanent id, what is marked in it, and where it went."),
        "{% passage passage %}",
        _passages,
    ),
    Pattern(
        "difference",
        _("Differences"),
        _("What one text adds to another and leaves out."),
        "{% difference changes language=language %}",
        _difference,
    ),
    Pattern(
        "theme_card",
        _("Themes"),
        _("A theme with its counts. What few raised is shown as fully as what many raised."),
        '{% include "components/theme_card.html" with card=card %}',
        _themes,
    ),
    Pattern(
        "selection",
        _("Lists to choose from"),
        _("Passages with a box each; stands inside a form, before its buttons."),
        '{% include "components/selection.html" with items=items name=name legend=legend %}',
        _selection,
    ),
)
