"""Everything that an analysis leaves in a folder: tables, summary, reports in each language, workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from colloquia import __version__
from colloquia.engines.jurisdictions import Profile
from colloquia.engines.languages.names import language_name
from colloquia.engines.results import Analysis
from colloquia.engines.store import write_summary, write_tables, write_vectors


@dataclass(frozen=True, slots=True)
class Names:
    """Names for the report, from the naming profile, in the language of the report."""

    profile: Profile
    in_language: str

    def territory(self, code: str) -> str:
        return self.profile.name(code, self.in_language)

    def language(self, code: str) -> str:
        return language_name(code, self.in_language)

    def group(self, code: str) -> str:
        names = {group.code: group for group in self.profile.all_groupings()}
        return names[code].name(self.in_language) if code in names else code


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands on the reports. Titles and notices are by language; "" holds for any other.

    ``begun`` is an ISO moment, ``run`` the digest that names the run.
    """

    languages: Sequence[str]
    begun: str
    run: str
    titles: Mapping[str, str] = field(default_factory=dict)
    notices: Mapping[str, str] = field(default_factory=dict)
    withhold_persons: bool = False


def write_results(analysis: Analysis, folder: Path, *, labels: Labels, profile: Profile) -> None:
    """Write all files but the manifest into ``folder``, which exists and is empty."""
    from colloquia.engines.report import WORD_LIMITS, Options, write_docx, write_html, write_xlsx

    write_tables(analysis, folder)
    if analysis.vectors is not None:
        write_vectors(analysis.vectors, folder)
    write_summary(analysis, folder / "analysis.json")
    shown = _without_persons(analysis) if labels.withhold_persons else analysis
    for place, language in enumerate(labels.languages):
        options = Options(
            made_on=labels.begun[:10],
            version=__version__,
            language=language,
            names=Names(profile, language),
            run=labels.run,
            notice=_in_language(labels.notices, language),
        )
        infix = f".{language}" if place else ""
        titled = replace(shown, title=_in_language(labels.titles, language) or analysis.title)
        write_html(titled, folder / f"report{infix}.html", options)
        write_docx(titled, folder / f"report{infix}.docx", replace(options, limits=WORD_LIMITS))
        if not place:
            write_xlsx(titled, folder / "tables.xlsx", options)


def _without_persons(analysis: Analysis) -> Analysis:
    return replace(analysis, submissions=[replace(one, person="") for one in analysis.submissions])


def _in_language(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language, texts.get("", ""))
