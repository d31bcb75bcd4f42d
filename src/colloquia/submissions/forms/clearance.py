"""What the owner of a draft and colleagues type during clearance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colloquia.submissions.services.clearance import LONGEST_REMARK


class LinkForm(forms.Form):
    """For whom a link is."""

    note = forms.CharField(
        label=_("For whom"),
        help_text=_("For instance “Legal department”. Whoever gets the link does not see this."),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class RemarkForm(forms.Form):
    """A colleague's comment or approval. ``state`` is the hash of what stood before them."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Shown to the author of the draft and to others with such a link."),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    question = forms.ChoiceField(label=_("On what"), required=False)
    text = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    act = forms.ChoiceField(
        choices=[("comment", _("Comment")), ("approve", _("Approve"))], widget=forms.HiddenInput
    )
    state = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["question"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker
        field.choices = [("", _("The whole")), *questions]

    def clean(self) -> dict[str, Any]:
        """A comment says something; an approval need not."""
        cleaned = super().clean() or {}
        if cleaned.get("act") == "comment" and not cleaned.get("text", "").strip():
            self.add_error("text", _("Write your comment, or approve the draft instead."))
        return cleaned
