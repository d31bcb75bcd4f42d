"""What changed between two states of a draft: field by field, and word by word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.core.components import Change
from colloquia.engines.papers.difference import difference

FIELD_LABELS: Mapping[str, str | Promise] = {
    "kind": gettext_lazy("Who answers"),
    "name": gettext_lazy("Name"),
    "organisation": gettext_lazy("Organisation"),
    "on_behalf_of": gettext_lazy("On behalf of"),
    "territory": gettext_lazy("Country or territory"),
    "stakeholder": gettext_lazy("Stakeholder group"),
    "language": gettext_lazy("Language"),
    "publication": gettext_lazy("Publication"),
}
_ANSWER_LABELS: Mapping[str, str | Promise] = {
    "text": gettext_lazy("Answer"),
    "language": gettext_lazy("Language"),
    "secrecy": gettext_lazy("Secrecy"),
    "secrecy_reason": gettext_lazy("Reason for secrecy"),
    "public_text": gettext_lazy("Public version"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs. ``question`` is the id where it belongs to an answer."""

    label: str
    question: str
    language: str
    changes: tuple[Change, ...]


def changes_since(before: str, after: str) -> list[FieldChange]:
    """What ``after`` adds to ``before`` and leaves out; both are documents of a draft, or blank."""
    old, new = (json.loads(each) if each else {} for each in (before, after))
    found = list(_plain(old.get("content", {}), new.get("content", {})))
    found += _answers(old.get("content", {}), new.get("content", {}))
    found += _listed(_("Those who submit together"), _parties(old), _parties(new))
    found += _listed(_("Files"), _files(old), _files(new))
    return found


def _plain(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[FieldChange]:
    return [
        FieldChange(str(label), "", "", _words(str(old.get(name, "")), str(new.get(name, ""))))
        for name, label in FIELD_LABELS.items()
        if old.get(name, "") != new.get(name, "")
    ]


def _answers(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[FieldChange]:
    left = {each["question"]: each for each in old.get("answers", ())}
    right = {each["question"]: each for each in new.get("answers", ())}
    found = []
    for question in dict.fromkeys([*right, *left]):
        one, other = left.get(question, {}), right.get(question, {})
        language = other.get("language") or one.get("language") or new.get("language", "")
        for name, label in _ANSWER_LABELS.items():
            before, after = _value(one, name), _value(other, name)
            if before != after:
                told = language if name in ("text", "public_text") else ""
                found.append(FieldChange(str(label), question, told, _words(before, after)))
    return found


def _value(answer: Mapping[str, Any], name: str) -> str:
    return str(answer.get(name, "public" if name == "secrecy" and not answer else ""))


def _parties(document: Mapping[str, Any]) -> list[str]:
    parties = document.get("content", {}).get("parties", ())
    return [
        " · ".join(part for part in (each["name"], each["territory"], each["kind"]) if part)
        for each in parties
    ]


def _files(document: Mapping[str, Any]) -> list[str]:
    return [
        " · ".join(
            str(each[name])
            for name in ("name", "title", "secrecy", "secrecy_reason", "rights_statement", "sha256")
            if each[name]
        )
        + (" · " + _("text and data mining reserved") if each["mining_reserved"] else "")
        + (
            " · " + _("public version of file %(n)s") % {"n": each["public_version_of"]}
            if each["public_version_of"]
            else ""
        )
        for each in document.get("files", ())
    ]


def _listed(label: str, old: list[str], new: list[str]) -> list[FieldChange]:
    if old == new:
        return []
    return [FieldChange(label, "", "", _words("\n".join(old), "\n".join(new)))]


def _words(before: str, after: str) -> tuple[Change, ...]:
    return tuple(Change(piece.kind, piece.text) for piece in difference(before, after))
