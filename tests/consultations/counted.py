"""What stands in the database beside what is counted by hand from where each passage is."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from colloquia.consultations.models import Run, RunQuestion, ThemeInEffect
from colloquia.consultations.queries import bulk_of, state_of
from colloquia.engines.bulk import Filters

Counts = dict[str, tuple[int, int, int, int, int]]
_FIELDS = ("submissions", "messages", "organisations", "states", "passages")


def stored(run: Run) -> tuple[Counts, Counts]:
    """The counts of themes in effect, and of questions, as pages show them."""
    themes = ThemeInEffect.objects.filter(run=run, is_live=True).values_list("theme_id", *_FIELDS)
    questions = RunQuestion.objects.filter(run=run).values_list("question_id", *_FIELDS)
    return {row[0]: row[1:] for row in themes}, {row[0]: row[1:] for row in questions}


def by_hand(run: Run) -> tuple[Counts, Counts]:
    """The same, passage by passage."""
    run = Run.objects.select_related("consultation").get(pk=run.pk)
    bulk, state = bulk_of(run), state_of(run)
    submissions = {row.submission_id: row for row in bulk.submissions(limit=0)[0]}
    bodies = {
        row.submission_id: key
        for key, *_ in bulk.organisations()
        for row in bulk.submissions(filters=Filters(organisations=(key,)), limit=0)[0]
    }
    passages = {row.row: row for row in bulk.passages(limit=0)[0]}
    by_theme: dict[str, list[str]] = defaultdict(list)
    by_question: dict[str, list[str]] = defaultdict(list)
    for item in bulk.placements(list(passages)):
        sender = passages[item.row].submission_id
        if item.question_id:
            by_question[item.question_id].append(sender)
        if item.theme_id:
            by_theme[item.theme_id].append(sender)
            if parent := state.themes[item.theme_id].parent_id:
                by_theme[parent].append(sender)

    def counts(senders: list[str]) -> tuple[int, int, int, int, int]:
        of: list[Any] = [submissions[sender] for sender in set(senders)]
        states = set(run.consultation.state_stakeholders)
        return (
            len(of),
            len({row.message for row in of if row.message >= 0}),
            len({bodies[row.submission_id] for row in of if row.submission_id in bodies}),
            len({row.country for row in of if row.stakeholder in states and row.country}),
            len(senders),
        )

    live = {name for name, theme in state.themes.items() if theme.is_live}
    questions = RunQuestion.objects.filter(run=run).values_list("question_id", flat=True)
    return (
        {name: counts(by_theme[name]) for name in live},
        {name: counts(by_question[name]) for name in questions},
    )


def snapshot(run: Run) -> dict[str, Any]:
    """Everything that pages show of the themes and questions of a run."""
    themes = ThemeInEffect.objects.filter(run=run).order_by("position")
    questions = RunQuestion.objects.filter(run=run).order_by("position")
    return {
        "themes": [
            {name: value for name, value in row.items() if name not in ("id", "run_id")}
            for row in themes.values()
        ],
        "questions": list(questions.values_list("question_id", *_FIELDS)),
    }
