"""What officers state about an import: what holds where the sources do not say so themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.core.queries import languages
from colloquia.submissions.models import Call, Channel, Publication

MOST_FILES = 200
_AS_FOUND = ("", _("By what it is"))


class SeveralFiles(forms.ClearableFileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files; gives a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each as a file field would."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            return [super().clean(None, initial)] if self.required else []
        return [forms.FileField.clean(self, each, initial) for each in given[:MOST_FILES]]


class OptionsForm(forms.Form):
    """What holds for every item that does not say otherwise."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        required=False,
        choices=[
            ("", _("Find out")),
            ("folder", _("Files: each is a submission, or belongs to one")),
            ("mbox", _("Mailbox or messages")),
            ("table", _("A table of answers, with or without files")),
        ],
    )
    channel = forms.ChoiceField(
        label=_("How it came"), required=False, choices=[_AS_FOUND, *Channel.choices[1:]]
    )
    received = forms.DateTimeField(
        label=_("Received, where it does not say when"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    language = forms.ChoiceField(label=_("Language, where none is stated"), required=False)
    publication = forms.ChoiceField(
        label=_("How it may be published, where the sender did not say"),
        choices=[
            (Publication.CONFIDENTIAL, _("Not at all: confidential, the most careful")),
            (Publication.ANONYMOUS, _("Without the name")),
            (Publication.NAMED, _("With the name")),
        ],
        help_text=_("Anything but confidential needs a note that says why."),
        required=False,
    )
    note = forms.CharField(
        label=_("Why the senders' wish is known to be that"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    respondents = forms.ChoiceField(
        label=_("Senders who do not say what they are"),
        required=False,
        choices=[("person", _("are persons")), ("organisation", _("are organisations"))],
    )
    named_by_file = forms.BooleanField(
        label=_("Names of files or folders are the senders' names"), required=False
    )
    folders = forms.ChoiceField(
        label=_("Folders"),
        required=False,
        choices=[
            ("", _("By how they look")),
            ("files", _("Every file is a submission")),
            ("submissions", _("Every folder of the first level is a submission")),
        ],
    )
    receipts = forms.BooleanField(
        label=_("Mail a receipt to each sender whose address is known"), required=False
    )

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        field = self.fields["received"]
        field.help_text = _("At the venue (%(zone)s).") % {"zone": call.time_zone}
        choices = [("", "–"), *((row.code, f"{row.endonym} ({row.code})") for row in languages())]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]  # a choice field has them

    @property
    def remarks(self) -> list[str]:
        """What was not taken as it was typed; the careful value stands in its place."""
        found = [str(error) for errors in self.errors.values() for error in errors]
        if self._wish() != Publication.CONFIDENTIAL and not self._note():
            found.append(
                str(_("No note says why senders may be published, so that they stay confidential for now."))
            )
        return found

    def options(self) -> dict[str, Any]:
        """What was stated, with the careful value where something cannot be used. After ``is_valid``."""
        data = self.cleaned_data
        moment = data.get("received") or timezone.now().replace(microsecond=0)
        return {
            "channel": data.get("channel", ""),
            "received": self._at_venue(moment).isoformat(),
            "language": data.get("language", ""),
            "publication": self._wish() if self._note() else Publication.CONFIDENTIAL.value,
            "note": self._note(),
            "respondents": data.get("respondents") or "person",
            "named_by_file": bool(data.get("named_by_file")),
            "folders": data.get("folders", ""),
            "receipts": bool(data.get("receipts")),
        }

    @classmethod
    def of(cls, call: Call, options: dict[str, Any], kind: str = "") -> OptionsForm:
        """The form as an import was given."""
        moment = datetime.fromisoformat(options["received"]) if options.get("received") else timezone.now()
        local = moment.astimezone(call.zone).replace(tzinfo=None)
        return cls(call, initial={**options, "kind": kind, "received": local})

    def _at_venue(self, moment: datetime) -> datetime:
        """What was typed is the venue's time, whatever zone the page is shown in."""
        if "received" not in self.changed_data and not self.data.get("received"):
            return moment
        return timezone.make_naive(moment).replace(tzinfo=self.call.zone)

    def _wish(self) -> str:
        return self.cleaned_data.get("publication") or Publication.CONFIDENTIAL.value

    def _note(self) -> str:
        return str(self.cleaned_data.get("note", "")).strip()


class NewImportForm(OptionsForm):
    """The same with the files."""

    given = SeveralFilesField(
        label=_("Files"),
        help_text=_(
            "A ZIP, a mailbox file (mbox), messages (EML), a table (CSV, XLSX, ODS) or documents; "
            "several at once."
        ),
    )
    field_order = ("given",)
