"""Names of persons in Arabic, which has no capitals: a word is part of a name until one that is none."""

from __future__ import annotations

import re

from colloquia.engines.personal_data.cues import alternation

_WORD = r"[\u0621-\u064a]{2,14}"
_PARTICLE = r"(?:بن|بنت|آل|أبو|أبي|عبد|ابن|أم)"
_PART = rf"(?:{_PARTICLE} )?{_WORD}"
_ON_A_LINE = rf"{_PART}(?: {_PART}){{0,4}}"
# A word with “and” before it is the next part of the sentence, but for a few names that begin so.
_NOT_AND = r"(?!و(?!ليد|ائل|سيم|سام|جدي|فاء|داد|هبة|هبي|حيد|جيه|فيق))"
_SHORT = rf"{_PART}(?: {_NOT_AND}{_PART})?(?: {_PARTICLE} {_WORD})?"
_WHOLE = rf"{_PART}(?: {_NOT_AND}{_PART}){{1,4}}"
# Within a sentence a third word and more are the name's only where the sentence ends or plainly goes on.
_GOES_ON = (
    r"(?=[ \u00a0]{0,2}(?:[\r\n،,.؛;:!؟()/|-]|\Z)"
    r"|[ \u00a0](?:و[\u0621-\u064a]{3,14}|من|في|عن|إلى|على|أنا|هو|هي"
    r"|أعمل|أعيش|أسكن|أقيم|أكتب|أود|أريد|أرى|أعتقد|أطلب|المحترم|المحترمة|عمري|مقيم|مقيمة|الذي|التي)(?!\w))"
)
_IN_SENTENCE = rf"(?:{_WHOLE}{_GOES_ON}|{_SHORT})"
_LINE_END = r"(?=[ \u00a0\t]{0,8}(?:[\r\n،,.؛;|/(（<-]|\Z))"


def arabic() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rules, each with its pattern; ``value`` is the name."""
    title, intro, field, closing = (
        alternation([kind], "ar") for kind in ("title", "intro", "field", "closing")
    )
    blank = r"[ \u00a0]"
    line = r"(?:^|(?<=[\n\r]))[ \t]{0,8}"
    titled = rf"(?:{title}{blank})?"
    shapes = [
        ("title", rf"(?<!\w){title}{blank}?[/:]?{blank}?(?<=[ /:\u00a0])(?P<value>{_IN_SENTENCE})(?!\w)"),
        ("intro", rf"(?<!\w)[وف]?{intro}{blank}?:?،?{blank}{titled}(?P<value>{_IN_SENTENCE})(?!\w)"),
        (
            "field",
            rf"{line}{field}{blank}{{0,2}}:{blank}{{0,8}}{titled}(?P<value>{_ON_A_LINE}){_LINE_END}",
        ),
        (
            "closing",
            (
                rf"{closing}[،,.]?[ \t]{{0,8}}(?:\r?\n[ \t]{{0,8}}){{1,4}}{titled}"
                rf"(?P<value>{_ON_A_LINE})[ \t]{{0,8}}(?=[،,\r\n]|\Z)"
            ),
        ),
    ]
    return tuple((rule, re.compile(shape)) for rule, shape in shapes)
