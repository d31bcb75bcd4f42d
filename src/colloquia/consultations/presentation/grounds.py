"""What speaks for and against a proposal on organisations, in the words of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from colloquia.core.tables import Words
from colloquia.engines.organisations import Reason

GROUNDS: Mapping[str, Words] = {
    "same name": _("Both give the same name."),
    "same name without legal form": _("The names are the same but for a legal form that one of them lacks."),
    "small words differ": _("The names differ in articles, prepositions and the like alone."),
    "spacing differs": _("The names differ in spaces alone."),
    "written variants": _("The names differ in ways of writing a letter, character or legal form alone."),
    "abbreviated words": _("A word of one name is a short form of the other's: %(value)s."),
    "word order differs": _("The names have the same words in another order."),
    "one letter differs": _("The names differ in one letter."),
    "letters differ": _("Letters in which the names differ: %(value)s."),
    "acronym of": _("One name is made of the initials of the other: %(value)s."),
    "states the acronym": _("One gives the other's name as its acronym: %(value)s."),
    "states the other's name": _("One gives the other's name in brackets or after a stroke."),
    "acronym is the domain": _("The acronym is the name of the e-mail domain %(value)s."),
    "one word more": _("A long name has one word more than the other: %(value)s."),
    "same name in another script": _("The names are the same letter by letter in another script."),
    "same e-mail domain": _("Both wrote from %(value)s, which is not open to everybody."),
    "same site": _("Both name a site on %(value)s."),
    "domain below": _("One wrote from %(value)s, a domain below the other's."),
    "same country": _("Both state the same territory: %(value)s."),
    "names a part": _("The longer name holds the shorter and a word for a part of a body: %(value)s."),
    "names a territory": _("The longer name is the shorter with a territory: %(value)s."),
    "holds the name": _("The longer name holds the shorter."),
    "holds the acronym": _("The longer name holds the shorter's acronym: %(value)s."),
    "same name, other country": _("The names are the same and the territories differ: %(value)s."),
    "other country": _("They state different territories: %(value)s."),
    "other legal form": _("Both state a legal form, and the forms differ: %(value)s."),
    "other e-mail domain": _("They wrote from different domains of their own: %(value)s."),
    "other kind of respondent": _("On the same channel they said they were of different kinds: %(value)s."),
    "acronym of several": _("Other names have the same initials; names with them: %(value)s."),
    "many bodies on the domain": _("Other bodies wrote from this domain; bodies on it: %(value)s."),
}
"""Every ground that the engine can give. Those with a value say it."""
_TERRITORIES = frozenset(("same country", "same name, other country", "other country"))


def said(reason: Reason, territory: Callable[[str], str]) -> str:
    """A reason in a sentence; ``territory`` names a territory by its code."""
    value = reason.value
    if reason.ground in _TERRITORIES:
        value = " / ".join(territory(code) or code for code in value.split(" / "))
    return str(GROUNDS[reason.ground]) % {"value": value}
