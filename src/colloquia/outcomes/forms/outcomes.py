"""The forms of terms and outcomes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colloquia.outcomes.forms.kept_words import KeepsWords
from colloquia.outcomes.forms.texts import add_texts, texts_of
from colloquia.outcomes.models import Outcome, OutcomeTerm
from colloquia.outcomes.queries.outcomes import terms
from colloquia.outcomes.services import Decision
from colloquia.outcomes.services.deciding import LONGEST_REASON


class TermForm(forms.Form):
    """A term. ``{paragraph}`` in a label stands for the paragraph."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    needs_paragraph = forms.BooleanField(
        label=_("Names a paragraph of the paper"),
        help_text=_("The labels then hold {paragraph} where its number belongs."),
        required=False,
    )
    position = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=999, required=False)
    is_active = forms.BooleanField(
        label=_("In use"),
        help_text=_(
            "A term that is ended stays with the outcomes that have it, and is not offered any more."
        ),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, term: OutcomeTerm | None = None, **kwargs: Any) -> None:
        if term is not None:
            kwargs["initial"] = {
                "code": term.code,
                "needs_paragraph": term.needs_paragraph,
                "position": term.position,
                "is_active": term.is_active,
            }
        super().__init__(*args, **kwargs)
        labels = term.labels if term else {}
        add_texts(self, "label", _("Label: %(language)s"), labels, longest=200, rows=0)
        if term is not None:
            self.fields["code"].disabled = True
        self.order_fields(["code", *(name for name in self.fields if name.startswith("label_"))])

    @property
    def labels(self) -> dict[str, str]:
        """By language. After ``is_valid``."""
        return texts_of(self, "label")


class OutcomeForm(KeepsWords):
    """What became of something: a term, a paragraph where the term names one, and the reason."""

    term = forms.ChoiceField(label=_("Outcome"))
    paragraph = forms.CharField(
        label=_("Paragraph"),
        help_text=_("Of the revised paper; only where the outcome names one."),
        max_length=60,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, outcome: Outcome | None = None, **kwargs: Any) -> None:
        if outcome is not None:
            kwargs["initial"] = {
                "term": outcome.term_id,
                "paragraph": outcome.paragraph,
                "seen": str(outcome.pk),
            } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        field: Any = self.fields["term"]
        field.choices = [("", _("Choose …")), *((row.pk, str(row)) for row in terms(active=True))]
        reasons = outcome.reasons if outcome else {}
        add_texts(self, "reason", _("Reason: %(language)s"), reasons, longest=LONGEST_REASON)
        self.show_tick()

    @property
    def decision(self) -> Decision:
        """What was decided. After ``is_valid``."""
        data = self.cleaned_data
        return Decision(data["term"], data["paragraph"], texts_of(self, "reason"), self.kept_words)

    @property
    def seen_outcome(self) -> int | None:
        """The outcome that the officer was looking at. After ``is_valid``."""
        text = self.cleaned_data["seen"]
        return int(text) if text.isascii() and text.isdigit() else None
