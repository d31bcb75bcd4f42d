"""What a model is shown of a theme, whom its words may not name, and whether a draft keeps its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from colloquia.consultations.models import Draft, Run, ThemeInEffect
from colloquia.consultations.queries.state import bulk_of, state_of
from colloquia.core.queries import profile
from colloquia.engines.bulk import Bulk, Filters, PassageRow
from colloquia.engines.corrections import State
from colloquia.engines.drafting import Evidence, ThemeBrief
from colloquia.engines.jurisdictions import Profile

MOST_TYPICAL = 200
MOST_OF_A_KIND = 20
"""Passages that are looked at: the most typical of a theme, and of each language and stakeholder group."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A quotation that a draft rests on, as things stand. ``passage`` is None where it is not in the run.

    ``problem`` is "", ``gone`` (no such passage), ``changed`` (other words stand there) or ``moved`` (the
    passage is not in the theme any more).
    """

    passage: PassageRow | None
    passage_id: str
    quote: str
    sentences: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with its evidence. ``problem`` says why it cannot be accepted, "" where it can: ``signed``,
    ``theme`` (merged away or undone), ``evidence`` or ``none`` (it rests on nothing).
    """

    draft: Draft
    rests: tuple[Rest, ...]
    problem: str


def checked(run: Run, drafts: Sequence[Draft]) -> list[Checked]:
    """Drafts of a run, each quotation looked up again in the stored text and in the theme as it stands."""
    state, bulk = state_of(run), bulk_of(run)
    named = dict.fromkeys(item["passage_id"] for draft in drafts for item in draft.evidence)
    passages = bulk.passages_by_id(list(named)) if named else {}
    places: dict[tuple[int, str], str] = {}
    if passages:
        for place in bulk.placements([row.row for row in passages.values()]):
            places[place.row, place.question_id] = place.theme_id
    found = []
    for draft in drafts:
        rests = tuple(_rest(draft, item, passages, places, state) for item in draft.evidence)
        theme = state.themes.get(draft.theme_id)
        problem = ""
        if run.is_signed:
            problem = "signed"
        elif theme is None or not theme.is_live:
            problem = "theme"
        elif not rests:
            problem = "none"
        elif any(rest.problem for rest in rests):
            problem = "evidence"
        found.append(Checked(draft, rests, problem))
    return found


def _rest(
    draft: Draft,
    item: dict[str, object],
    passages: dict[str, PassageRow],
    places: dict[tuple[int, str], str],
    state: State,
) -> Rest:
    name, quote = str(item["passage_id"]), str(item["quote"])
    passage = passages.get(name)
    if passage is None:
        return Rest(None, name, quote, quote, "gone")
    start, end, left, right = (
        int(str(item[key])) for key in ("start", "end", "sentence_start", "sentence_end")
    )
    if passage.text[start:end] != quote or not left <= start < end <= right <= len(passage.text):
        return Rest(passage, name, quote, quote, "changed")
    theme = state.themes.get(places.get((passage.row, draft.question_id), ""))
    inside = theme is not None and draft.theme_id in (theme.theme_id, theme.parent_id)
    return Rest(passage, name, quote, passage.text[left:right], "" if inside else "moved")


def brief_of(run: Run, theme: ThemeInEffect) -> ThemeBrief:
    """A theme in effect with the passages that a model may be shown, the most typical first.

    Besides those, some of every language and stakeholder group that spoke. A passage in which the person
    who sent it names themselves is left out. Nothing says who sent what.
    """
    bulk = bulk_of(run)
    rows: dict[int, PassageRow] = {}

    def take(filters: Filters, most: int) -> None:
        found, _ = bulk.passages(
            question=theme.question_id, theme=theme.theme_id, filters=filters, limit=most
        )
        for row in found:
            rows.setdefault(row.row, row)

    take(Filters(), MOST_TYPICAL)
    for value in _values(bulk, theme, "language"):
        take(Filters(languages=(value,)), MOST_OF_A_KIND)
    for value in _values(bulk, theme, "stakeholder"):
        take(Filters(stakeholders=(value,)), MOST_OF_A_KIND)
    senders, _ = bulk.submissions(question=theme.question_id, theme=theme.theme_id, limit=0)
    message = {row.submission_id: row.message for row in senders}
    return ThemeBrief(
        theme.theme_id,
        theme.label,
        tuple(theme.terms),
        tuple(
            Evidence(
                row.passage_id, row.text, row.language, row.stakeholder, _named(message, row.submission_id)
            )
            for row in rows.values()
            if not _names_its_sender(row)
        ),
    )


def _values(bulk: Bulk, theme: ThemeInEffect, dimension: str) -> list[str]:
    rows, _, _ = bulk.breakdown(dimension, question=theme.question_id, theme=theme.theme_id)
    return [row.value for row in rows]


def _named(message: dict[str, int], submission: str) -> str:
    number = message.get(submission, -1)
    return str(number) if number >= 0 else ""


def _names_its_sender(row: PassageRow) -> bool:
    name = " ".join(row.person.split()).casefold()
    return bool(name) and name in " ".join(row.text.split()).casefold()


def parties_of(run: Run) -> frozenset[str]:
    """Names that no draft may hold: territories in every language of the naming profile, and who answered.

    Of persons only names of two words and more: one word is too often an ordinary one.
    """
    return _territories(profile()) | _senders(bulk_of(run))


@lru_cache(maxsize=2)
def _territories(names: Profile) -> frozenset[str]:
    found = set()
    for territory in names.territories():
        for language in names.languages:
            entry = names.entry(territory.code, language)
            if entry is not None:
                found |= {entry.name, entry.full_name}
    return frozenset(name for name in found if name.strip())


def _senders(bulk: Bulk) -> frozenset[str]:
    rows, _ = bulk.submissions(limit=0)
    persons: Iterable[str] = (row.person for row in rows if len(row.person.split()) > 1)
    return frozenset({row.organisation for row in rows if row.organisation.strip()} | set(persons))
