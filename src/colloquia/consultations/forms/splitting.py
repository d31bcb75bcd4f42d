"""The parts of a theme that is split."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from colloquia.consultations.forms.acts import label_field


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
