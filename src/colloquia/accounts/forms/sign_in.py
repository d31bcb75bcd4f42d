"""What a visitor fills in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FirstOfficerForm(forms.Form):
    """The first officer's address and name."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("You will sign in with it from now on."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("As it is shown to others; may be left empty."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
