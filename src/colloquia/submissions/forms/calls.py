"""Forms of a call: a new one, and everything about one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from colloquia.issues.models import PaperVersion
from colloquia.issues.records import IssueIn
from colloquia.submissions import call_notices
from colloquia.submissions.commitments import TEXTS
from colloquia.submissions.forms.call_fields import (
    LocalTime,
    OnTheClock,
    ZoneField,
    local,
    text_field,
    version_choices,
)
from colloquia.submissions.services.call_rows import CallValues

RESERVED = {"new", "zone", "feed", "index"}
MONTHS = 24
"""The retention time of a new call."""
_WHOLE, _CHOSEN = "all", "chosen"


class NewCallForm(OnTheClock):
    """What a draft needs to exist; all else is written in it afterwards."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("Small letters, digits and hyphens. It stays as it is: /calls/address/."),
        max_length=80,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$")],
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the call"),
        widget=forms.CheckboxSelectMultiple,
        choices=settings.LANGUAGES,
    )
    paper_version = forms.ChoiceField(label=gettext_lazy("Version of the paper"))
    time_zone = ZoneField(
        label=gettext_lazy("Time zone of the venue"),
        help_text=gettext_lazy("A name such as Europe/Zurich, or a large city in it."),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "zones"}),
    )
    opens_at = LocalTime(label=gettext_lazy("Opens"), help_text=gettext_lazy("On the clocks of the venue."))
    closes_at = LocalTime(
        label=gettext_lazy("Closes"),
        help_text=gettext_lazy("On the clocks of the venue. What arrives at this minute or later is late."),
    )

    def __init__(
        self,
        versions: Sequence[PaperVersion],
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.remarks = []
        field: Any = self.fields["paper_version"]
        field.choices = version_choices(versions)

    def clean_slug(self) -> str:
        """An address that is no page of its own."""
        slug = str(self.cleaned_data["slug"])
        if slug in RESERVED:
            raise forms.ValidationError(_("This address is kept for the site; choose another."))
        return slug

    def clean(self) -> dict[str, Any]:
        """Local times to moments."""
        data = super().clean() or {}
        zone = data.get("time_zone", "")
        opens = self.moment_of("opens_at", zone, later=False)
        closes = self.moment_of("closes_at", zone, later=True)
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("A call closes after it opens."))
        data["opens"], data["closes"] = opens, closes
        return data

    def values(self, questions: Iterable[str]) -> CallValues:
        """The first state of the draft, with our own notices. After ``is_valid``."""
        data = self.cleaned_data
        languages = [code for code, _name in settings.LANGUAGES if code in data["languages"]]
        shown = get_language() or "en"
        return CallValues(
            titles={shown if shown in languages else languages[0]: data["title"]},
            languages=tuple(languages),
            paper_version=int(data["paper_version"]),
            questions=tuple(questions),
            opens_at=data["opens"],
            closes_at=data["closes"],
            time_zone=data["time_zone"],
            retention_months=MONTHS,
            **call_notices.notices(languages, MONTHS),  # type: ignore[arg-type]  # mappings by field of texts
        )


class CallForm(OnTheClock):
    """Everything about a call. ``offered`` are the issues of the version that is chosen.

    A question whose wording is held in no language cannot be asked, so that it is never ticked; what an
    announced call asks already stays.
    """

    languages = NewCallForm.base_fields["languages"]
    paper_version = NewCallForm.base_fields["paper_version"]
    which = forms.ChoiceField(
        label=gettext_lazy("Questions"),
        widget=forms.RadioSelect,
        choices=[
            (_WHOLE, gettext_lazy("All questions of this version that can be asked")),
            (_CHOSEN, gettext_lazy("Those that are ticked")),
        ],
    )
    issues = forms.MultipleChoiceField(required=False)
    questions = forms.MultipleChoiceField(required=False)
    time_zone = NewCallForm.base_fields["time_zone"]
    opens_at = NewCallForm.base_fields["opens_at"]
    closes_at = NewCallForm.base_fields["closes_at"]
    accepts_late = forms.BooleanField(
        label=gettext_lazy("Late answers are kept and marked"),
        help_text=gettext_lazy("Otherwise the form is shut at the deadline."),
        required=False,
    )
    stakeholders = forms.CharField(
        label=gettext_lazy("Stakeholder groups"),
        help_text=gettext_lazy(
            "One on each line. Respondents choose one of them; without any, they write their own."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    retention_months = forms.IntegerField(
        label=gettext_lazy("Months after the close until sealed personal data are destroyed"),
        min_value=1,
        max_value=240,
    )
    contact = forms.EmailField(label=gettext_lazy("Address for questions"), required=False)
    note = forms.CharField(label=gettext_lazy("Reason for the change"), max_length=2000, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        now: CallValues,
        *,
        seen: int,
        versions: Sequence[PaperVersion],
        offered: Sequence[IssueIn],
        data: QueryDict | None = None,
        announced: bool = False,
    ) -> None:
        self.now, self.remarks = now, []
        asked = set(now.questions) if announced else set()
        placed = [each for issue in offered for each in issue.questions]
        every = [each.id for each in placed if each.wordings or each.id in asked]
        chosen = [each for each in every if each in now.questions]
        initial: dict[str, Any] = {
            "languages": list(now.languages),
            "paper_version": str(now.paper_version or ""),
            "which": _WHOLE if chosen == every else _CHOSEN,
            "questions": chosen,
            "time_zone": now.time_zone,
            "opens_at": local(now.opens_at, now.time_zone),
            "closes_at": local(now.closes_at, now.time_zone),
            "accepts_late": now.accepts_late,
            "stakeholders": "\n".join(now.stakeholders),
            "retention_months": now.retention_months,
            "contact": now.contact,
            "version": seen,
        }
        super().__init__(data, initial=initial)
        self.every = every
        self._choices("paper_version", version_choices(versions))
        self._choices("issues", [(issue.id, issue.id) for issue in offered])
        self._choices("questions", [(each, each) for each in every])
        self.ticked = set(data.getlist("questions") if data is not None else chosen)
        self.whole = set(data.getlist("issues") if data is not None else ())
        self._offered = offered
        for code in self.text_languages:
            for name in TEXTS:
                self.fields[f"{name}_{code}"] = text_field(name, code, getattr(now, name).get(code, ""))

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    @property
    def text_languages(self) -> list[str]:
        """The languages whose texts the form holds: those of the call as it was shown."""
        return [code for code, _name in settings.LANGUAGES if code in self.now.languages]

    @property
    def texts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of texts by language."""
        return [(code, [self[f"{name}_{code}"] for name in TEXTS]) for code in self.text_languages]

    def shown_issues(self) -> list[tuple[IssueIn, bool, bool, list[tuple[Any, bool, bool]]]]:
        """Issues with their questions; each with whether it is ticked and whether it can be asked."""
        return [
            (
                issue,
                issue.id in self.whole,
                any(each.id in self.every for each in issue.questions),
                [(each, each.id in self.ticked, each.id in self.every) for each in issue.questions],
            )
            for issue in self._offered
        ]

    def clean(self) -> dict[str, Any]:
        """Local times to moments; ticks to questions."""
        data = super().clean() or {}
        zone = data.get("time_zone", "")
        data["opens"] = self.moment_of("opens_at", zone, later=False)
        data["closes"] = self.moment_of("closes_at", zone, later=True)
        if data["opens"] and data["closes"] and data["closes"] <= data["opens"]:
            self.add_error("closes_at", _("A call closes after it opens."))
        issues = set(data.get("issues", ()))
        whole = {each.id for issue in self._offered if issue.id in issues for each in issue.questions}
        ticked = whole | set(data.get("questions", ()))
        everything = data.get("which") == _WHOLE
        data["chosen"] = tuple(each for each in self.every if everything or each in ticked)
        return data

    @property
    def values(self) -> CallValues:
        """What was asked for. After ``is_valid``. A language that is new begins with our own notices."""
        data = self.cleaned_data
        languages = tuple(code for code, _name in settings.LANGUAGES if code in data["languages"])
        months = int(data["retention_months"])
        new = [code for code in languages if code not in self.now.languages]
        fresh = call_notices.notices(new, months)
        texts: dict[str, Any] = {
            name: {
                code: str(data.get(f"{name}_{code}", "")).replace("\r\n", "\n")
                for code in self.text_languages
            }
            | fresh.get(name, {})
            for name in TEXTS
        }
        for code, told in texts["retention_notices"].items():
            if told and told == call_notices.retention(code, self.now.retention_months):
                texts["retention_notices"][code] = call_notices.retention(code, months)
        lines = (" ".join(line.split())[:100] for line in data["stakeholders"].splitlines())
        return CallValues(
            **texts,
            languages=languages,
            paper_version=int(data["paper_version"]),
            questions=data["chosen"],
            opens_at=self._kept("opens_at", data["opens"]),
            closes_at=self._kept("closes_at", data["closes"]),
            time_zone=data["time_zone"],
            stakeholders=tuple(dict.fromkeys(filter(None, lines))),
            accepts_late=data["accepts_late"],
            retention_months=months,
            contact=data["contact"],
        )

    def _kept(self, name: str, moment: datetime) -> datetime:
        """A field shows whole minutes; where it was not touched, the seconds stay."""
        before: datetime = getattr(self.now, name)
        shown = local(before, self.cleaned_data["time_zone"]).replace(second=0, microsecond=0)
        return before if shown == self.cleaned_data[name] else moment
