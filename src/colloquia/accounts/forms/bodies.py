"""What is filled in about organisations and delegations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.models import Capacity, Organisation, OrganisationKind, User
from colloquia.core.models import Territory
from colloquia.core.queries import territory_choices


class OrganisationForm(forms.Form):
    """A new organisation."""

    name = forms.CharField(label=_("Name"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    territory = forms.ChoiceField(label=_("Established in"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["territory"].choices = [("", "—"), *known_territories()]  # type: ignore[attr-defined]

    @property
    def chosen_territory(self) -> Territory | None:
        """The territory that was chosen."""
        return Territory.objects.filter(pk=self.cleaned_data.get("territory") or "").first()


class JoinForm(forms.Form):
    """In which function somebody belongs to an organisation."""

    function = forms.CharField(
        label=_("Your function"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class DelegationForm(forms.Form):
    """A new delegation."""

    territory = forms.ChoiceField(label=_("State"), required=False)
    organisation = forms.ModelChoiceField(
        label=_("or organisation"),
        required=False,
        queryset=Organisation.objects.filter(confirmed_at__isnull=False),
        empty_label="—",
    )
    occasion = forms.CharField(
        label=_("Occasion"),
        max_length=300,
        help_text=_("The meeting or the consultation for which it is."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    begins_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))
    capacity = forms.ChoiceField(
        label=_("Your capacity"),
        required=False,
        choices=[("", _("I do not belong to it")), *Capacity.choices],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["territory"].choices = [("", "—"), *known_territories()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Of one body, for days in their order."""
        data = super().clean() or {}
        if bool(data.get("territory")) == bool(data.get("organisation")):
            self.add_error("territory", _("Choose a state or an organisation, and not both."))
        begins, ends = data.get("begins_on"), data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("A delegation ends on or after the day on which it begins."))
        return data

    @property
    def chosen_territory(self) -> Territory | None:
        """The state that was chosen."""
        return Territory.objects.filter(pk=self.cleaned_data.get("territory") or "").first()


class DelegateForm(forms.Form):
    """A person to be added to a delegation."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr"})
    )
    capacity = forms.ChoiceField(label=_("Capacity"), choices=Capacity.choices, initial=Capacity.MEMBER)

    def clean_email(self) -> str:
        """It has to be that of an account."""
        given = str(self.cleaned_data["email"]).strip().lower()
        if not User.objects.filter(email=given, is_active=True).exists():
            raise forms.ValidationError(
                _("Nobody has an account with this address. Ask an administrator to invite the person.")
            )
        return given


def known_territories() -> list[tuple[str, str]]:
    """Code and name of every territory, in the order of the naming profile. Two queries."""
    kept = set(Territory.objects.values_list("code", flat=True))
    return [(code, name) for code, name in territory_choices(get_language() or "en") if code in kept]
