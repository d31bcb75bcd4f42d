"""The forms of a revision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.issues.models import PaperVersion
from colloquia.issues.records import IssueIn
from colloquia.outcomes.forms.texts import add_texts, texts_of
from colloquia.outcomes.models import Change, ChangeKind
from colloquia.outcomes.queries.revisions import Citable, subject_name
from colloquia.outcomes.services import Wish
from colloquia.outcomes.services.revising import LONGEST


class RevisionForm(forms.Form):
    """What a new version is called, and from which one it begins."""

    base = forms.ChoiceField(label=gettext_lazy("Version that is revised"))
    key = forms.SlugField(
        label=gettext_lazy("Key of the new version"),
        help_text=gettext_lazy("It stands in the address, for instance “revised-2”."),
        max_length=60,
    )
    symbol = forms.CharField(label=gettext_lazy("Symbol"), max_length=120, required=False)

    def __init__(self, *args: Any, versions: Sequence[PaperVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["base"]
        field.choices = [(str(row.pk), f"{row.key}: {row.title}") for row in reversed(versions)]
        first = versions[-1].language if versions else ""
        add_texts(self, "title", gettext_lazy("Title: %(language)s"), {}, longest=300, rows=0, first=first)

    @property
    def titles(self) -> dict[str, str]:
        """By language. After ``is_valid``."""
        return texts_of(self, "title")


class ChangeForm(forms.Form):
    """The change of one question, or a question that is added."""

    kind = forms.ChoiceField(label=gettext_lazy("What is done"))
    issue_id = forms.ChoiceField(label=gettext_lazy("Issue"))
    position = forms.IntegerField(
        label=gettext_lazy("Place in the issue"),
        help_text=gettext_lazy("Counted from 1; empty for the end. Only where a question is added or moved."),
        min_value=1,
        max_value=999,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self,
        *args: Any,
        question_id: str,
        texts: dict[str, str],
        language: str,
        issues: Sequence[IssueIn],
        outcomes: Sequence[Citable],
        change: Change | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.question_id = question_id
        kinds = ChangeKind.choices
        kind: Any = self.fields["kind"]
        kind.choices = [pair for pair in kinds if (pair[0] == ChangeKind.ADD) == (not question_id)]
        issue: Any = self.fields["issue_id"]
        issue.choices = [(row.id, f"{row.id} {Truncator(row.title).chars(80)}") for row in issues]
        # A text in another language says what the earlier text said, so it is not proposed for the new one.
        held = {code: text for code, text in texts.items() if code == language}
        held = dict(change.texts) if change and change.texts else held
        codes = [*texts, *held]
        label = gettext_lazy("Text: %(language)s")
        add_texts(self, "text", label, held, longest=LONGEST, rows=4, first=language, codes=codes, now=texts)
        self.texts = {code: " ".join(text.split()) for code, text in texts.items()}
        self.fields["outcomes"] = forms.MultipleChoiceField(
            label=_("Outcomes that this change rests on"),
            help_text=_("A change that cites none cannot be published."),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(str(item.outcome.pk), _choice(item)) for item in outcomes],
            initial=[str(row.pk) for row in change.outcomes.all()] if change else [],
        )
        add_texts(
            self,
            "reason",
            gettext_lazy("Reason: %(language)s"),
            dict(change.reasons) if change else {},
            longest=LONGEST,
            rows=2,
            first=language,
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a rewording that leaves every word as it was."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind") == ChangeKind.REWORD and not self._new_texts():
            self.add_error(None, _("Nothing of the wording is changed. Change it, or choose something else."))
        return data

    def _new_texts(self) -> dict[str, str]:
        """The texts, or nothing where all that are given stand like that already."""
        given = texts_of(self, "text")
        same = all(" ".join(text.split()) == self.texts.get(code) for code, text in given.items())
        return {} if same else given

    @property
    def wish(self) -> Wish:
        """What is asked for. After ``is_valid``."""
        data = self.cleaned_data
        return Wish(
            kind=data["kind"],
            question_id=self.question_id,
            issue_id=data["issue_id"],
            texts=self._new_texts() if data["kind"] == ChangeKind.MOVE else texts_of(self, "text"),
            position=data["position"],
            reasons=texts_of(self, "reason"),
            outcomes=[int(value) for value in data["outcomes"]],
        )


def _choice(item: Citable) -> str:
    return f"{subject_name(item.outcome)} · {Truncator(item.label).chars(90)} · {item.outcome.words}"
