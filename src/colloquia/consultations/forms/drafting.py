"""Asking for drafts, and deciding on one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from colloquia.consultations.models.drafts import DraftKind
from colloquia.consultations.services.draft_decisions import LONGEST
from colloquia.engines.drafting import LANGUAGES
from colloquia.engines.languages.names import language_name


class AskForm(forms.Form):
    """In which language the model is to write, about which themes."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the drafts"))
    theme = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"), widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args: Any, themes: list[tuple[str, str]], shown_in: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language_name(code, shown_in)) for code in LANGUAGES]  # type: ignore[attr-defined]
        self.fields["theme"].choices = themes  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """The wording that is kept, or why nothing is."""

    text = forms.CharField(label=gettext_lazy("Wording to keep"), max_length=LONGEST, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason, where it is refused"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = {"dir": "auto", "autocomplete": "off"}
        if kind == DraftKind.NAME:
            self.fields["text"].widget = forms.TextInput(attrs={**attributes, "size": 60})
        else:
            self.fields["text"].widget = forms.Textarea(attrs={**attributes, "rows": 3})
