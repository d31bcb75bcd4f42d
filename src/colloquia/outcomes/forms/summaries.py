"""The forms of the summary's editor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.queries.asked import QuestionRead
from colloquia.core.written import direction_of
from colloquia.outcomes.services.summaries import LONGEST


def question_choices(questions: Iterable[QuestionRead], head: Any) -> list[tuple[str, Any]]:
    """The questions of a run for a list; ``head`` stands for none."""
    return [
        ("", head),
        *((row.question_id, f"{row.question_id} {Truncator(row.text).chars(80)}") for row in questions),
    ]


class SentenceForm(forms.Form):
    """A sentence under a question, or at the head."""

    text = forms.CharField(
        label=gettext_lazy("Sentence"), widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST
    )
    question_id = forms.ChoiceField(label=gettext_lazy("Stands under"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, questions: Iterable[QuestionRead], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"lang": language, "dir": direction_of(language)}
        field: Any = self.fields["question_id"]
        field.choices = question_choices(questions, _("The head of the summary"))


class WordsForm(forms.Form):
    """Words chosen from a passage."""

    words = forms.CharField(
        label=gettext_lazy("Words that are quoted"),
        help_text=gettext_lazy(
            "All of the passage stands here. Cut away what is not quoted, and change nothing else."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        strip=False,
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs |= {"dir": direction_of(language) if language else "auto"}
        if language:
            self.fields["words"].widget.attrs["lang"] = language


class SuggestionForm(WordsForm):
    """The same, with the question and a note in neutral words."""

    question_id = forms.ChoiceField(label=gettext_lazy("Question"), required=False)
    note = forms.CharField(
        label=gettext_lazy("What it proposes, in neutral words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, questions: Iterable[QuestionRead], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["question_id"]
        field.choices = question_choices(questions, _("No question in particular"))
