"""One form for each act of an officer. What it sends makes the act; what it refuses it says at the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.forms.acts import NONE, CorrectionForm, label_field
from colloquia.consultations.services import acts
from colloquia.consultations.services.planning import Build


class RenameForm(CorrectionForm):
    """Another label for one theme."""

    kind, title, button = "rename", gettext_lazy("Rename a theme"), gettext_lazy("Rename")
    label = label_field()
    field_order = ("label", "note")

    def beginning(self) -> dict[str, str]:
        return {"label": self.themes.label(self.chosen.themes[0])} if self.chosen.themes else {}

    def fits(self) -> str:
        return "" if len(self.chosen.themes) == 1 else _("Choose one theme.")

    def build(self, given: dict[str, Any]) -> Build:
        return acts.rename(self.chosen.themes[0], given["label"])


class MergeForm(CorrectionForm):
    """One theme of several."""

    kind, title, button = "merge", gettext_lazy("Merge themes"), gettext_lazy("Merge")
    into = forms.ChoiceField(label=gettext_lazy("The theme that goes on"), widget=forms.RadioSelect)
    label = label_field(required=False, help_text=gettext_lazy("Left empty, the theme keeps its label."))
    field_order = ("into", "label", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [(name, self.themes.label(name)) for name in self._largest_first()]  # type: ignore[attr-defined]

    def _largest_first(self) -> list[str]:
        rows = self.themes.rows
        return sorted(self.chosen.themes, key=lambda name: -rows[name].submissions if name in rows else 0)

    def beginning(self) -> dict[str, str]:
        first = next(iter(self._largest_first()), "")
        return {"into": first, "label": self.themes.label(first)} if first else {}

    def fits(self) -> str:
        return "" if len(self.chosen.themes) > 1 else _("Choose two themes at least.")

    def build(self, given: dict[str, Any]) -> Build:
        return acts.merge(self.chosen.themes, given["into"], given["label"])

    def sample(self) -> dict[str, Any]:
        return {"into": self.beginning().get("into", ""), "label": ""}


class SplitForm(CorrectionForm):
    """A new theme of chosen passages of one theme."""

    kind = "split"
    title, button = gettext_lazy("Make a new theme of these passages"), gettext_lazy("Make the theme")
    label = label_field()
    field_order = ("label", "note")

    def fits(self) -> str:
        if not self.chosen.passages or not self.chosen.of:
            return _("Choose passages on the page of a theme.")
        return ""

    def build(self, given: dict[str, Any]) -> Build:
        return acts.split(self.chosen.of, [(given["label"], self.chosen.passages)])


class GroupForm(CorrectionForm):
    """A new group of themes."""

    kind, title, button = "group", gettext_lazy("Make a group of themes"), gettext_lazy("Make the group")
    label = label_field()
    field_order = ("label", "note")

    def fits(self) -> str:
        return "" if self.chosen.themes else _("Choose one theme at least.")

    def build(self, given: dict[str, Any]) -> Build:
        return acts.group(self.chosen.question, given["label"], self.chosen.themes)


class ReparentForm(CorrectionForm):
    """Themes into another group, or into none."""

    kind, target = "reparent", "parent"
    title, button = gettext_lazy("Put themes into another group"), gettext_lazy("Put them there")
    parent = forms.ChoiceField(label=gettext_lazy("Group"))
    field_order = ("parent", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = self.themes.of(self.chosen.question, groups=True)
        self.fields["parent"].choices = [*groups, (NONE, _("Into no group"))]  # type: ignore[attr-defined]

    def fits(self) -> str:
        return "" if self.chosen.themes else _("Choose one theme at least.")

    def build(self, given: dict[str, Any]) -> Build:
        return acts.reparent(self.chosen.question, self.chosen.themes, _named(given["parent"]))


class MoveForm(CorrectionForm):
    """Passages into another theme of the same question, or into none."""

    kind, target = "move", "to"
    title, button = gettext_lazy("Move passages to another theme"), gettext_lazy("Move")
    to = forms.ChoiceField(label=gettext_lazy("Theme"))
    field_order = ("to", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [item for item in self.themes.of(self.chosen.question) if item[0] != self.chosen.of]
        self.fields["to"].choices = [*listed, (NONE, _("Into no theme"))]  # type: ignore[attr-defined]

    def fits(self) -> str:
        return "" if self.chosen.passages else _("Choose one passage at least.")

    def build(self, given: dict[str, Any]) -> Build:
        return acts.move(self.chosen.question, self.chosen.passages, _named(given["to"]))


class AnswerForm(CorrectionForm):
    """Passages that answer another question, or none."""

    kind, target = "answer", "to"
    title, button = gettext_lazy("Move passages to another question"), gettext_lazy("Move")
    to = forms.ChoiceField(label=gettext_lazy("Question, and theme there"))
    field_order = ("to", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = (
            [(NONE, _("They answer no other question"))] if self.chosen.question else []
        )
        for question, text in self.themes.questions:
            if question != self.chosen.question:
                own = [(f"{question} {name}", label) for name, label in self.themes.of(question)]
                title = Truncator(f"{question} {text}").chars(120)
                choices.append(
                    (title, [(f"{question} ", _("The question, in the theme found there if any")), *own])
                )
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def fits(self) -> str:
        return "" if self.chosen.passages else _("Choose one passage at least.")

    def build(self, given: dict[str, Any]) -> Build:
        question, _space, theme = _named(given["to"]).partition(" ")
        return acts.answer(self.chosen.passages, self.chosen.question, question, theme)


class NotOpinionForm(CorrectionForm):
    """Passages that are no opinion, or are one after all."""

    kind = "not_opinion"
    title, button = gettext_lazy("Mark passages as no opinion"), gettext_lazy("Mark as no opinion")

    def fits(self) -> str:
        return "" if self.chosen.passages else _("Choose one passage at least.")

    def build(self, given: dict[str, Any]) -> Build:  # noqa: ARG002 -- as of the others
        return acts.not_opinion(self.chosen.passages, value=True)


class OpinionForm(NotOpinionForm):
    """Passages marked as no opinion count again."""

    kind = "opinion"
    title, button = gettext_lazy("Let passages count again"), gettext_lazy("Let them count again")

    def build(self, given: dict[str, Any]) -> Build:  # noqa: ARG002 -- as of the others
        return acts.not_opinion(self.chosen.passages, value=False)


FORMS: dict[str, type[CorrectionForm]] = {
    form.kind.replace("_", "-"): form
    for form in (
        RenameForm,
        MergeForm,
        SplitForm,
        GroupForm,
        ReparentForm,
        MoveForm,
        AnswerForm,
        NotOpinionForm,
        OpinionForm,
    )
}
"""The forms by the word in their address."""


def _named(value: str) -> str:
    return "" if value == NONE else value
