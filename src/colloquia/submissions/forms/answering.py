"""What the pages of a draft send: an address to begin with, and the fields of the answer as they stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from colloquia.core.mail_languages import language_choices
from colloquia.core.models import Language
from colloquia.submissions.answer_fields import (
    MEMBERS,
    PARTIES,
    PLAIN,
    answer_field,
    written_parties,
)
from colloquia.submissions.models import Publication, RespondentKind, Secrecy
from colloquia.submissions.records import PartyIn

MOST_PARTIES = 200
_CHOICES: dict[str, list[str]] = {
    "publication": Publication.values,
    "kind": RespondentKind.values,
    "secrecy": Secrecy.values,
}
_LONGEST_LINE = 2000


class BeginForm(forms.Form):
    """The address to which the private link goes."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "The private link to your draft and, later, the receipt go there. It is never published."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=_("Language of messages"),
        choices=language_choices,
        required=False,
        help_text=_("Of the link, of the receipt and of what follows. The answer may be in any language."),
    )


class Languages:
    """Languages as people write them: by code, by their own name, or by the English one."""

    def __init__(self) -> None:
        self._rows = list(Language.objects.order_by("endonym").values_list("code", "endonym", "name"))
        self._codes = {written.casefold(): code for code, *names in self._rows for written in (code, *names)}
        self._names = {code: endonym for code, endonym, _name in self._rows}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Code and own name of each."""
        return [(code, endonym) for code, endonym, _name in self._rows]

    def code(self, written: str) -> str:
        """The code; what was written, where no language is called so."""
        text = " ".join(written.split())
        return self._codes.get(text.casefold(), text[:100])

    def name(self, code: str) -> str:
        """The language's own name; what was written, where it is none."""
        return self._names.get(code, code)


def read_fields(data: QueryDict, order: Iterable[str], languages: Languages) -> dict[str, str]:
    """The fields that are in the form, as a draft keeps them. What is no field of the call is passed over."""
    values = {name: _plain(name, data.get(name, ""), languages) for name in PLAIN if name in data}
    for question in (*order, ""):
        for member in MEMBERS:
            name = answer_field(question, member)
            if name in data:
                values[name] = _member(member, data.get(name, ""), languages)
    if "parties" in data:
        values[PARTIES] = written_parties(read_parties_of(data))
    return {name: value for name, value in values.items() if not _is_unknown_choice(name, value)}


def read_seen(data: QueryDict) -> Mapping[str, str]:
    """The marks of what the fields held when the page was made."""
    try:
        given = json.loads(data.get("seen", "{}"))
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in given.items()} if isinstance(given, dict) else {}


def read_parties_of(data: QueryDict) -> list[PartyIn]:
    """Those who submit together, without empty rows and without the one that is to be removed."""
    text = data.get("parties", "0")
    count = min(int(text), MOST_PARTIES) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    removed = data.get("do", "").removeprefix("remove_party.")
    found = []
    for place in range(1, count + 1):
        party = PartyIn(
            _choice("kind", data.get(f"parties.{place}.kind", "")) or "organisation",
            _line(data.get(f"parties.{place}.name", "")),
            data.get(f"parties.{place}.territory", "")[:12],
        )
        if (party.name or party.territory) and removed != str(place):
            found.append(party)
    return found


def _plain(name: str, value: str, languages: Languages) -> str:
    if name == "language":
        return languages.code(value)
    return (
        value.strip()[:100] if name in ("kind", "publication", "territory", "stakeholder") else _line(value)
    )


def _member(member: str, value: str, languages: Languages) -> str:
    if member == "language":
        return languages.code(value)
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _line(value: str) -> str:
    return " ".join(value.split())[:_LONGEST_LINE]


def _choice(name: str, value: str) -> str:
    return value if value in _CHOICES[name] else ""


def _is_unknown_choice(name: str, value: str) -> bool:
    last = name.rpartition(".")[2]
    return last in _CHOICES and value not in _CHOICES[last]
