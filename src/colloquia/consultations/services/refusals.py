"""Why a correction is not made, in words for the officer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models import Correction

_WORDS: dict[str, Any] = {
    "signed": _("This run is signed and is no longer corrected. Analyse again, and correct the new run."),
    "unknown theme": _(
        "There is no such theme in this run. Go back to the question and choose from its list."
    ),
    "theme is gone": _(
        "The theme was merged into another. Go back to the question and choose from its list."
    ),
    "other question": _("The themes belong to different questions. Choose themes of one question."),
    "other level": _(
        "A theme and a group of themes cannot be treated alike here. Choose only themes, or only groups."
    ),
    "too few themes": _("Choose more themes: two at least for a merge, one at least for a group."),
    "no label": _("Write a label."),
    "long label": _("The label is longer than 300 characters. Shorten it."),
    "no passages": _("Choose at least one passage."),
    "nothing changes": _("Things stand like that already; nothing was changed."),
    "not a group": _("Themes can only be put into a group of themes. Make a group first."),
    "group in a group": _("A group cannot be put into another group. Choose themes only."),
    "unknown question": _("The question is not in the paper of this run. Choose one from the list."),
    "same question": _("Choose another question than the one the passages answer now."),
    "passage twice": _("A passage stands in two parts. Choose one part for each passage."),
    "id in use": _("The number of the new theme was just taken. Send the form again."),
    "unknown passage": _("There is no passage %(passage)s in this run. Go back and choose from the list."),
    "passage elsewhere": _(
        "Passage %(passage)s is not in this theme any more. Go back to the theme and choose from its list."
    ),
    "other answer": _(
        "Passage %(passage)s does not answer this question. Go back and choose from the question's list."
    ),
    "no opinion": _(
        "Some of the passages are marked as no opinion and belong nowhere. Take that mark back first."
    ),
    "made again already": _("This correction was made again already; nothing was changed."),
    "undone already": _("This correction was undone already."),
    "unknown correction": _("There is no such correction in this run."),
    "not undone": _("Only a correction that was undone can be made again."),
    "others rest on it": _("Later corrections rest on this one. Undo these first: %(numbers)s."),
}


class CorrectionRefused(Exception):
    """A correction makes no sense as things stand. ``code`` is a stable word; the text is for people."""

    def __init__(self, code: str, **values: str) -> None:
        self.code = code
        self.values = values
        super().__init__(code)

    def __str__(self) -> str:
        return str(_WORDS[self.code]) % self.values


class CorrectionConflict(Exception):
    """Others changed the same themes or passages since the officer looked.

    ``corrections`` are theirs; ``sequence`` is what the officer has now seen, to be sent with the act
    where they want it all the same.
    """

    def __init__(self, corrections: Sequence[Correction], sequence: int) -> None:
        self.corrections = tuple(corrections)
        self.sequence = sequence
        super().__init__(f"{len(self.corrections)} corrections since")
