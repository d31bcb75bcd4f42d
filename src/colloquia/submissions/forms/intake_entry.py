"""One submission that came on paper or by mail, as an officer types it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from colloquia.core.queries import languages, territory_choices
from colloquia.submissions.forms.intake import SeveralFilesField
from colloquia.submissions.models import Call, Channel, Publication, RespondentKind

_UNSAID = ("", _("The sender did not say: confidential, the most careful"))


class EntryForm(forms.Form):
    """Every field is kept as it was typed; whether it is enough is for the service to say."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[each for each in Channel.choices if each[0] in (Channel.POST, Channel.MAIL, Channel.FORM)],
        required=False,
    )
    received = forms.CharField(
        label=_("Received"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        required=False,
    )
    kind = forms.ChoiceField(label=_("Who answers"), choices=RespondentKind.choices, required=False)
    name = forms.CharField(
        label=_("Name of the person"),
        required=False,
        help_text=_("Never published unless the sender chose so."),
    )
    organisation = forms.CharField(label=_("Organisation"), required=False)
    on_behalf_of = forms.CharField(label=_("On behalf of"), required=False)
    territory = forms.ChoiceField(label=_("Country or territory"), required=False)
    stakeholder = forms.CharField(label=_("Stakeholder group"), required=False, max_length=100)
    language = forms.ChoiceField(label=_("Language"), required=False)
    email = forms.CharField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Sealed; for the receipt alone."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    wish = forms.ChoiceField(
        label=_("How it may be published"), required=False, choices=[_UNSAID, *Publication.choices]
    )
    note = forms.CharField(
        label=_("Note: where the sender says so, or why it is known"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    given = SeveralFilesField(label=_("Files, such as scans"), required=False)
    originals = forms.ChoiceField(
        label=_("These files are"),
        required=False,
        choices=[
            ("", _("part of the submission")),
            ("yes", _("the sender's originals of what is typed here; kept, and not published")),
        ],
    )
    receipt = forms.BooleanField(label=_("Mail a receipt to the sender"), required=False)

    def __init__(
        self,
        call: Call,
        questions: Mapping[str, str],
        *args: Any,
        typed: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        if typed is not None:
            answers = {f"answer-{each}": text for each, text in typed.get("answers", {}).items()}
            kwargs["initial"] = {**typed, **answers}
        super().__init__(*args, **kwargs)
        self.call = call
        self.questions = questions
        self.fields["received"].help_text = _("Day and time at the venue (%(zone)s).") % {
            "zone": call.time_zone
        }
        if typed is None:
            now = timezone.now().astimezone(call.zone)
            self.fields["received"].initial = now.strftime("%Y-%m-%dT%H:%M")
        self._choose("territory", territory_choices(get_language() or "en"))
        self._choose("language", ((row.code, f"{row.endonym} ({row.code})") for row in languages()))
        for question, text in questions.items():
            self.fields[f"answer-{question}"] = forms.CharField(
                label=question or _("Remarks on no question in particular"), help_text=text, required=False,
                strip=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            )  # fmt: skip

    @property
    def answer_fields(self) -> list[Any]:
        """The boxes of answers, in the order of the call."""
        return [self[f"answer-{question}"] for question in self.questions]

    @property
    def respondent_fields(self) -> list[Any]:
        """All others but the files."""
        names = [
            "channel", "received", "language", "kind", "name", "organisation", "on_behalf_of", "territory",
            "stakeholder", "email", "wish", "note",
        ]  # fmt: skip
        return [self[name] for name in names]

    def typed(self) -> dict[str, Any]:
        """Everything as it was typed, for the service. It never refuses."""
        plain = {
            name: str(self.data.get(name, ""))[:2000]
            for name in self.fields
            if name != "given" and not name.startswith("answer-")
        }
        answers = {
            question: str(self.data.get(f"answer-{question}", "")).replace("\r\n", "\n")
            for question in self.questions
        }
        return {**plain, "answers": {question: text for question, text in answers.items() if text.strip()}}

    def show(self, problems: Mapping[str, str]) -> None:
        """Put the sentences of a refusal at their fields."""
        for name, sentence in problems.items():
            field = f"answer-{name.removeprefix('answers.')}" if name.startswith("answers.") else name
            self.add_error(field if field in self.fields else None, sentence)

    def _choose(self, name: str, rows: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "–"), *rows]  # type: ignore[attr-defined]  # a choice field has them


def moment_of(typed: str, call: Call) -> datetime | None:
    """Day and time at the venue; None where it is neither."""
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=call.zone)
