"""Which codebook or project goes out, and a file that comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from colloquia.consultations.queries.codebook import DOCKET

Choices = Sequence[tuple[str, str]]


class OutForm(forms.Form):
    """What goes into a file, as a codebook alone or with texts and codings."""

    question = forms.ChoiceField(label=gettext_lazy("Themes of"), required=False)
    format = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=[
            ("qdpx", gettext_lazy("Project: themes, texts, and which passages are in which theme (.qdpx)")),
            ("qdc", gettext_lazy("Codebook: the themes alone (.qdc)")),
        ],
        widget=forms.RadioSelect,
        initial="qdpx",
    )
    language = forms.MultipleChoiceField(
        label=gettext_lazy("Only submissions in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    stakeholder = forms.MultipleChoiceField(
        label=gettext_lazy("Only submissions of"), required=False, widget=forms.CheckboxSelectMultiple
    )
    distinct = forms.BooleanField(
        label=gettext_lazy("Only distinct messages"),
        help_text=gettext_lazy("Of submissions that share their text, the first one."),
        required=False,
    )

    def __init__(
        self, *args: Any, questions: Choices, languages: Choices, stakeholders: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        listed = [(name, Truncator(f"{name} {text}").chars(120)) for name, text in questions if name]
        self.fields["question"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("All questions, and across them")),
            *listed,
            (DOCKET, gettext_lazy("Across all questions")),
        ]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.fields["stakeholder"].choices = stakeholders  # type: ignore[attr-defined]


class BackForm(forms.Form):
    """A codebook or a project from another program."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A REFI-QDA codebook (.qdc) or project (.qdpx), at most 200 MiB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".qdc,.qdpx"}),
    )
