"""Fields of the forms of a call: times on the venue's clock, time zones, texts by language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.engines.languages.names import language_name
from colloquia.issues.models import PaperVersion
from colloquia.submissions.call_times import on_clock, on_the_wall, zone_named, zone_words

_LONGEST_TITLE, _LONGEST_TEXT = 300, 20_000


class LocalTime(forms.CharField):
    """A day and a time on a clock, as browsers send it, or as plain text."""

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(label=label, help_text=help_text, max_length=30, widget=widget)

    def clean(self, value: Any) -> Any:
        """A naive ``datetime``."""
        text = super().clean(value)
        try:
            return datetime.fromisoformat(text.strip()).replace(tzinfo=None, second=0, microsecond=0)
        except ValueError as error:
            raise forms.ValidationError(
                _("Give day and time so: 2026-03-01 17:00. “%(text)s” was not understood.") % {"text": text}
            ) from error


class ZoneField(forms.CharField):
    """A time zone by its IANA name, or by its city."""

    def clean(self, value: Any) -> Any:
        """The IANA name."""
        text = super().clean(value)
        name = zone_named(text)
        if text and not name:
            raise forms.ValidationError(
                _("“%(text)s” is no time zone. Give a name such as Africa/Nairobi, or a large city in it.")
                % {"text": text}
            )
        return name


class OnTheClock(forms.Form):
    """A form with local times; ``remarks`` are sentences on times that come twice."""

    remarks: list[str]

    def moment_of(self, name: str, zone: str, *, later: bool) -> datetime | None:
        """The moment of a field in a zone; an error at the field where no clock ever shows it."""
        local = self.cleaned_data.get(name)
        if not isinstance(local, datetime) or not zone:
            return None
        found = on_the_wall(local, ZoneInfo(zone), later=later)
        values = {
            "time": f"{local:%H:%M}",
            "zone": zone,
            "next": on_clock(found.moment, ZoneInfo(zone)),
            "taken": zone_words(found.moment, ZoneInfo(zone)),
        }
        if found.kind == "never":
            self.add_error(
                name,
                _(
                    "On that day the clocks of %(zone)s go forward and never show %(time)s. The next time "
                    "that they show is %(next)s."
                )
                % values,
            )
            return None
        if found.kind == "twice":
            sentence = (
                _(
                    "On that day the clocks of %(zone)s go back and show %(time)s twice. The later one is "
                    "meant: %(taken)s."
                )
                if later
                else _(
                    "On that day the clocks of %(zone)s go back and show %(time)s twice. The earlier one is "
                    "meant: %(taken)s."
                )
            )
            self.remarks.append(sentence % values)
        return found.moment


def local(moment: datetime, zone: str) -> datetime:
    """A moment on the clock, for a field."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def version_choices(versions: Iterable[PaperVersion]) -> list[tuple[str, str]]:
    """Versions of papers for a list."""
    return [
        (str(each.pk), _("%(paper)s: %(version)s") % {"paper": each.paper, "version": each.title})
        for each in versions
    ]


def written(code: str) -> dict[str, str]:
    """The attributes of a field in which a language is written."""
    return {"lang": code, "dir": "rtl" if code == "ar" else "ltr"}


def text_field(name: str, code: str, text: str) -> forms.CharField:
    """The field of one text of the call in one language."""
    labels = {
        "titles": _("Title"),
        "introductions": _("Introduction"),
        "privacy_notices": _("Notice on privacy"),
        "publication_notices": _("Notice on publication"),
        "retention_notices": _("Notice on retention"),
    }
    label = _("%(text)s: %(language)s") % {
        "text": labels[name],
        "language": language_name(code, get_language() or "en"),
    }
    widget: forms.Widget = (
        forms.TextInput(attrs=written(code))
        if name == "titles"
        else forms.Textarea(attrs={"rows": 6 if name == "introductions" else 4, **written(code)})
    )
    return forms.CharField(
        label=label,
        required=False,
        initial=text,
        widget=widget,
        max_length=_LONGEST_TITLE if name == "titles" else _LONGEST_TEXT,
    )
