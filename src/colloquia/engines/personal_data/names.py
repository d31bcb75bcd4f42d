"""Names of persons where the text itself says that a name follows: no list of names is searched for.

A name that nothing announces is not found. The third person in a publication is left to the officer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from colloquia.engines.personal_data.cues import LATIN, Spoken, alternation, languages_in, words
from colloquia.engines.personal_data.names_arabic import arabic
from colloquia.engines.personal_data.names_east import east_asian
from colloquia.engines.personal_data.records import Finding

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž](?:[\w’'-]{1,24}|\.)"
_PARTICLE = (
    r"(?:de la|[Dd]e La|de los|de las|de|del|della|di|da|dos|das|do|du|van der|van den|van|von der|von|zu|bin"
    r"|ibn|al|el|la|le|ter|ten|af|y|e)"
)
_LATIN = rf"{_CAPITAL}(?:(?: |-)(?:{_PARTICLE} )?{_CAPITAL}){{0,4}}"
_LATIN_FULL = rf"{_CAPITAL}(?:(?: |-)(?:{_PARTICLE} )?{_CAPITAL}){{1,4}}"
_CYRILLIC_WORD = r"[А-ЯЁ](?:[а-яё]{1,20}(?:-[А-ЯЁ][а-яё]{1,20})?|\.)"
_CYRILLIC = rf"{_CYRILLIC_WORD}(?: ?{_CYRILLIC_WORD}){{0,3}}"
_CYRILLIC_FULL = rf"{_CYRILLIC_WORD}(?: ?{_CYRILLIC_WORD}){{1,3}}"
_PATRONYMIC = re.compile(
    r"(?<!\w)(?:[А-ЯЁ][а-яё]{1,20} ){1,2}[А-ЯЁ][а-яё]{1,16}(?:вич|вна|ична|вича|вичу|вичем|вны|вне|вной)"
    r"(?!\w)(?: [А-ЯЁ][а-яё]{1,20}(?!\w))?"
)
_PATRONYMIC_END = re.compile("вич|вн|ична")
_KINDS = {
    "title": ("title",), "intro": ("intro", "iam"), "field": ("field",), "salutation": ("dear",),
    "closing": ("closing", "signoff"),
}  # fmt: skip
"""By rule, the kinds of words of which one must stand in the text."""
_FIELD_END = r"(?=[ \u00a0\t]*(?:[\n\r,;，；。|/(（<]|$))"


def names(text: str, language: str) -> Iterator[Finding]:
    """Names behind titles, introductions, labels and salutations, and below closing words."""
    spoken = Spoken(text)
    for code in languages_in(text, language):
        for rule, shape in _rules(code):
            if not spoken.has(_KINDS.get(rule, ()), code):
                continue
            for found in shape.finditer(text):
                start, end = _trimmed(text, *found.span("value"), code)
                if end > start:
                    yield Finding(start, end, "name", f"name.{rule}.{code}")
    for found in _PATRONYMIC.finditer(text) if _PATRONYMIC_END.search(text) else ():
        yield Finding(*found.span(), "name", "name.patronymic.ru")


def _trimmed(text: str, start: int, end: int, code: str) -> tuple[int, int]:
    """The span up to the first word that is no part of a name; empty where it begins with one."""
    refused = _refused(code)
    at, before = start, ""
    for word in re.finditer(r"\S+", text[start:end]):
        # In “Luc de La Tour” the article belongs to the name.
        if before != "de" and word[0].strip(".,'’-") in refused:
            break
        at, before = start + word.end(), word[0]
    kept = text[start:at].rstrip(" -")
    letters = sum(map(str.isalpha, kept))
    fewest = 1 if code == "zh" else 2
    return start, start + len(kept) if letters >= fewest else start


@cache
def _refused(code: str) -> frozenset[str]:
    """Words with a capital, or behind a title, that are no names."""
    return frozenset(words("notname", code)) | frozenset(words("notname", "en"))


@cache
def _rules(code: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rules of a language, each with its pattern; ``value`` is the name."""
    if code in LATIN:
        return _cased(code, _LATIN, _LATIN_FULL)
    if code == "ru":
        return _cased(code, _CYRILLIC, _CYRILLIC_FULL)
    if code == "ar":
        return arabic()
    return east_asian(code, _FIELD_END)


def _cased(code: str, name: str, full: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Languages whose names begin with capitals."""
    title, intro, field = (alternation([kind], code) for kind in ("title", "intro", "field"))
    dear, iam, closing = (alternation([kind], code) for kind in ("dear", "iam", "closing"))
    below = r"[ \t]{0,4}[,.!]?[ \t]{0,8}(?:\r?\n[ \t]{0,8}){1,4}"
    signoff = alternation(["signoff"], code)
    alone = r"(?=[ \t]{0,8}(?:[,\r\n]|\Z))"
    anywhere = r"(?<![\w.])"
    line = r"(?:^|(?<=[\n\r]))[ \t]{0,8}"
    titled = rf"(?:{title} ?)?" if words("title", code) else ""
    title = rf"(?i:{title})" if code == "ru" else title
    shapes = [
        ("title", rf"{anywhere}{title}[ \u00a0](?P<value>{name})"),
        ("intro", rf"{anywhere}(?i:{intro}),?:? ?{titled}(?P<value>{name})"),
        (
            "intro",
            rf"{anywhere}(?i:{iam}),? (?P<value>{full})(?=[,.;\n]| and | from | et | y | und | e | и )",
        ),
        (
            "field",
            rf"{line}(?i:{field})[ \u00a0]{{0,2}}:[ \u00a0]{{0,8}}{titled}(?P<value>{name}){_FIELD_END}",
        ),
        ("salutation", rf"{anywhere}{dear} {titled}(?P<value>{name})(?=[,:\n!])"),
        (
            "closing",
            rf"{line}(?i:{closing}){below}(?:/s/ ?)?{titled}(?P<value>{name}){alone}",
        ),
        (
            # The sentence before it may be long: “Veuillez agréer, Madame, l’expression de …”.
            "closing",
            rf"{anywhere}(?i:{signoff}){below}(?:/s/ ?)?{titled}(?P<value>{full}){alone}",
        ),
        ("closing", rf"{line}(?i:{closing}), (?P<value>{full})(?=[ \t]{{0,8}}(?:[\r\n]|\Z))"),
        ("signature", rf"(?:^|(?<=[\n\r]))[ \t]{{0,8}}/s/ ?(?P<value>{name})(?=[ \t]{{0,8}}(?:[,\r\n]|\Z))"),
    ]
    return tuple((rule, re.compile(shape)) for rule, shape in shapes)
