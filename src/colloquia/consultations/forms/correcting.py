"""One form for each act of an officer. What it sends makes the act; what it refuses it says at the field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.forms.selection import Selection
from colloquia.consultations.models import ThemeInEffect
from colloquia.consultations.services import acts
from colloquia.consultations.services.planning import Build
from colloquia.core.tables import Words
from colloquia.engines.corrections.check import LONGEST_LABEL

NONE = "-"
"""Stands for no theme, no group or no question, so that choosing it is a choice."""
_SAMPLE = "…"


class ThemesOf:
    """The themes in effect of a run, as choices; one query."""

    def __init__(self, rows: Iterable[ThemeInEffect], questions: Iterable[tuple[str, str]]) -> None:
        self.rows = {row.theme_id: row for row in rows if row.is_live}
        self.questions = list(questions)

    def of(self, question: str, *, groups: bool = False) -> list[tuple[str, str]]:
        """Themes, or groups, of a question ("" for the docket): id and label."""
        return [
            (row.theme_id, f"{row.label} ({row.theme_id})")
            for row in self.rows.values()
            if row.question_id == question and row.is_parent is groups
        ]

    def label(self, theme_id: str) -> str:
        """The label of a theme, its id where there is none."""
        row = self.rows.get(theme_id)
        return row.label if row else theme_id


class CorrectionForm(forms.Form):
    """What all acts share. ``chosen`` is what they are about.

    ``target`` names the field without which it cannot be shown what the act would change, "" for none.
    """

    kind: ClassVar[str]
    title: ClassVar[Words]
    button: ClassVar[Words]
    target: ClassVar[str] = ""

    note = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Officers see it in the history."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, chosen: Selection, themes: ThemesOf, **kwargs: Any) -> None:
        self.chosen, self.themes = chosen, themes
        super().__init__(*args, **kwargs)
        for name, value in self.beginning().items():
            self.initial.setdefault(name, value)

    def beginning(self) -> dict[str, str]:
        """What stands in the fields at first."""
        return {}

    def fits(self) -> str:
        """Why this act cannot be done with what was chosen, "" where it can."""
        return ""

    def build(self, given: dict[str, Any]) -> Build:
        """The act. ``given`` are clean values; of a form not sent yet, those of ``sample``."""
        raise NotImplementedError

    def sample(self) -> dict[str, Any]:
        """Values to show what the act would change before the rest is filled in."""
        return {"label": _SAMPLE}

    def order(self, *names: str) -> None:
        """Fields in this order, the reason last."""
        self.order_fields([*names, "note"])


def label_field(**options: Any) -> forms.CharField:
    """The label of a theme, in one line."""
    return forms.CharField(
        label=gettext_lazy("Label"),
        max_length=LONGEST_LABEL,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "size": 60}),
        **options,
    )


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
                title = f"{question} {text}"[:120]
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


class PartForm(forms.Form):
    """One part of a theme that is split: its label, and those of its passages that an officer left in."""

    label = label_field()
    passages = forms.CharField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def taken(self, kept: Sequence[str]) -> list[str]:
        """The passages of the part, without those whose boxes were cleared."""
        shown = set(self.cleaned_data["shown"].split())
        return [
            name for name in self.cleaned_data["passages"].split() if name not in shown or name in set(kept)
        ]


def _named(value: str) -> str:
    return "" if value == NONE else value
