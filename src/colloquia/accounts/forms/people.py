"""What people set for themselves, and what administrators fill in about others."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.forms.bodies import known_territories
from colloquia.accounts.models import Role
from colloquia.core.mail_languages import language_choices
from colloquia.core.models import Territory


@cache
def zones() -> list[tuple[str, str]]:
    """Every time zone by its IANA name, those of regions alone."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class PreferencesForm(forms.Form):
    """Name, language and time zone of an account."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("As officers see it beside what you do; in any script."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Language of messages"),
        required=False,
        help_text=_("Pages come in it too where it is English or Arabic; otherwise they stay as they are."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("Times are shown in it beside the venue’s.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("As my browser asks")), *language_choices()
        ]  # fmt: skip
        self.fields["time_zone"].choices = [("", _("As the site shows it")), *zones()]  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """A role, and the state of a focal point."""

    role = forms.ChoiceField(label=_("Role"))
    territory = forms.ChoiceField(
        label=_("State"), required=False, help_text=_("Of a focal point; leave it empty for other roles.")
    )

    def __init__(self, *args: Any, optional: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        blank = [("", _("None: answers calls"))] if optional else []
        self.fields["role"].choices = [*blank, *Role.choices]  # type: ignore[attr-defined]
        self.fields["role"].required = not optional
        self.fields["territory"].choices = [("", "—"), *known_territories()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A focal point is that of a state."""
        data = super().clean() or {}
        if data.get("role") == Role.FOCAL_POINT and not data.get("territory"):
            self.add_error("territory", _("Choose the state for which this person speaks."))
        if data.get("role") != Role.FOCAL_POINT and data.get("territory"):
            self.add_error("territory", _("Only a focal point speaks for a state; leave this empty."))
        return data

    @property
    def chosen_territory(self) -> Territory | None:
        """The state that was chosen."""
        return Territory.objects.filter(pk=self.cleaned_data.get("territory") or "").first()


class InvitationForm(RoleForm):
    """Whom to invite."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    language = forms.ChoiceField(
        label=_("Language of messages"),
        choices=language_choices,
        help_text=_("Of the invitation and of what follows. The person may choose another one later."),
    )
    field_order = ("email", "name", "language", "role", "territory")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, optional=True, **options)


class ErasureForm(forms.Form):
    """The address, typed as a sign that the person means it."""

    email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("Type it to show that you mean it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, address: str, **options: Any) -> None:
        self.address = address
        super().__init__(*args, **options)

    def clean_email(self) -> str:
        """It has to be the address of the account."""
        given = str(self.cleaned_data["email"]).strip().lower()
        if given != self.address:
            raise forms.ValidationError(_("This is not the address of your account."))
        return given
