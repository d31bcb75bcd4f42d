"""What an officer states when sending in a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colloquia.issues.models import Status
from colloquia.issues.planning import Given


class PaperFileForm(forms.Form):
    """A file and what it is. Blank fields are taken from the file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("YAML, JSON or a Word document (DOCX) with numbered paragraphs, at most 50 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.json,.docx"}),
    )
    paper = forms.CharField(
        label=_("Address of the paper"),
        max_length=60,
        help_text=_("That of a paper that is here already, or a new one such as ip-policy-and-ai."),
        widget=forms.TextInput(attrs={"list": "known-papers", "dir": "ltr", "autocomplete": "off"}),
    )
    version = forms.CharField(
        label=_("Key of the version"),
        max_length=60,
        help_text=_("Such as revised-2020. That of a version of the starter set gives it its official text."),
        widget=forms.TextInput(attrs={"list": "known-versions", "dir": "ltr", "autocomplete": "off"}),
    )
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    symbol = forms.CharField(
        label=_("Symbol"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    date = forms.DateField(
        label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language = forms.CharField(
        label=_("Language of the file"),
        max_length=12,
        required=False,
        help_text=_("A code such as en, fr or ar; English unless stated here or in the file."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    status = forms.ChoiceField(label=_("Status"), choices=Status.choices, initial=Status.FINAL)
    beginning = forms.CharField(
        label=_("Beginning of the ids of a new paper"),
        max_length=8,
        required=False,
        help_text=_("Capital letters, such as IP. For a paper that is here already it stays what it is."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )

    def given(self) -> Given:
        """What was stated, after ``is_valid``."""
        data: dict[str, Any] = self.cleaned_data
        return Given(
            paper=data["paper"].strip().lower(),
            version=data["version"].strip().lower(),
            title=data["title"].strip(),
            symbol=data["symbol"].strip(),
            date=data["date"].isoformat() if data["date"] else "",
            language=data["language"].strip().lower(),
            status=data["status"],
            prefix=data["beginning"].strip().upper(),
        )
