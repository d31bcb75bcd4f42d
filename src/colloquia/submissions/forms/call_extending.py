"""The form that moves the deadline of a call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from colloquia.engines.languages.names import language_name
from colloquia.submissions.forms.call_fields import LocalTime, OnTheClock, written


class ExtendForm(OnTheClock):
    """A later deadline, with its reason in every language of the call."""

    until = LocalTime(
        label=gettext_lazy("New deadline"), help_text=gettext_lazy("On the clocks of the venue.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, languages: Sequence[str], zone: str, seen: int, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"version": seen})
        self.zone, self.languages, self.remarks = zone, list(languages), []
        for code in self.languages:
            self.fields[f"reasons_{code}"] = forms.CharField(
                label=_("Reason: %(language)s") % {"language": language_name(code, get_language() or "en")},
                help_text=_("Shown to everybody."),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3, **written(code)}),
            )
        self.order_fields(["until", *(f"reasons_{code}" for code in self.languages), "version"])

    def clean(self) -> dict[str, Any]:
        """The local time to a moment."""
        data = super().clean() or {}
        data["moment"] = self.moment_of("until", self.zone, later=True)
        return data

    @property
    def reasons(self) -> dict[str, str]:
        """The reasons by language. After ``is_valid``."""
        return {code: self.cleaned_data[f"reasons_{code}"] for code in self.languages}
