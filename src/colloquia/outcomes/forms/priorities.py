"""Forms of rounds of priorities and of considerations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import get_language, gettext, gettext_lazy

from colloquia.accounts.models import Organisation
from colloquia.core.models import Grouping, Territory
from colloquia.core.queries import profile
from colloquia.issues.models import PaperVersion
from colloquia.issues.queries import issue_titles
from colloquia.outcomes.forms.kept_words import KeepsWords
from colloquia.outcomes.forms.texts import add_texts, texts_of
from colloquia.outcomes.models import PriorityRound
from colloquia.outcomes.queries.priorities import ALL_FOCAL_POINTS, issue_order
from colloquia.submissions.forms.call_fields import LocalTime, OnTheClock, ZoneField

_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_LEVEL = 300, 20_000, 100
KEPT = "kept"


class RoundForm(OnTheClock):
    """A round on a version of the paper."""

    issues = forms.MultipleChoiceField(label=gettext_lazy("Issues"), widget=forms.CheckboxSelectMultiple)
    invite = forms.ChoiceField(label=gettext_lazy("States that are asked"))
    shows_states = forms.BooleanField(
        label=gettext_lazy("Each state’s answers are published under its name"),
        help_text=gettext_lazy(
            "The states are told before they answer. Without it, only counts are published."
        ),
        required=False,
    )
    time_zone = ZoneField(label=gettext_lazy("Time zone of the venue"), max_length=60)
    opens_at = LocalTime(label=gettext_lazy("Opens"))
    closes_at = LocalTime(label=gettext_lazy("Closes"))

    def __init__(
        self, version: PaperVersion, row: PriorityRound | None = None, data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial=_initial(row))
        self.remarks: list[str] = []
        order = issue_order(version)
        titles = issue_titles(order)
        issues: Any = self.fields["issues"]
        issues.choices = [(issue, f"{issue} {titles.get(issue, '')}".strip()) for issue in order]
        groups = [(row.code, _name(row.names, row.code)) for row in Grouping.objects.order_by("code")]
        invite: Any = self.fields["invite"]
        invite.choices = [
            *([(KEPT, gettext("As they were chosen"))] if row and row.invited else []),
            (ALL_FOCAL_POINTS, gettext("Every state that has a focal point")),
            *groups,
        ]
        add_texts(
            self,
            "title",
            gettext_lazy("Title (%(language)s)"),
            row.titles if row else {},
            longest=_LONGEST_TITLE,
            rows=0,
        )
        add_texts(
            self,
            "introduction",
            gettext_lazy("Introduction (%(language)s)"),
            row.introductions if row else {},
            longest=_LONGEST_TEXT,
        )
        add_texts(
            self,
            "levels",
            gettext_lazy("Levels, one on each line (%(language)s)"),
            _lines(row),
            longest=_LONGEST_TEXT,
            rows=4,
        )

    def clean(self) -> dict[str, Any]:
        """Local times to moments; levels in as many lines in each language."""
        data = super().clean() or {}
        zone = data.get("time_zone", "")
        data["opens"] = self.moment_of("opens_at", zone, later=False)
        data["closes"] = self.moment_of("closes_at", zone, later=True)
        lines = {code: len(_split(data.get(f"levels_{code}", ""))) for code, _name in settings.LANGUAGES}
        most = max(lines.values())
        for code, number in lines.items():
            if number not in (0, most):
                self.add_error(
                    f"levels_{code}",
                    gettext("There are %(number)s levels here and %(most)s in another language.")
                    % {"number": number, "most": most},
                )
        return data

    @property
    def titles(self) -> dict[str, str]:
        """By language."""
        return texts_of(self, "title")

    @property
    def introductions(self) -> dict[str, str]:
        """By language."""
        return texts_of(self, "introduction")

    @property
    def levels(self) -> list[dict[str, Any]]:
        """Codes with labels by language, in their order."""
        by_language = {code: _split(text) for code, text in texts_of(self, "levels").items()}
        most = max((len(lines) for lines in by_language.values()), default=0)
        return [
            {
                "code": f"level-{n + 1}",
                "labels": {code: lines[n] for code, lines in by_language.items() if lines},
            }
            for n in range(most)
        ]


class ConsiderationForm(KeepsWords):
    """A consideration on an issue, with the passages that it rests on."""

    issue_id = forms.ChoiceField(label=gettext_lazy("Issue"))
    passages = forms.CharField(
        label=gettext_lazy("Passages that it rests on"),
        help_text=gettext_lazy("Their permanent ids, with blanks or line breaks between them."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
    )

    def __init__(
        self, issues: list[str], row: Any = None, data: QueryDict | None = None, issue: str = ""
    ) -> None:
        initial = (
            {"issue_id": row.issue_id, "passages": "\n".join(row.passages)} if row else {"issue_id": issue}
        )
        super().__init__(data, initial=initial)
        titles = issue_titles(issues)
        field: Any = self.fields["issue_id"]
        field.choices = [(each, f"{each} {titles.get(each, '')}".strip()) for each in issues]
        field.disabled = row is not None
        add_texts(
            self,
            "text",
            gettext_lazy("Consideration (%(language)s)"),
            row.texts if row else {},
            longest=_LONGEST_TEXT,
            rows=6,
        )
        self.show_tick()

    @property
    def texts(self) -> dict[str, str]:
        """By language."""
        return texts_of(self, "text")

    @property
    def cited(self) -> list[str]:
        """Ids of passages."""
        return str(self.cleaned_data["passages"]).split()


class CommentsForm(OnTheClock):
    """Until when comments are open, and to whom."""

    time_zone = ZoneField(label=gettext_lazy("Time zone"), max_length=60, initial="UTC")
    until = LocalTime(label=gettext_lazy("Comments until"))
    organisations = forms.BooleanField(
        label=gettext_lazy("Members of organisations may comment too"), required=False
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.remarks: list[str] = []

    def clean(self) -> dict[str, Any]:
        """The local time to a moment."""
        data = super().clean() or {}
        data["moment"] = self.moment_of("until", data.get("time_zone", ""), later=True)
        return data


class CommentForm(forms.Form):
    """A comment for a state or an organisation."""

    body = forms.ChoiceField(label=gettext_lazy("On behalf of"))
    text = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=_LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    def __init__(
        self, states: list[Territory], organisations: list[Organisation], data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        self._states = {f"state-{each.pk}": each for each in states}
        self._organisations = {f"organisation-{each.pk}": each for each in organisations}
        field: Any = self.fields["body"]
        language = get_language() or "en"
        names = profile()
        choices = [(key, names.name(each.pk, language)) for key, each in self._states.items()]
        field.choices = choices + [(key, each.name) for key, each in self._organisations.items()]

    @property
    def territory(self) -> Territory | None:
        """The state that was chosen."""
        return self._states.get(self.cleaned_data["body"])

    @property
    def organisation(self) -> Organisation | None:
        """The organisation that was chosen."""
        return self._organisations.get(self.cleaned_data["body"])


def _initial(row: PriorityRound | None) -> dict[str, Any]:
    if row is None:
        return {"time_zone": "UTC"}
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(row.time_zone)
    return {
        "issues": row.issue_ids,
        "invite": KEPT,
        "shows_states": row.shows_states,
        "time_zone": row.time_zone,
        "opens_at": row.opens_at.astimezone(zone).replace(tzinfo=None),
        "closes_at": row.closes_at.astimezone(zone).replace(tzinfo=None),
    }


def _lines(row: PriorityRound | None) -> dict[str, str]:
    """The labels of levels by language; those with which a site begins where there is no round yet."""
    if row is not None:
        return {
            code: "\n".join(level["labels"].get(code, "") for level in row.levels)
            for code, _name in settings.LANGUAGES
            if any(level["labels"].get(code) for level in row.levels)
        }
    found = {}
    for code in settings.COMPLETE_LANGUAGES:
        with translation.override(code):
            found[code] = "\n".join(
                [
                    gettext("High priority"),
                    gettext("Medium priority"),
                    gettext("Low priority"),
                    gettext("No priority"),
                ]
            )
    return found


def _split(text: str) -> list[str]:
    return [line.strip()[:_LONGEST_LEVEL] for line in text.splitlines() if line.strip()]


def _name(names: dict[str, str], code: str) -> str:
    return names.get(get_language() or "en") or names.get("en") or code
