"""A tick for words that may give a verdict: an officer looks at them once more, and keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

_BETWEEN = "|"


class KeepsWords(forms.Form):
    """A form with texts that are looked at for verdicts. A subclass ends ``__init__`` with ``show_tick``."""

    looked_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    def show_tick(self) -> None:
        """Put the tick on the form where the page asked for it."""
        words = self._asked_about()
        if words:
            self.fields["keeps"] = forms.BooleanField(
                label=_("I looked at these words and keep them"),
                help_text=format_html_join(" ", '<q dir="auto">{}</q>', ((word,) for word in words)),
                required=False,
            )

    def ask_about(self, words: Sequence[str]) -> None:
        """Let a form that came filled in ask for the tick about these words."""
        given: Any = self.data
        data = given.copy()
        data[self.add_prefix("looked_at")] = _BETWEEN.join(words)
        data.pop(self.add_prefix("keeps"), None)
        self.data = data
        self.show_tick()

    @property
    def kept_words(self) -> tuple[str, ...]:
        """The words that the officer looked at and keeps. After ``is_valid``."""
        return self._asked_about() if self.cleaned_data.get("keeps") else ()

    def _asked_about(self) -> tuple[str, ...]:
        if not self.is_bound:
            return ()
        asked: str = self.data.get(self.add_prefix("looked_at"), "")
        return tuple(filter(None, asked[:4000].split(_BETWEEN)))
