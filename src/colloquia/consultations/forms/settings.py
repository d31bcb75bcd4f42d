"""The form of a consultation's settings: titles and notes in six languages, closing date, run, states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings as site
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.services.settings import Settings, fingerprint

_LONGEST_TITLE = 300
_LONGEST_NOTE = 1000


class SettingsForm(forms.Form):
    """``runs`` are numbers of whole runs with words; ``stakeholders`` the values given, with their counts.

    ``is_hidden``: no run is shown at present, since a submission in it was taken out of the public.
    """

    closed_on = forms.DateField(
        label=_("Closing date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(label=_("Reason for the change"), max_length=2000, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    def __init__(
        self,
        now: Settings,
        *,
        runs: Iterable[tuple[int, str]],
        stakeholders: Sequence[tuple[str, int]],
        data: QueryDict | None = None,
        has_call: bool = False,
        is_hidden: bool = False,
    ) -> None:
        initial: dict[str, Any] = {
            "closed_on": now.closed_on,
            "shown_run": "" if now.shown_run is None else str(now.shown_run),
            "states": list(now.states),
            "seen": fingerprint(now),
        }
        super().__init__(data, initial=initial)
        if has_call:
            closing = self.fields["closed_on"]
            closing.disabled = True
            closing.help_text = _("The deadline of the call. It moves where the call is extended or closed.")
        order = []
        for code, name in site.LANGUAGES:
            direction = {"lang": code, "dir": "rtl" if code == "ar" else "ltr"}
            title = forms.CharField(
                label=_("Title: %(language)s") % {"language": name},
                max_length=_LONGEST_TITLE,
                required=False,
                initial=now.titles.get(code, ""),
                widget=forms.TextInput(attrs=direction),
            )
            text = forms.CharField(
                label=_("Note: %(language)s") % {"language": name},
                max_length=_LONGEST_NOTE,
                required=False,
                initial=now.notes.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 2, **direction}),
            )
            self.fields[f"title_{code}"], self.fields[f"note_{code}"] = title, text
            order += [f"title_{code}", f"note_{code}"]
        self.fields["shown_run"] = forms.ChoiceField(
            label=_("Run that the public sees"),
            required=False,
            choices=[
                (
                    "",
                    _("None at present: what two officers published stays")
                    if is_hidden
                    else _("None: nothing is public"),
                ),
                *((str(number), label) for number, label in runs),
            ],
        )
        # A value that was chosen stays, also where no submission of this run has it.
        held = {value for value, _count in stakeholders}
        listed = [*stakeholders, *((value, 0) for value in now.states if value not in held)]
        self.fields["states"] = forms.MultipleChoiceField(
            label=_("Stakeholder groups that are states"),
            help_text=_(
                "Respondents of these groups are counted as states, by the territory in which they say that "
                "they are established. Runs that are not signed are counted again."
            ),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(value, f"{value} ({count})") for value, count in listed],
        )
        self.order_fields([*order, "closed_on", "shown_run", "states", "note"])

    @property
    def settings(self) -> Settings:
        """What was asked for. After ``is_valid``."""
        data = self.cleaned_data
        codes = [code for code, _name in site.LANGUAGES]
        return Settings(
            {code: data[f"title_{code}"] for code in codes},
            {code: data[f"note_{code}"] for code in codes},
            data["closed_on"],
            int(data["shown_run"]) if data["shown_run"] else None,
            tuple(data["states"]),
        )
