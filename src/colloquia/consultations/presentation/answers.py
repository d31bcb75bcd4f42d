"""What consultations received on a question, for the question's own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from colloquia.consultations.models import Run, RunQuestion
from colloquia.consultations.presentation import remembered
from colloquia.consultations.presentation.breakdowns import Breakdown, breakdowns
from colloquia.consultations.presentation.counts import QuestionRow, ThemeRow, question_row, theme_rows
from colloquia.consultations.presentation.head import status
from colloquia.consultations.presentation.quotes import Found, as_quotes, found_of
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import stability
from colloquia.core.components import Quote, ThemeCard
from colloquia.core.registry import Absence, QuestionCount
from colloquia.engines.bulk import ValueRow

SHOWN = 6
"""Themes with a quote; all others are named below them."""
GROUPS = 6
"""Stakeholder groups of which one voice is shown."""


def _visit(request: Any, run: Run) -> Visit:
    """A look at a whole run: the address of the question's page says nothing of filters of this room."""
    whole = HttpRequest()
    whole.user, whole.path = request.user, request.path
    return Visit(whole, run, get_language() or "en")


@dataclass(frozen=True, slots=True)
class Answers:
    """What one consultation received on the question."""

    visit: Visit
    question: QuestionRow
    cards: list[tuple[ThemeCard, list[ValueRow]]]
    others: list[ThemeRow]
    voices: list[tuple[str, Quote]]
    stakeholders: Breakdown | None

    @property
    def url(self) -> str:
        """The question in the consultation."""
        return self.visit.url("consultation_question", self.question.question_id)

    @property
    def status(self) -> str:
        """Which run it is, and whether it is signed."""
        return status(self.visit)


def runs_with(question_id: str) -> list[tuple[Run, RunQuestion]]:
    """The runs that the public sees and that have the question, latest first. One query."""
    rows = RunQuestion.objects.filter(
        question_id=question_id, run__shown_in__is_public=True, run__is_complete=True
    ).select_related("run__consultation", "run__signed_by")
    return [(row.run, row) for row in rows.order_by("-run__stored_at")]


def counts(request: Any, question_id: str) -> Iterable[QuestionCount]:  # noqa: ARG001 -- the registry's shape
    """How many submissions answered the question, in all consultations that are shown."""
    found = runs_with(question_id)
    if not found:
        hidden = RunQuestion.objects.filter(
            question_id=question_id,
            run__is_complete=True,
            run__consultation__is_public=True,
            run__consultation__shown_run=None,
        )
        return [
            QuestionCount("answers", absence=Absence.NOT_SHOWN if hidden.exists() else Absence.NOT_YET_OPEN)
        ]
    number = sum(row.submissions for _run, row in found)
    run = found[0][0]
    days = [run.consultation.closed_on, timezone.localtime(run.begun_at).date() if run.begun_at else None]
    # A run that was made before the deadline counts what had come in by then.
    day = min((each for each in days if each), default=None)
    return [
        QuestionCount(
            "answers", number, None if number else Absence.NONE_RECEIVED, day, "#consultations-answers"
        )
    ]


def render(request: Any, question_id: str) -> str:
    """The section; "" where no consultation that is shown asked the question."""
    found = [answers(_visit(request, run), row) for run, row in runs_with(question_id) if run.has_files]
    found = [item for item in found if item.question.counts.submissions]
    return render_to_string("consultations/answers.html", {"found": found}, request) if found else ""


def answers(visit: Visit, row: RunQuestion) -> Answers:
    """Themes with a quote each, those of states first among them, and a voice of each stakeholder group."""
    question = question_row(visit, row)
    themes = [
        item
        for item in theme_rows(visit, row.question_id, row.submissions)
        if not item.is_group and item.counts.submissions
    ]
    chosen = _chosen(themes)
    quoted = found_of(visit, [item.theme.theme_id for item in chosen])
    across = remembered.across(visit.held, row.question_id)
    voices = _voices(chosen, quoted)
    shown = as_quotes(visit, [rows[0] for rows in quoted.values() if rows] + [item for _, item in voices])
    cards = [
        (
            _card(item, next((shown[one] for one in quoted[item.theme.theme_id][:1]), None)),
            across.get(item.theme.theme_id, [])[:5],
        )
        for item in chosen
    ]
    by_group = next(
        (item for item in breakdowns(visit, question=row.question_id) if item.dimension == "stakeholder"),
        None,
    )
    if by_group:
        by_group = replace(
            by_group,
            rows=[
                line | {"url": visit.url("consultation_question", row.question_id, stakeholder=line["value"])}
                for line in by_group.rows
            ],
        )
    return Answers(
        visit,
        question,
        cards,
        [item for item in themes if item not in chosen],
        [(name, shown[item]) for name, item in voices],
        by_group,
    )


def _chosen(themes: list[ThemeRow]) -> list[ThemeRow]:
    """The largest themes; the last places are for themes that a state raised and that are not among them."""
    first = themes[: SHOWN - 2]
    rest = themes[SHOWN - 2 :]
    return first + sorted(rest, key=lambda item: item.counts.states == 0)[:2]


def _card(row: ThemeRow, quote: Quote | None) -> ThemeCard:
    word = stability(row.theme.stability)
    return ThemeCard(
        row.theme.label,
        row.url,
        submissions=row.counts.submissions,
        messages=row.counts.messages,
        organisations=row.counts.organisations,
        states=row.counts.states,
        stability=word,
        badges=tuple(row.badges),
        quote=quote and replace(quote, identifier="", source=f"{quote.source} ({quote.identifier})"),
    )


def _voices(rows: Iterable[ThemeRow], quoted: dict[str, list[Found]]) -> list[tuple[str, Found]]:
    """One further quote of each stakeholder group, of different themes as far as there are."""
    used = {found[0].passage.submission_id for found in quoted.values() if found}
    voices: dict[str, Found] = {}
    for place in (1, 2):
        for row in rows:
            for item in quoted[row.theme.theme_id][place : place + 1]:
                group = item.passage.stakeholder
                if group and group not in voices and item.passage.submission_id not in used:
                    voices[group] = item
                    used.add(item.passage.submission_id)
    return list(voices.items())[:GROUPS]
