"""What a sender says when a submission is taken back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from colloquia.submissions.services.withdrawing import LONGEST_REASON


class WithdrawForm(forms.Form):
    """A reason, which may be left empty. The secretariat reads it and nobody else."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Read by the secretariat only, and destroyed with the rest."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
