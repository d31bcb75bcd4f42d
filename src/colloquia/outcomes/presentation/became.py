"""What became of a submission, in sentences and links; nothing of any other respondent is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colloquia.consultations.models import Run
from colloquia.consultations.presentation.hidden import sentence
from colloquia.core.components import Link
from colloquia.outcomes.models import Change, Outcome, Suggestion
from colloquia.outcomes.presentation.outcomes import change_label, change_url
from colloquia.outcomes.presentation.readable import Readable
from colloquia.outcomes.presentation.summary import sentence_url
from colloquia.outcomes.presentation.wording import Text, outcome_label, outcome_reason
from colloquia.outcomes.queries.became import Became, became_of
from colloquia.outcomes.queries.senders import Known


@dataclass(frozen=True, slots=True)
class Traced:
    """A theme or a suggestion with what became of it. ``passages`` are the submission's own.

    ``question`` is blank for a theme across all questions, which may bear the label of a question's theme.
    Addresses of what is not shown at present are blank.
    """

    label: str
    language: str
    url: str
    passages: tuple[Link, ...]
    says: Text
    reason: Text
    changes: tuple[Link, ...]
    question: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence of a published summary that cites the submission."""

    text: str
    language: str
    url: str
    passages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything for the page. ``lead`` are sentences that say it in short."""

    known: Known
    became: Became | None
    lead: tuple[str, ...]
    themes: tuple[Traced, ...] = ()
    suggestions: tuple[Traced, ...] = ()
    sentences: tuple[Cited, ...] = ()
    in_no_theme: tuple[Link, ...] = ()
    summary_url: str = ""


def story_of(known: Known) -> Story:
    """What became of it, from what is public alone."""
    if known.standing != "published":
        return Story(known, None, tuple(_not_published(known)))
    found = became_of(known.consultation, known.identifier)
    slug = known.consultation.slug

    of_runs: dict[int, Readable] = {}

    def of(run: Run | None) -> Readable | None:
        if run is None:
            return None
        return of_runs.setdefault(run.pk, Readable(run))

    def passages(names: tuple[str, ...], run: Run | None = found.run) -> tuple[Link, ...]:
        readable = of(run)
        return tuple(Link(name, readable.passage(name) if readable else "") for name in names)

    themes = tuple(
        Traced(
            readable.label(item.theme) if (readable := of(found.run)) else item.theme.label,
            "",
            readable.theme(item.theme.theme_id) if readable else "",
            passages(item.passages),
            *_said(item.outcome),
            _links(slug, item.changes),
            item.theme.question_id,
        )
        for item in found.themes
    )
    suggestions = tuple(
        Traced(
            _words(of(item.suggestion.run), item.suggestion),
            "",
            f"{reverse('outcomes', args=[slug])}#suggestion-{item.suggestion.number}",
            passages((item.suggestion.passage_id,), item.suggestion.run),
            *_said(item.outcome),
            _links(slug, item.changes),
            item.suggestion.question_id,
        )
        for item in found.suggestions
    )
    sentences = tuple(
        Cited(
            row.text,
            row.summary.language,
            sentence_url(known.consultation, row),
            passages(names),
        )
        for row, names in found.sentences
    )
    return Story(
        known,
        found,
        tuple(_lead(found)),
        themes,
        suggestions,
        sentences,
        passages(found.in_no_theme),
    )


def _words(readable: Readable | None, row: Suggestion) -> str:
    return (readable.instead(row) if readable else "") or row.quote


def _said(outcome: Outcome | None) -> tuple[Text, Text]:
    if outcome is None:
        return Text("", ""), Text("", "")
    return outcome_label(outcome), outcome_reason(outcome)


def _links(slug: str, changes: tuple[Change, ...]) -> tuple[Link, ...]:
    return tuple(Link(change_label(row), change_url(slug, row)) for row in changes)


def _not_published(known: Known) -> list[str]:
    if known.standing == "withdrawn":
        return [
            _("This submission was withdrawn. It is not published, and no analysis that is shown holds it.")
        ]
    checked = (
        _("The secretariat has read it through.")
        if known.is_checked
        else _("The secretariat’s check of it has not ended yet.")
    )
    if known.standing == "confidential":
        return [
            _("This submission is confidential. It is counted among what was received, and not published."),
            checked,
            _("No program analysed it, and no passage of it is quoted anywhere."),
        ]
    if known.standing == "withheld":
        return [
            _("This submission is withheld: it is counted among what was received, and not published."),
            checked,
            _("No program analysed it, and no passage of it is quoted anywhere."),
        ]
    return [
        _("This submission is received and counted. It is not published yet, so no analysis has it."),
        checked,
    ]


def _lead(found: Became) -> list[str]:
    hidden = [sentence()] if found.consultation.is_hidden else []
    if found.run is None:
        return hidden or [
            _("No analysis of this consultation is published yet. Look at this page again later.")
        ]
    number = {"number": found.run.number}
    if hidden:
        hidden.append(
            _("What was published on the ground of run %(number)s stands, and is told here.") % number
        )
    read = (
        _("A person marked the whole submission as read on %(day)s.") % {"day": _day(found)}
        if found.read_at
        else ""
    )
    if not found.is_in:
        text = (
            _("Run %(number)s was made without this submission.")
            if hidden
            else _("Run %(number)s, the analysis that is shown, was made without this submission.")
        ) % number
        return [*hidden, text, read or _("Nobody has marked it as read yet.")]
    total = len(found.passages)
    if not total:
        text = _("No text of it could be read by the program, so it has no passages.")
        return [*hidden, text, read or _unread()]
    whole = ngettext("%(n)s passage", "%(n)s passages", total) % {"n": total}
    themes = len(found.themes)
    sentences = [
        *hidden,
        ngettext(
            "It has %(whole)s in run %(number)s; %(cited)s of them is cited in the published summary.",
            "It has %(whole)s in run %(number)s; %(cited)s of them are cited in the published summary.",
            len(found.cited),
        )
        % {"whole": whole, "cited": len(found.cited), **number},
    ]
    if themes:
        decided = sum(item.outcome is not None for item in found.themes)
        sentences.append(
            ngettext(
                "They belong to %(n)s theme, of which %(decided)s has a published outcome.",
                "They belong to %(n)s themes, of which %(decided)s have a published outcome.",
                themes,
            )
            % {"n": themes, "decided": decided}
        )
    if found.in_no_theme:
        sentences.append(
            ngettext(
                "%(n)s passage is in no theme.", "%(n)s passages are in no theme.", len(found.in_no_theme)
            )
            % {"n": len(found.in_no_theme)}
        )
    return [*sentences, read or _unread()]


def _unread() -> str:
    return _("Nobody has marked the whole submission as read yet.")


def _day(found: Became) -> str:
    if found.read_at is None:
        return ""
    return formats.date_format(timezone.localtime(found.read_at), "j F Y")


def story_json(story: Story) -> dict[str, Any]:
    """The same as JSON."""
    found = story.became

    def traced(item: Traced) -> dict[str, Any]:
        return {
            "label": item.label,
            "url": f"{settings.PUBLIC_URL}{item.url}" if item.url else None,
            "passages": [str(link.label) for link in item.passages],
            "outcome": item.says.text or None,
            "reason": item.reason.text or None,
            "changes": [f"{settings.PUBLIC_URL}{link.url}" for link in item.changes],
        }

    return {
        "submission": story.known.identifier,
        "consultation": story.known.consultation.slug,
        "standing": story.known.standing,
        "run": found.run.number if found and found.run else None,
        "said": list(story.lead),
        "passages": len(found.passages) if found else 0,
        "cited": len(found.cited) if found else 0,
        "read": found.read_at if found else None,
        "themes": [traced(item) for item in story.themes],
        "suggestions": [traced(item) for item in story.suggestions],
        "sentences": [
            {
                "text": item.text,
                "language": item.language,
                "url": f"{settings.PUBLIC_URL}{item.url}",
                "passages": [str(link.label) for link in item.passages],
            }
            for item in story.sentences
        ],
        "in_no_theme": [str(link.label) for link in story.in_no_theme],
    }
