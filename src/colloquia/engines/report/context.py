"""Everything that a section needs in order to be written."""

from __future__ import annotations

from dataclasses import dataclass

from colloquia.engines.records import Submission
from colloquia.engines.report.citations import Citations
from colloquia.engines.report.content import Run, foreign
from colloquia.engines.report.index import Index
from colloquia.engines.report.interface import Interface, interface
from colloquia.engines.report.options import Options
from colloquia.engines.results import Analysis, Breakdown, Count


@dataclass(frozen=True, slots=True)
class Context:
    """An analysis, its look-ups, the quotations chosen from it and the words of the interface."""

    analysis: Analysis
    index: Index
    citations: Citations
    words: Interface
    options: Options

    def n(self, value: int) -> str:
        """A number as the interface writes it."""
        return self.words.number(value)

    def submissions(self, number: int) -> str:
        """*213 submissions*, with the interface's own plural."""
        return self.words.ngettext("{n} submission", "{n} submissions", number).format(n=self.n(number))

    def messages(self, number: int) -> str:
        """*180 distinct messages*, with the interface's own plural."""
        return self.words.ngettext("{n} distinct message", "{n} distinct messages", number).format(
            n=self.n(number)
        )

    def source(self, submission: Submission) -> Run:
        """Who sent a submission, or that no name was given."""
        name = self.index.source_name(submission)
        return foreign(name) if name else Run(self.words.gettext("no name given"))

    def language_name(self, code: str) -> str:
        """The name of a language; the run's own name for it where the profile has none."""
        if code in ("", "und"):
            return self.words.gettext("language not recognised")
        return self.options.names.language(code) or code

    def value_name(self, breakdown: Breakdown, count: Count) -> Run:
        """A breakdown's value as it is shown: by the naming profile, or as it was given."""
        names = self.options.names
        if breakdown.dimension == "country":
            return foreign(names.territory(count.value) or count.label)
        if breakdown.dimension == "group":
            return foreign(names.group(count.value) or count.label)
        if breakdown.dimension == "language":
            return foreign(self.language_name(count.value))
        return foreign(count.label or count.value)

    def stability(self, value: float) -> str:
        """A theme's stability in words."""
        if value >= 0.75:
            return self.words.gettext("stable")
        if value >= 0.5:
            return self.words.gettext("fairly stable")
        if value >= 0.25:
            return self.words.gettext("varies")
        return self.words.gettext("unstable")


def context(analysis: Analysis, options: Options) -> Context:
    """The context of a report on ``analysis``."""
    index = Index(analysis, options.state_words)
    return Context(analysis, index, Citations(index, options.limits), interface(options.language), options)
