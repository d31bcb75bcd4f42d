"""Outcomes as pages show them: by question, with quotes and the changes of the paper that cite them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from colloquia.consultations.presentation.quotes import as_quotes, found_of
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import sender
from colloquia.consultations.queries.asked import QuestionRead, questions_read
from colloquia.core.components import FunnelRow, Link, Quote
from colloquia.core.tables import Column, Table
from colloquia.outcomes.models import Change, Outcome
from colloquia.outcomes.presentation.readable import Words, readable_of, shown_quote
from colloquia.outcomes.presentation.wording import Text, outcome_label, outcome_reason
from colloquia.outcomes.queries.outcomes import Subject, changes_citing, subjects_of

QUOTES = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A theme or a suggestion with the outcome that this reader sees.

    ``earlier`` are outcomes that were public before, oldest first; ``changes`` lead to the revised paper.
    ``url`` is blank where it would lead nowhere. ``instead`` stands for a suggestion's words that are public
    no more.
    """

    subject: Subject
    anchor: str
    label: str
    identifier: str
    url: str
    outcome: Outcome | None
    quotes: tuple[Quote, ...] = ()
    changes: tuple[Link, ...] = ()
    earlier: tuple[Outcome, ...] = ()
    instead: str = ""

    @property
    def says(self) -> Text:
        """The outcome in a few words."""
        return outcome_label(self.outcome) if self.outcome else Text("", "")

    @property
    def reason(self) -> Text:
        """Why."""
        return outcome_reason(self.outcome) if self.outcome else Text("", "")

    @property
    def carried(self) -> Text:
        """The outcome of an earlier run, as a proposal."""
        return outcome_label(self.subject.carried) if self.subject.carried else Text("", "")


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs to one question; ``question_id`` is blank for what goes across all.

    ``text`` is in the reader's language where the paper has it; ``language`` is "" where it is not known.
    """

    question_id: str
    text: str
    language: str
    entries: tuple[Entry, ...]


def anchor_of(subject: Subject) -> str:
    """The id of an entry on the page of outcomes."""
    if subject.suggestion is not None:
        return f"suggestion-{subject.suggestion.number}"
    return f"theme-{subject.key[1]}"


def change_url(slug: str, change: Change) -> str:
    """Where the page of the revised paper shows a change."""
    return f"{reverse('revision', args=[slug])}?key={change.revision.key}#c{change.pk}"


def change_label(change: Change) -> str:
    """What the change was, in a few words."""
    values = {"id": change.question_id or change.issue_id, "what": change.get_kind_display()}
    return _("%(id)s: %(what)s") % values


def public_entries(visit: Visit, *, quotes: bool = True) -> list[Entry]:
    """What is public of a run: each subject with the outcome that was published last, or none."""
    subjects = subjects_of(visit.run)
    shown = [row for subject in subjects for row in subject.standing.published]
    changes = changes_citing(shown)
    themes = [item.theme.theme_id for item in subjects if item.theme and item.standing.public]
    quoted = _theme_quotes(visit, themes) if quotes and themes else {}
    return [
        _entry(visit, subject, subject.standing.public, changes.get(subject.key, ()), quoted, quotes)
        for subject in subjects
    ]


def office_entries(visit: Visit) -> list[Entry]:
    """The same for officers: each subject with the outcome in force, public or not."""
    subjects = subjects_of(visit.run)
    rows = [row for subject in subjects for row in subject.standing.rows]
    changes = changes_citing(rows, public=False)
    return [
        _entry(visit, subject, subject.standing.in_force, changes.get(subject.key, ()), {}, True)
        for subject in subjects
    ]


def _entry(
    visit: Visit,
    subject: Subject,
    outcome: Outcome | None,
    changes: Sequence[Change],
    quoted: Mapping[str, Sequence[Quote]],
    quotes: bool,
) -> Entry:
    common: dict[str, Any] = {
        "subject": subject,
        "anchor": anchor_of(subject),
        "outcome": outcome,
        "changes": tuple(
            Link(change_label(row), change_url(visit.slug, row))
            for row in changes
            if row.revision.published_at is not None
        ),
        "earlier": tuple(row for row in subject.standing.published if row != outcome),
    }
    if subject.theme is not None:
        theme = subject.theme
        return Entry(
            label=readable_of(visit).label(theme),
            identifier=theme.theme_id,
            url=readable_of(visit).theme(theme.theme_id),
            quotes=tuple(quoted.get(theme.theme_id, ())),
            **common,
        )
    suggestion = subject.suggestion
    if suggestion is None:
        raise ValueError(subject.key)
    readable = readable_of(visit, suggestion.run)
    instead = readable.instead(suggestion)
    return Entry(
        label=suggestion.note or _("Drafting suggestion %(number)s") % {"number": suggestion.number},
        identifier=str(suggestion.number),
        url="" if instead else readable.passage(suggestion.passage_id),
        quotes=(suggestion_quote(visit, subject),) if quotes else (),
        instead=instead,
        **common,
    )


def suggestion_quote(visit: Visit, subject: Subject) -> Quote:
    """The words that were marked, and whose they are as this reader may know it; what says so where they are
    public no more.
    """
    row = subject.suggestion
    if row is None:
        raise ValueError(subject.key)
    passage = visit.bulk.passages_by_id([row.passage_id]).get(row.passage_id)
    quote = Quote(
        row.quote,
        passage.language if passage else "",
        row.passage_id,
        source=sender(visit, passage).line if passage else "",
    )
    return shown_quote(quote, row, readable_of(visit, row.run))


def _theme_quotes(visit: Visit, themes: Sequence[str]) -> dict[str, list[Quote]]:
    """Quotes of themes; where all of the same are public no more, that is said once."""
    found = found_of(visit, themes, most=QUOTES)
    every = [item for rows in found.values() for item in rows]
    readable = readable_of(visit)
    readable.look_up(item.passage.passage_id for item in every)
    quotes = as_quotes(visit, every)
    shown = {
        item: shown_quote(
            quotes[item],
            Words(item.passage.submission_id, item.passage.passage_id, item.start, item.end, item.text),
            readable,
        )
        for item in every
    }
    return {name: list(dict.fromkeys(shown[item] for item in rows)) for name, rows in found.items()}


def grouped(visit: Visit, entries: Sequence[Entry]) -> list[Group]:
    """Entries by question in the order of the paper, what goes across all last. Three queries."""
    found = []
    for question in (*questions_read(visit.run), QuestionRead("", "", "")):
        here = tuple(item for item in entries if item.subject.question_id == question.question_id)
        if here:
            found.append(Group(question.question_id, question.text, question.language, here))
    return found


def funnel(entries: Sequence[Entry]) -> list[FunnelRow]:
    """How many have an outcome."""
    themes = [item for item in entries if item.subject.theme]
    suggestions = [item for item in entries if item.subject.suggestion]
    rows = [
        FunnelRow(_("Themes"), len(themes)),
        FunnelRow(_("with an outcome"), sum(item.outcome is not None for item in themes), inner=True),
    ]
    if suggestions:
        rows += [
            FunnelRow(_("Drafting suggestions"), len(suggestions)),
            FunnelRow(
                _("with an outcome"), sum(item.outcome is not None for item in suggestions), inner=True
            ),
        ]
    return rows


def outcome_table(visit: Visit, entries: Sequence[Entry]) -> Table:
    """The same as a file."""
    columns = (
        Column("kind", _("Kind")),
        Column("id", _("Id"), "identifier", link="url"),
        Column("question", _("Question"), "identifier"),
        Column("label", _("Theme or suggestion")),
        Column("passage", _("Passage"), "identifier"),
        Column("quote", _("Quotation")),
        Column("term", _("Term"), "identifier"),
        Column("outcome", _("Outcome"), language="outcome_language"),
        Column("paragraph", _("Paragraph")),
        Column("reason", _("Reason"), language="reason_language"),
        Column("published", _("Published"), "date"),
        Column("changes", _("Changes of the paper")),
    )
    rows = [
        {
            "kind": item.subject.key[0],
            "id": item.identifier,
            "url": item.url,
            "question": item.subject.question_id,
            "label": item.label,
            "passage": item.subject.suggestion.passage_id
            if item.subject.suggestion and not item.instead
            else None,
            "quote": item.instead or (item.subject.suggestion.quote if item.subject.suggestion else None),
            "term": item.outcome.term_id if item.outcome else None,
            "outcome": item.says.text or None,
            "outcome_language": item.says.language,
            "paragraph": item.outcome.paragraph or None if item.outcome else None,
            "reason": item.reason.text or None,
            "reason_language": item.reason.language,
            "published": item.outcome.published_at if item.outcome else None,
            "changes": "; ".join(str(link.label) for link in item.changes) or None,
        }
        for item in entries
    ]
    base = _("Run %(number)s of %(title)s") % {"number": visit.run.number, "title": visit.title}
    return Table("outcomes", _("What became of themes and suggestions"), columns, rows, base=base)


def entry_json(item: Entry) -> dict[str, Any]:
    """An entry as JSON."""
    outcome = item.outcome
    return {
        "kind": item.subject.key[0],
        "id": item.identifier,
        "question": item.subject.question_id or None,
        "label": item.label,
        "url": f"{settings.PUBLIC_URL}{item.url}" if item.url else None,
        "outcome": None
        if outcome is None
        else {
            "term": outcome.term_id,
            "labels": outcome.term.labels,
            "paragraph": outcome.paragraph or None,
            "reasons": outcome.reasons,
            "published": outcome.published_at,
        },
        "earlier": [
            {
                "term": row.term_id,
                "paragraph": row.paragraph or None,
                "reasons": row.reasons,
                "published": row.published_at,
            }
            for row in item.earlier
        ],
        "quotes": [
            {"text": None, "language": None, "passage": None, "instead": str(quote.instead)}
            if quote.instead
            else {"text": quote.text, "language": quote.language, "passage": quote.identifier}
            for quote in item.quotes
        ],
        "changes": [f"{settings.PUBLIC_URL}{link.url}" for link in item.changes],
    }
