"""What the forms of all acts share, and what they choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from colloquia.consultations.forms.selection import Selection
from colloquia.consultations.models import ThemeInEffect
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


def label_field(**options: Any) -> forms.CharField:
    """The label of a theme, in one line."""
    return forms.CharField(
        label=gettext_lazy("Label"),
        max_length=LONGEST_LABEL,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "size": 60}),
        **options,
    )
