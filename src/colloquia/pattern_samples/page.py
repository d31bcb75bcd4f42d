"""Samples of what stands around and between: notices, ways through the site, forms, what officers do."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colloquia.core.components import Act, Conflict, Link, Section, Tab
from colloquia.pattern_samples.pattern import Pattern, nothing_needed, said

MOMENT = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
TONES = ("note", "caution", "success", "problem")


def _trail(language: str) -> list[dict[str, Any]]:
    trail = [
        Link(said(language, "Questions", "الأسئلة"), "#breadcrumbs"),
        Link(said(language, "Issue IP-08", "القضية IP-08"), "#breadcrumbs"),
        Link("IP-08.q2"),
    ]
    return [{"trail": trail}]


def _stages(language: str) -> list[dict[str, Any]]:
    titles = (("Call", "الدعوة"), ("Submissions", "المساهمات"), ("Analysis", "التحليل"))
    stages = [
        {"title": said(language, *title), "url": "#stages", "current": title[0] == "Analysis"}
        for title in titles
    ]
    return [{"stages": stages}]


def _tabs(language: str) -> list[dict[str, Any]]:
    tabs = [
        Tab(said(language, "Themes", "المواضيع"), "#tabs", current=True, count=24),
        Tab(said(language, "Shared text", "النصوص المشتركة"), "#tabs", count=7),
        Tab(said(language, "Method and quality", "المنهج والجودة"), "#tabs"),
    ]
    return [{"tabs": tabs, "label": said(language, "The analysis", "التحليل")}]


def _contents(language: str) -> list[dict[str, Any]]:
    sections = [
        Section("contents", said(language, "Answers", "الإجابات"), 1284),
        Section("contents", said(language, "Law", "القانون"), 17),
        Section("contents", said(language, "History", "السجل التاريخي")),
    ]
    return [{"sections": sections}]


def _notices(language: str) -> list[dict[str, Any]]:
    heading = said(language, "The call closes on 1 December 2026", "تُغلق الدعوة في 1 ديسمبر 2026")
    words = said(
        language,
        "Answers that come later are kept and listed, and do not enter the counts.",
        "الإجابات المتأخرة تُحفظ وتُدرج في القائمة ولا تدخل في الأعداد.",
    )
    return [{"tone": tone, "heading": heading, "words": words} for tone in TONES]


class _SampleForm(forms.Form):
    """Every kind of field that the site uses."""

    address = forms.EmailField()
    title = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[])
    reasons = forms.MultipleChoiceField(choices=[], widget=forms.CheckboxSelectMultiple, required=False)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(required=False)
    agreed = forms.BooleanField()


def _form(language: str) -> list[dict[str, Any]]:
    choices = [
        ("state", said(language, "A state", "دولة")),
        ("person", said(language, "A person", "فرد")),
    ]
    labels = {
        "address": said(language, "E-mail address", "عنوان البريد الإلكتروني"),
        "title": said(language, "Title", "العنوان"),
        "kind": said(language, "Who answers", "المجيب"),
        "reasons": said(language, "On behalf of", "بالنيابة عن"),
        "text": said(language, "Answer", "الإجابة"),
        "file": said(language, "File", "ملف"),
        "agreed": said(language, "It may be published", "يجوز نشرها"),
    }
    prefix = f"sample-{language}"
    typed = {
        "address": "amara",
        "kind": "state",
        "text": said(language, "We ask for a register.", "نطلب سجلًا."),
    }
    form = _SampleForm({f"{prefix}-{name}": value for name, value in typed.items()}, prefix=prefix)
    for name, field in form.fields.items():
        field.label = labels[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
    form.fields["title"].help_text = said(
        language, "As it shall stand in the list.", "كما ينبغي أن يظهر في القائمة."
    )
    return [{"form": form, "still": True}]


def _buttons(language: str) -> list[dict[str, Any]]:
    return [
        {
            "primary": said(language, "Publish", "نشر"),
            "plain": said(language, "Save as draft", "حفظ كمسودة"),
            "danger": said(language, "Withhold", "حجب"),
        }
    ]


def _confirm(language: str) -> list[dict[str, Any]]:
    return [
        {
            "question": said(language, "Withhold submission S-2026-00417?", "هل تُحجب المساهمة S-2026-00417؟"),
            "consequence": said(
                language,
                "Its text leaves every public page at once. It stays in the totals, and this can be undone.",
                "يُرفع نصها فورًا من كل صفحة عامة، وتبقى في المجاميع، ويمكن التراجع عن ذلك.",
            ),
            "action": "#confirm",
            "button": said(language, "Withhold", "حجب"),
            "cancel_url": "#confirm",
            "danger": True,
        }
    ]


def _officers(language: str) -> list[dict[str, Any]]:
    return [
        {
            "merge": said(language, "Merge with another theme", "دمج مع موضوع آخر"),
            "rename": said(language, "Rename", "إعادة تسمية"),
        }
    ]


def _history(language: str) -> list[dict[str, Any]]:
    merged = said(
        language,
        "Merged “An open register” into “Learning what was used”",
        "دمج «سجل مفتوح» في «معرفة ما استُخدم»",
    )
    renamed = said(language, "Renamed theme 7", "إعادة تسمية الموضوع 7")
    acts = [
        Act(
            "Bruno",
            merged,
            MOMENT,
            said(language, "Same request in two languages", "الطلب نفسه بلغتين"),
            "",
            "#history",
        ),
        Act(
            "Amara",
            renamed,
            MOMENT,
            undo_url="#history",
            undone=said(language, "undone by Bruno", "تراجع عنه Bruno"),
        ),
    ]
    return [{"acts": acts}]


def _conflict(language: str) -> list[dict[str, Any]]:
    return [
        {
            "conflict": Conflict(
                said(
                    language,
                    "Bruno merged theme 7 into theme 2 at 09:30, before your change arrived.",
                    "دمج Bruno الموضوع 7 في الموضوع 2 في الساعة 09:30 قبل وصول تعديلك.",
                ),
                said(language, "Theme 7 is part of theme 2.", "الموضوع 7 جزء من الموضوع 2."),
                said(
                    language,
                    "Rename theme 7 to “Songs kept by ear”.",
                    "تسمية الموضوع 7 «أغانٍ محفوظة بالسماع».",
                ),
                "#conflict",
                "#conflict",
                {"theme": "7"},
            )
        }
    ]


def _columns(language: str) -> list[dict[str, Any]]:
    return [
        {
            "one": said(
                language,
                "Of those who answered, some ask that the use of a work be recorded before it begins.",
                "يطلب بعض المجيبين أن يُسجَّل استخدام المصنف قبل بدئه.",
            ),
            "other": said(
                language,
                "Others ask that it be recorded afterwards, and only where a creator asks.",
                "ويطلب آخرون أن يُسجَّل بعد ذلك، وعند طلب المبدع فقط.",
            ),
        }
    ]


PATTERNS = (
    Pattern(
        "neutrality",
        _("The line on neutrality"),
        _("Above the content of every page of the conversation, in its block of the same name."),
        '{% include "components/neutrality.html" %}',
        nothing_needed,
    ),
    Pattern(
        "breadcrumbs",
        _("The way here"),
        _("Where a page stands; its last part is the page itself."),
        '{% include "components/breadcrumbs.html" with trail=trail %}',
        _trail,
    ),
    Pattern(
        "tabs",
        _("Views of one thing"),
        _("Links, each with an address of its own."),
        '{% include "components/tabs.html" with tabs=tabs label=label %}',
        _tabs,
    ),
    Pattern(
        "stages",
        _("Stages of a consultation"),
        _("Above every page of a consultation: the stages that whoever looks may open, in their order."),
        '{% include "components/stages.html" with stages=stages %}',
        _stages,
    ),
    Pattern(
        "contents",
        _("Contents of a long page"),
        _("Beside the sections on a wide screen, above them on a telephone."),
        '{% include "components/contents.html" with sections=sections %}',
        _contents,
    ),
    Pattern(
        "columns",
        _("Two columns"),
        _("Views that differ stand side by side, in the same size; in one column where it is narrow."),
        '<div class="columns"><p>{{ one }}</p><p>{{ other }}</p></div>',
        _columns,
    ),
    Pattern(
        "notice",
        _("Notices"),
        _("Note, caution, success and problem."),
        "{% notice tone heading=heading %}<p>{{ words }}</p>{% endnotice %}",
        _notices,
    ),
    Pattern(
        "buttons",
        _("Buttons"),
        _("One of the first kind on a page. What destroys or hides asks on a page of its own."),
        '<p class="actions"><button class="button" type="button">{{ primary }}</button>\n'
        '<button class="button plain" type="button">{{ plain }}</button>\n'
        '<button class="button danger" type="button">{{ danger }}</button></p>',
        _buttons,
    ),
    Pattern(
        "form",
        _("Forms"),
        _("Errors are summed up above, lead to their fields, and stand there too; nothing typed is lost."),
        '{% include "components/form.html" with form=form %}',
        _form,
    ),
    Pattern(
        "confirm",
        _("Asking before it is done"),
        _("The one thing on its page: what will happen, and a way out."),
        '{% include "components/confirm.html" %}',
        _confirm,
    ),
    Pattern(
        "officers",
        _("What officers do"),
        _("Set apart from what everybody sees, and said to be so."),
        '{% officers %}<p class="actions"><a class="button plain" href="#officers">{{ merge }}</a>\n'
        '<a class="button plain" href="#officers">{{ rename }}</a></p>{% endofficers %}',
        _officers,
    ),
    Pattern(
        "history",
        _("History"),
        _("Who did what and when, and the way back."),
        '{% include "components/history.html" with acts=acts %}',
        _history,
    ),
    Pattern(
        "conflict",
        _("Two at once"),
        _("What happened meanwhile, what was asked for, and both ways on; nothing is lost."),
        '{% include "components/conflict.html" with conflict=conflict %}',
        _conflict,
    ),
)
