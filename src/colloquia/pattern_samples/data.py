"""Samples of counts: tables, funnels, facts, filters."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from colloquia.core.components import Coverage, Fact, FunnelRow, Progress, Stat
from colloquia.core.filters import Choice, Filter, FilterBar
from colloquia.core.nothing import Nothing
from colloquia.core.tables import Column, Table
from colloquia.pattern_samples.pattern import Pattern, said

DAY = datetime.date(2026, 11, 20)


def _rows(language: str) -> list[dict[str, Any]]:
    labels = (
        (said(language, "Learning what was used", "معرفة ما استُخدم"), language, 1213, 180, 0.1753, DAY),
        ("Un registre ouvert", "fr", 64, 64, 0.004, DAY),
        (said(language, "سجل مفتوح", "An open register"), said(language, "ar", "en"), 7, 7, 0.62, None),
    )
    return [
        {
            "id": f"IP-08.q2.t{number}",
            "label": label,
            "code": code,
            "url": "#table",
            "submissions": submissions,
            "messages": messages,
            "part": submissions / 1213,
            "share": share,
            "day": day or Nothing("not_recorded"),
            "remark": said(language, "raised by a state", "أثارته دولة") if number == 2 else "",
        }
        for number, (label, code, submissions, messages, share, day) in enumerate(labels, 1)
    ]


def _tables(language: str) -> list[dict[str, Any]]:
    columns = (
        Column("label", said(language, "Theme", "الموضوع"), link="url", language="code", note="remark"),
        Column("id", said(language, "Id", "المعرّف"), "identifier"),
        Column("submissions", said(language, "Submissions", "المساهمات"), "number", bar="part"),
        Column("messages", said(language, "Distinct messages", "الرسائل المتميزة"), "number"),
        Column("share", said(language, "Share of answers", "الحصة من الإجابات"), "share"),
        Column("day", said(language, "Latest", "الأحدث"), "date"),
    )
    caption = said(language, "Themes of question IP-08.q2", "مواضيع السؤال IP-08.q2")
    base = said(
        language,
        "Base: 1,284 submissions that answered it; 71 answered and could not be read",
        "الأساس: 1,284 مساهمة أجابت عنه، وتعذرت قراءة 71 منها",
    )
    narrow = (columns[0], columns[2], columns[3])
    return [
        {"table": Table(f"wide-{language}", caption, columns, _rows(language), base)},
        {"table": Table(f"stacked-{language}", caption, narrow, _rows(language), base), "stacked": True},
        {"table": Table(f"empty-{language}", caption, narrow, (), base, str(Nothing("none_received", DAY)))},
    ]


def _filters(language: str) -> list[dict[str, Any]]:
    kinds = (
        Choice("state", said(language, "State", "دولة"), 12),
        Choice("organisation", said(language, "Organisation", "منظمة"), 640),
        Choice("person", said(language, "Person", "فرد"), 632),
    )
    languages = (
        Choice("fr", "français", 203, "fr"),
        Choice("ar", "العربية", 96, "ar"),
        Choice("en", "English", 840, "en"),
    )
    filters = (
        Filter("q", said(language, "Words", "كلمات"), "search"),
        Filter("stakeholder", said(language, "Stakeholder", "الجهة"), "checkboxes", kinds),
        Filter("language", said(language, "Language", "اللغة"), choices=languages),
        Filter("since", said(language, "Received since", "وردت منذ"), "date"),
        Filter("own", said(language, "Without shared text", "من دون النصوص المشتركة"), "switch"),
    )
    chosen = QueryDict("q=register&stakeholder=state&stakeholder=person&language=fr&own=1")
    return [
        {"bar": FilterBar.read(QueryDict(""), filters), "prefix": f"none-{language}"},
        {"bar": FilterBar.read(chosen, filters), "prefix": f"some-{language}"},
    ]


def _funnel(language: str) -> list[dict[str, Any]]:
    rows = [
        FunnelRow(said(language, "Received", "وردت"), 1355, url="#funnel"),
        FunnelRow(said(language, "Published", "نُشرت"), 1284, url="#funnel"),
        FunnelRow(
            said(language, "Withheld", "حُجبت"),
            40,
            said(
                language, "At the sender’s request; counted and not quoted.", "بطلب المرسل؛ تُحسب ولا تُقتبس."
            ),
            inner=True,
        ),
        FunnelRow(said(language, "Unreadable", "تعذرت قراءتها"), 31, inner=True),
        FunnelRow(said(language, "Read by a person", "قرأها شخص"), None, nothing=Nothing("not_recorded")),
    ]
    return [
        {
            "rows": rows,
            "caption": said(language, "From receipt to reading", "من الورود إلى القراءة"),
            "base": said(language, "Submissions", "المساهمات"),
        }
    ]


def _stats(language: str) -> list[dict[str, Any]]:
    stats = [
        Stat(said(language, "answers", "إجابة"), 1284, "#stats", DAY),
        Stat(said(language, "provisions of law", "حكمًا قانونيًا"), 17, "#stats", DAY),
        Stat(said(language, "interventions", "مداخلة"), nothing=Nothing("not_applicable")),
        Stat(said(language, "evidence", "أدلة"), nothing=Nothing("none_found", DAY)),
        Stat(said(language, "options", "خيارات"), nothing=Nothing("not_published")),
    ]
    return [{"stats": stats, "label": said(language, "What there is", "ما هو متاح")}]


def _facts(language: str) -> list[dict[str, Any]]:
    facts = [
        Fact(said(language, "Sender", "المرسل"), "Institut de l’horloge lente", "#facts", "fr"),
        Fact(
            said(language, "Received", "الورود"),
            moment=datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC),
        ),
        Fact(said(language, "Pages", "الصفحات"), 14),
        Fact(said(language, "Position declared", "الموقف المعلن"), nothing=Nothing("stated_none", DAY)),
    ]
    return [{"facts": facts}]


def _progress(language: str) -> list[dict[str, Any]]:
    label = said(language, "Analysis of the consultation", "تحليل المشاورة")
    return [
        {"progress": Progress(label, "waiting", url="#progress")},
        {"progress": Progress(label, "running", 41_200, 103_000, 812.0, 76, url="#progress")},
        {"progress": Progress(label, "done", 103_000, 103_000)},
        {
            "progress": Progress(
                label,
                "failed",
                12,
                103,
                message=said(
                    language,
                    "The disk is full. What was done is kept; make room and start again.",
                    "القرص ممتلئ. ما أُنجز محفوظ؛ وفّر مساحة ثم ابدأ من جديد.",
                ),
            )
        },
    ]


def _coverage(language: str) -> list[dict[str, Any]]:
    return [
        {
            "coverage": Coverage(
                said(
                    language, "412 of 1,284 submissions read by a person", "قرأ شخص 412 مساهمة من أصل 1,284"
                ),
                412,
                1284,
                1284,
            )
        },
        {
            "coverage": Coverage(
                said(language, "40 of 40 drawn passages coded twice", "رُمّز 40 مقطعًا مسحوبًا من أصل 40 مرتين"),
                40,
                40,
                40,
            )
        },
    ]


def _page(_language: str) -> list[dict[str, Any]]:
    return [{"page": Paginator(range(1284), 50).page(7)}]


PATTERNS = (
    Pattern(
        "table",
        _("Tables"),
        _("What is counted and of how many; each cell in its own language; the table to take away."),
        "{% table table stacked=stacked %}",
        _tables,
    ),
    Pattern(
        "pagination",
        _("Pages of a list"),
        _("The rest of the address is kept."),
        "{% pagination page %}",
        _page,
    ),
    Pattern(
        "filter_bar",
        _("Filters"),
        _("A plain form; what is chosen stands below it, each with its removal. Folded on a telephone."),
        "{% filter_bar bar prefix=prefix %}",
        _filters,
    ),
    Pattern(
        "funnel",
        _("Funnel"),
        _("Every stage with its count; what is missing is as plain as what is there."),
        "{% funnel rows caption=caption base=base %}",
        _funnel,
    ),
    Pattern(
        "stats",
        _("Counts"),
        _("Counts with their dates, each a link; an empty one says which kind of nothing it is."),
        '{% include "components/stats.html" with stats=stats label=label %}',
        _stats,
    ),
    Pattern(
        "facts",
        _("Facts"),
        _("Terms and values about one thing."),
        '{% include "components/facts.html" with facts=facts %}',
        _facts,
    ),
    Pattern(
        "progress",
        _("Long work"),
        _("How much, how fast, how long still; and what came of it."),
        '{% include "components/progress.html" with progress=progress %}',
        _progress,
    ),
    Pattern(
        "coverage",
        _("Coverage"),
        _("How much a person has read, in numbers, and how much is needed."),
        "{% coverage coverage %}",
        _coverage,
    ),
)
