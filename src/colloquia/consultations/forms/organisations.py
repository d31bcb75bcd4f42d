"""What officers send about organisations: answers to proposals, several at once, and names to be shown by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.organisations import OrganisationVerdict
from colloquia.consultations.services.organisations import LONGEST, Choice

MOST = 100
"""So many answers in one form at most."""
ANSWERS = {
    "same": OrganisationVerdict.SAME,
    "different": OrganisationVerdict.DIFFERENT,
    "part": OrganisationVerdict.PART,
}


def read_answers(data: QueryDict) -> list[Choice]:
    """Choices of the page of proposals: for each ``n`` the fields ``answer-n``, ``one-n``, ``other-n``,
    and ``name-n``. Proposals that were left for later are absent.
    """
    found = []
    for number in range(MOST):
        verdict = ANSWERS.get(data.get(f"answer-{number}", ""))
        keys = (data.get(f"one-{number}", ""), data.get(f"other-{number}", ""))
        if verdict is not None and all(keys):
            name = data.get(f"name-{number}", "") if verdict == OrganisationVerdict.SAME else ""
            found.append(Choice(verdict, keys, name))
    return found


def read_number(data: Mapping[str, Any], name: str) -> int:
    """A whole number of a form; 0 where there is none."""
    text = str(data.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class NameForm(forms.Form):
    """Under which name an organisation is shown: one of those written, or another."""

    other_name = forms.CharField(
        label=_("Another name"),
        max_length=LONGEST,
        required=False,
        help_text=_("Takes the place of the choice above."),
    )

    def __init__(
        self, names: Sequence[str], data: QueryDict | None = None, *, preselect: bool = True
    ) -> None:
        super().__init__(data, initial={"name": names[0] if names and preselect else ""})
        self.fields["name"] = forms.ChoiceField(
            label=_("Shown as"),
            widget=forms.RadioSelect,
            required=False,
            choices=[(name, name) for name in names],
        )
        self.order_fields(("name", "other_name"))

    @property
    def chosen(self) -> str:
        """The name; "" where none was chosen. After ``is_valid``."""
        return str(self.cleaned_data.get("other_name") or self.cleaned_data.get("name") or "")
