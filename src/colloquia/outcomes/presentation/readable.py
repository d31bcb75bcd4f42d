"""What a reader of published results may still read of the words they rest on, and which addresses lead.

Published results are a record: they stay when a submission is taken out of the public. Its words do not, and
pages of a run that is not shown lead nowhere, until a new run holds the same passage, theme or submission.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from colloquia.consultations.models import Run, ThemeInEffect
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.sources import taken_back_since
from colloquia.core.components import Quote
from colloquia.engines.bulk import PassageRow
from colloquia.engines.citing import holds
from colloquia.outcomes.models import Citation, Suggestion
from colloquia.outcomes.presentation.labels import passages_gone, public_label

_HELD = "colloquia.outcomes.readable"


class Words(NamedTuple):
    """A stretch of a passage, in code points, and its text."""

    submission_id: str
    passage_id: str
    start: int
    end: int
    quote: str


@dataclass
class Readable:
    """The words of a run for the reader of a page, or for the public. Officers and analysts see all."""

    run: Run
    visit: Visit | None = None
    _known: dict[str, PassageRow | None] = field(default_factory=dict, repr=False)

    @cached_property
    def sees_all(self) -> bool:
        """Whether whoever looks sees every run."""
        return self.visit is not None and self.visit.works

    @cached_property
    def gone(self) -> dict[str, bool]:
        """Submissions whose words in this run are public no more; True where the sender took them back."""
        return {} if self.sees_all else taken_back_since(self.run)

    @cached_property
    def is_shown(self) -> bool:
        """Whether the reader sees the run itself, so that each of its addresses leads."""
        row = self.run.consultation
        return self.sees_all or (row.is_public and row.shown_run_id == self.run.pk)

    @property
    def leads(self) -> bool:
        """Whether there is a run to which addresses may lead."""
        return self.is_shown or self._other is not None

    @cached_property
    def _other(self) -> Run | None:
        """The run that the public sees in the place of this one."""
        row = self.run.consultation
        shown = row.shown_run if row.is_public and not self.is_shown else None
        if shown is None or not shown.has_files:
            return None
        shown.consultation = row
        return shown

    @cached_property
    def _gone_from_other(self) -> dict[str, bool]:
        return taken_back_since(self._other) if self._other else {}

    @cached_property
    def _passages_gone(self) -> dict[str, list[PassageRow]]:
        return passages_gone(self.run, self.gone)

    @cached_property
    def _themes(self) -> set[str]:
        return set(ThemeInEffect.objects.filter(run=self._other).values_list("theme_id", flat=True))

    def state(self) -> str:
        """A name for everything that this says."""
        other = self._other
        return repr((sorted(self.gone.items()), self.is_shown, other and (other.pk, other.version)))

    def look_up(self, passages: Iterable[str]) -> None:
        """Read these passages of the other run at once rather than one by one."""
        wanted = sorted(set(passages) - self._known.keys()) if self._other else []
        if self._other and wanted:
            found = bulk_of(self._other).passages_by_id(wanted)
            self._known.update({name: found.get(name) for name in wanted})

    def passage(self, name: str) -> str:
        """The address of a passage; "" where it leads nowhere."""
        return self._address("consultation_passage", name, self.is_shown or self._passage(name) is not None)

    def submission(self, name: str) -> str:
        """The address of a submission in the analysis; "" where it leads nowhere."""
        leads = self.is_shown or (
            self._other is not None and bulk_of(self._other).submission(name) is not None
        )
        return self._address("consultation_submission", name, leads)

    def theme(self, name: str) -> str:
        """The address of a theme; "" where it leads nowhere."""
        leads = self.is_shown or (self._other is not None and name in self._themes)
        return self._address("consultation_theme", name, leads)

    def instead(self, words: Words | Citation | Suggestion) -> str:
        """What stands in the place of words that are public no more; "" where they may be read.

        Where the submission is public again and the run that is shown holds the same words, they may.
        """
        submission = words.submission_id
        if submission not in self.gone:
            return ""
        row = self._passage(words.passage_id)
        is_public = row is not None and submission not in self._gone_from_other
        if row and is_public and holds(row.text, words.start, words.end, words.quote):
            return ""
        if self.gone[submission]:
            return _("These words were taken back by their sender.")
        return _("These words are not shown: their submission was taken out of the public, or changed since.")

    def label(self, theme: ThemeInEffect) -> str:
        """The label of a theme, without terms of the machine that nobody has said any more."""
        passages = self._passages_gone.get(theme.theme_id, ()) if self.gone else ()
        return public_label(self.run, theme, passages, self.gone) if passages else theme.label

    def _passage(self, name: str) -> PassageRow | None:
        self.look_up([name])
        return self._known.get(name)

    def _address(self, route: str, name: str, leads: bool) -> str:
        if self.visit is not None and self.sees_all:
            return self.visit.url(route, name)
        return reverse(route, args=[self.run.consultation.slug, name]) if leads else ""


def readable_of(visit: Visit, run: Run | None = None) -> Readable:
    """What the reader of a page may read of its run, or of another of the consultation; once a request."""
    chosen = run or visit.run
    held: dict[int, Readable] = visit.request.META.setdefault(_HELD, {})
    if chosen.pk not in held:
        chosen.consultation = visit.consultation
        held[chosen.pk] = Readable(chosen, visit)
    return held[chosen.pk]


def shown_quote(quote: Quote, words: Words | Citation | Suggestion, readable: Readable) -> Quote:
    """A quotation as the reader may have it: with addresses that lead, or only what stands in its place."""
    instead = readable.instead(words)
    if instead:
        return Quote("", "", instead=instead)
    return replace(
        quote,
        url=readable.passage(words.passage_id),
        source_url=readable.submission(words.submission_id),
    )
