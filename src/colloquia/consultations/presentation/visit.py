"""One look at a run: who looks, in which language, at which part of it, and where its addresses lead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from colloquia.accounts.rules import is_officer, works_on_analyses
from colloquia.consultations import filters
from colloquia.consultations.models import Consultation, Run, ThemeInEffect
from colloquia.consultations.presentation import remembered
from colloquia.consultations.queries import bulk_of, state_of
from colloquia.consultations.run_files import holds_similar
from colloquia.core import queries as core
from colloquia.engines.bulk import Bulk, Filters
from colloquia.engines.corrections import State
from colloquia.engines.jurisdictions import Profile
from colloquia.engines.languages.names import language_name

FEWEST = 10
"""Where some messages are merely similar, the public is told distinct messages of the whole, of questions
and of themes alone, and not where they, or the rest of what they are a part of, are fewer submissions than
this: nobody shall be found by subtracting one count from another."""


@dataclass
class Visit:
    """What every page of a run needs. Reads are made once, and only where they are asked for."""

    request: HttpRequest
    run: Run
    language: str

    @cached_property
    def officer(self) -> bool:
        """Whether an officer looks."""
        return bool(is_officer(self.request.user))

    @cached_property
    def works(self) -> bool:
        """Whether whoever looks may correct and read: an officer or an analyst, who sees no sealed names."""
        return bool(works_on_analyses(self.request.user))

    @property
    def consultation(self) -> Consultation:
        """The consultation of the run."""
        return self.run.consultation

    @property
    def slug(self) -> str:
        """The consultation's address."""
        return self.consultation.slug

    @cached_property
    def title(self) -> str:
        """The consultation's title in the language of the page."""
        return self.consultation.title(self.language)

    @cached_property
    def bulk(self) -> Bulk:
        """The run's passages and submissions."""
        return bulk_of(self.run)

    @cached_property
    def held(self) -> remembered.Held:
        """The same as a key under which counts are remembered."""
        return remembered.held(self.bulk)

    @cached_property
    def state(self) -> State:
        """The run's themes after all corrections."""
        return state_of(self.run)

    @cached_property
    def profile(self) -> Profile:
        """The naming profile in force."""
        return core.profile()

    @cached_property
    def filtering(self) -> filters.Filtering:
        """What the address leaves out of this look."""
        return filters.read(self.request.GET, self.run, self.profile, self.language, officer=self.officer)

    @property
    def filters(self) -> Filters:
        """The same, as the engines want it."""
        return self.filtering.filters

    @cached_property
    def base(self) -> int:
        """How many submissions of the docket this look takes in."""
        if self.filtering.in_force:
            return remembered.total(self.held, self.filters).submissions
        return int(self.run.funnel.get("received", 0))

    @cached_property
    def is_other_run(self) -> bool:
        """Whether the address names a run that it would not show without."""
        return self.request.GET.get("run", "") == str(self.run.number)

    @cached_property
    def themes(self) -> dict[str, ThemeInEffect]:
        """Every theme of the run as it stands, those no longer in effect too. One query, over all of them."""
        return {row.theme_id: row for row in ThemeInEffect.objects.filter(run=self.run)}

    @cached_property
    def _themes(self) -> dict[str, dict[str, ThemeInEffect]]:
        return {}

    def themes_of(self, question: str) -> dict[str, ThemeInEffect]:
        """The themes of a question ("" for the docket), those no longer in effect too. One query."""
        if question not in self._themes:
            rows = ThemeInEffect.objects.filter(run=self.run, question_id=question)
            self._themes[question] = {row.theme_id: row for row in rows}
        return self._themes[question]

    def theme(self, theme_id: str) -> ThemeInEffect | None:
        """A theme of any question, in effect or not; None where there is none of that id."""
        standing = self.state.themes.get(theme_id)
        return self.themes_of(standing.question_id).get(theme_id) if standing else None

    def label(self, theme_id: str) -> str:
        """The label of the theme that now stands for this one; the id where there is none."""
        standing = self.state.themes.get(self.state.in_effect(theme_id))
        return standing.label if standing else theme_id

    def url(self, name: str, *arguments: str | int, keep: bool = False, **query: str | int) -> str:
        """An address of this consultation at this run; ``keep`` keeps the filters in force.

        "" where the address does not exist in this installation.
        """
        try:
            address = reverse(name, args=[self.slug, *arguments])
        except NoReverseMatch:
            return ""
        pairs: list[tuple[str, Any]] = [(key, value) for key, value in query.items() if value != ""]
        if keep:
            pairs = [*self.filtering.pairs, *pairs]
        if self.is_other_run:
            pairs.append(("run", self.run.number))
        return f"{address}?{urlencode(pairs)}" if pairs else address

    def permanent(self, name: str, *arguments: str | int) -> str:
        """The same with the site's name and without anything that could change."""
        return f"{settings.PUBLIC_URL}{reverse(name, args=[self.slug, *arguments])}"

    @cached_property
    def tells_messages(self) -> bool:
        """Whether this reader may know the distinct messages of any part, however small."""
        return self.officer or not holds_similar(self.run.folder)

    def messages(self, submissions: int, messages: int, *, of: int) -> int | None:
        """How many distinct messages a part of ``of`` submissions is; None where this reader is not told."""
        if self.tells_messages or not submissions:
            return messages
        if self.filtering.in_force or submissions < FEWEST or 0 < of - submissions < FEWEST:
            return None
        return messages

    def territory(self, code: str) -> str:
        """The name of a territory; "" for none."""
        return self.profile.name(code, self.language) if code else ""

    def tongue(self, code: str) -> str:
        """The name of a language; "" for none."""
        return language_name(code, self.language) if code else ""
