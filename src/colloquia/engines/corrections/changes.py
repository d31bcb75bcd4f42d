"""What differs between two states, so that only that is counted and shown again."""

from __future__ import annotations

from dataclasses import dataclass

from colloquia.engines.corrections.records import State


@dataclass(frozen=True, slots=True)
class Changes:
    """Between two states of one run.

    ``questions`` ("" for the docket) are those whose themes, or passages in themes, differ. ``themes`` are
    those that stand otherwise, with the groups above them and the themes that they were or are merged into;
    themes whose passages alone differ are not among them. ``answers`` says
    whether other passages answer some question. ``rows`` are passages that are an opinion in one state only;
    all questions in which the machine or an officer placed them differ too.
    """

    questions: frozenset[str]
    themes: frozenset[str]
    answers: bool
    rows: frozenset[int]


def changes(before: State, after: State) -> Changes:
    """What differs. Linear in themes and in passages that officers placed."""
    differing = [
        theme
        for name in before.themes.keys() | after.themes.keys()
        for theme in (before.themes.get(name), after.themes.get(name))
        if theme is not None and before.themes.get(name) != after.themes.get(name)
    ]
    questions = {theme.question_id for theme in differing}
    themes = {
        name for theme in differing for name in (theme.theme_id, theme.parent_id, theme.merged_into) if name
    }
    rows = before.not_opinion ^ after.not_opinion
    for one, other in ((before.moved, after.moved), (before.answers, after.answers)):
        for question in one.keys() | other.keys():
            held, now = one.get(question, {}), other.get(question, {})
            if held != now or not rows.isdisjoint(held):
                questions.add(question)
    judged = {
        question
        for question in before.answers.keys() | after.answers.keys()
        if before.answers.get(question, {}) != after.answers.get(question, {})
    }
    return Changes(frozenset(questions), frozenset(themes), bool(judged or rows), frozenset(rows))
