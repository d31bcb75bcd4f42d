"""What a filled-in answer form says, beside what the draft holds, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.core.queries import profile
from colloquia.submissions.answer_fields import answer_field, default, flat, split_field
from colloquia.submissions.forms.answering import Languages
from colloquia.submissions.models import AnswerDraft, Publication, RespondentKind
from colloquia.submissions.queries.drafts import AskedIssue
from colloquia.submissions.records import Content
from colloquia.submissions.services import FilledForm

TYPED, FORM, BOTH = "typed", "form", "both"


@dataclass(frozen=True, slots=True)
class Read:
    """One field that the form fills in. ``choice`` is what is proposed: never to write over what is typed."""

    name: str
    label: str
    typed: str
    read: str
    same: bool
    may_join: bool
    choice: str
    language: str = ""


def read_values(filled: FilledForm) -> dict[str, str]:
    """The fields that were filled in, as a draft keeps them; a wish that is not stated is confidential, and
    who answers is left open where the form says two things.
    """
    values = flat(filled.content)
    respondent = {name: values[name] for name in filled.given if name in values and name != "answers"}
    if filled.given:
        respondent.setdefault("publication", filled.content.publication)
    if "kind" in filled.unclear:
        respondent["kind"] = ""
    answers = {
        answer_field(each.question, "text"): each.text for each in filled.content.answers if each.text.strip()
    }
    return respondent | answers


def reads_of(
    draft: AnswerDraft, filled: FilledForm, asked: list[AskedIssue], languages: Languages
) -> list[Read]:
    """Every field of the form with what is typed in its place, in the order of the page."""
    held = flat(Content.from_json(draft.content))
    # A choice that stands as it was may be meant so, as soon as something is typed beside it.
    fresh = not any(held.get(name) for name in ("name", "organisation", "territory"))
    texts = {each.id: f"{each.id} {each.text}" for issue in asked for each in issue.questions}
    found = []
    for name, value in read_values(filled).items():
        parts, typed = split_field(name), held.get(name, default(name))
        untouched = not typed or (fresh and typed == default(name))
        assumed = _is_assumed(filled, name)
        if assumed and typed != default(name):
            continue
        found.append(
            Read(
                name=name,
                label=_label(name, texts),
                typed="" if untouched else _shown(name, typed, languages),
                read=_shown(name, value, languages),
                same=typed == value,
                may_join=parts is not None and not untouched,
                choice=FORM if untouched or assumed else TYPED,
            )
        )
    return found


def chosen_values(draft: AnswerDraft, filled: FilledForm, choices: Mapping[str, str]) -> dict[str, str]:
    """What the draft is to hold after the choices."""
    held, values = flat(Content.from_json(draft.content)), {}
    for name, value in read_values(filled).items():
        choice = choices.get(name, TYPED)
        if _is_assumed(filled, name) and name not in choices and held.get(name) == default(name):
            choice = FORM
        if choice == FORM:
            values[name] = value
        elif choice == BOTH and split_field(name):
            typed = held.get(name, "")
            values[name] = f"{typed}\n\n{value}" if typed.strip() else value
    return values


def _is_assumed(filled: FilledForm, name: str) -> bool:
    """Whether the form leaves open what is taken for it: the cautious choice, until somebody chooses."""
    return name in {"publication", "kind"} and name not in filled.given


def _label(name: str, texts: Mapping[str, str]) -> str:
    parts = split_field(name)
    if parts:
        return texts.get(parts[0], parts[0]) if parts[0] else _("Remarks on the whole")
    labels = {
        "kind": _("Who answers"),
        "name": _("Name"),
        "organisation": _("Organisation"),
        "on_behalf_of": _("On behalf of"),
        "territory": _("Country or territory"),
        "stakeholder": _("Stakeholder group"),
        "language": _("Language of the answers"),
        "publication": _("Wish"),
    }
    return labels.get(name, name)


def _shown(name: str, value: str, languages: Languages) -> str:
    match name:
        case "language":
            return languages.name(value)
        case "territory":
            return str(profile().name(value, get_language() or "en")) if value else ""
        case "kind" if not value:
            return _("Not clear. Choose it in your answers.")
        case "kind" if value in RespondentKind.values:
            return str(RespondentKind(value).label)
        case "publication" if value in Publication.values:
            return str(Publication(value).label)
    return value
