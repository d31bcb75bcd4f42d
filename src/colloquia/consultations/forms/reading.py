"""What officers fill in to make batches, give one to somebody else, and draw a sample for double coding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.models import Role, RoleGrant, User
from colloquia.consultations.services.batches import LARGEST, Draw
from colloquia.consultations.services.double_coding import LARGEST as LARGEST_SAMPLE
from colloquia.engines.bulk.readers import Wish
from colloquia.engines.bulk.records import Filters

Questions = Sequence[tuple[str, str]]
_LARGEST_SEED = 2_147_483_647


def officers() -> QuerySet[User]:
    """Who may code: active officers, by name."""
    return User.objects.filter(is_officer=True, is_active=True).order_by("name", "email")


def readers() -> QuerySet[User]:
    """Who may read a batch: active officers and analysts, by name."""
    analysts = RoleGrant.objects.filter(role=Role.ANALYST, ended_at=None).values("user")
    may = Q(is_officer=True) | Q(pk__in=analysts)
    return User.objects.filter(may, is_active=True).order_by("name", "email")


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when run
    """Several people; a number that no database can hold names nobody, like any other wrong one."""

    def clean(self, value: Any) -> Any:
        """The people that were chosen."""
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value[0][:20]}
            ) from error


class Day(forms.DateInput):
    """A day as browsers offer it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class BatchForm(forms.Form):
    """Which submissions, to whom, how many, in which order."""

    question = forms.ChoiceField(
        label=_("That answer the question"), required=False, help_text=_("Any question where none is chosen.")
    )
    unsupported = forms.BooleanField(
        label=_("Only those with a passage in an unsupported language"), required=False
    )
    unreadable = forms.BooleanField(
        label=_("Only those with a document of which no text, or not all, could be read"), required=False
    )
    one_of_each = forms.BooleanField(
        label=_("One of each shared text, and what each added"),
        required=False,
        initial=True,
        help_text=_(
            "Copies word for word, and copies of a letter to which nothing was added, are given once. "
            "Messages that are merely similar are all given."
        ),
    )
    unread = forms.BooleanField(label=_("Leave out what somebody has read"), required=False, initial=True)
    unassigned = forms.BooleanField(
        label=_("Leave out what stands in an open batch of anybody"), required=False, initial=True
    )
    readers = PeopleField(
        queryset=User.objects.none(),
        label=_("Readers"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Submissions are dealt out evenly, one to each reader in turn."),
    )
    each = forms.IntegerField(
        label=_("Submissions for each reader"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("All that match where nothing is written."),
    )
    size = forms.IntegerField(
        label=_("Submissions in a batch at most"), min_value=1, max_value=LARGEST, initial=50
    )
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[("lot", _("Drawn by lot")), ("received", _("In order of receipt"))],
        initial="lot",
        widget=forms.RadioSelect,
    )
    seed = forms.IntegerField(
        label=_("Seed of the draw"),
        required=False,
        min_value=0,
        max_value=_LARGEST_SEED,
        initial=0,
        help_text=_("The same seed draws the same submissions in the same order."),
    )
    due_on = forms.DateField(label=_("Due"), required=False, widget=Day())
    title = forms.CharField(
        label=_("Title"), required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args: Any, questions: Questions, unsupported: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unsupported = tuple(unsupported)
        self.fields["question"].choices = [("", _("Any question")), *questions]  # type: ignore[attr-defined]
        self.fields["readers"].queryset = readers()  # type: ignore[attr-defined]
        if not unsupported:
            del self.fields["unsupported"]

    def draw(self, filters: Filters) -> Draw:
        """What was filled in, for the service."""
        values = self.cleaned_data
        return Draw(
            Wish(
                filters=filters,
                question=values["question"],
                in_languages=self._unsupported if values.get("unsupported") else (),
                unreadable=values["unreadable"],
                one_of_each=values["one_of_each"],
            ),
            each=values["each"],
            size=values["size"],
            order=values["order"],
            seed=values["seed"] or 0,
            unread=values["unread"],
            unassigned=values["unassigned"],
        )


class ReassignForm(forms.Form):
    """To whom a batch is given."""

    to = forms.ModelChoiceField(queryset=User.objects.none(), label=_("New reader"))

    def __init__(self, *args: Any, without: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = readers().exclude(pk=without.pk)  # type: ignore[attr-defined]


class SampleForm(forms.Form):
    """What is drawn for double coding, and who codes it."""

    question = forms.ChoiceField(label=_("Question"), required=False)
    size = forms.IntegerField(
        label=_("Passages"),
        min_value=1,
        max_value=LARGEST_SAMPLE,
        initial=50,
        help_text=_("All passages of the question where it has no more. Fifty give a first idea."),
    )
    seed = forms.IntegerField(
        label=_("Seed of the draw"),
        min_value=0,
        max_value=_LARGEST_SEED,
        initial=1,
        help_text=_("It is published, so that anybody can check the draw. The same seed draws the same."),
    )
    stratified_by = forms.ChoiceField(
        label=_("Stratified"),
        required=False,
        choices=[
            ("", _("Not stratified")),
            ("language", _("By language")),
            ("stakeholder", _("By stakeholder group")),
        ],
        help_text=_("Each group is drawn in proportion to its size, at least one passage of each."),
    )
    without_shared = forms.BooleanField(
        label=_("Leave out passages that only repeat a shared text"), required=False, initial=True
    )
    coders = PeopleField(
        queryset=User.objects.none(),
        label=_("Coders"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Two or more. Nobody sees another’s codes, or the machine’s, before all have finished."),
    )

    def __init__(self, *args: Any, questions: Questions, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = [*questions, ("", _("The whole docket"))]  # type: ignore[attr-defined]
        self.fields["coders"].queryset = officers()  # type: ignore[attr-defined]


NONE = "none"
"""The answer that no theme applies; ids of themes are never this word."""


class CodingForm(forms.Form):
    """The themes of one passage, or none of them; one of the two must be said."""

    themes = forms.MultipleChoiceField(
        label=_("What does the passage speak of?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one theme, or “None of these”.")},
    )

    def __init__(self, *args: Any, themes: Sequence[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(theme["id"], theme["label"]) for theme in themes]
        self.fields["themes"].choices = [*choices, (NONE, _("None of these"))]  # type: ignore[attr-defined]

    def clean_themes(self) -> list[str]:
        """The themes chosen; none of them where that was said."""
        given: list[str] = self.cleaned_data["themes"]
        if NONE in given and len(given) > 1:
            raise forms.ValidationError(_("Choose themes, or “None of these”, and not both."))
        return [] if given == [NONE] else given
