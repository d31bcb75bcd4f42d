"""What a run and its officers leave to the next run."""

from __future__ import annotations

from dataclasses import replace

from colloquia.consultations.models import Run
from colloquia.consultations.queries.state import bulk_of, state_of
from colloquia.engines.bulk import PassageRow
from colloquia.engines.corrections import State
from colloquia.engines.prior import Prior, PriorTheme, ReviewedPassage
from colloquia.engines.store import read_prior

_FEW = 500


def prior_of(run: Run) -> Prior:
    """The themes in effect, every passage that officers judged, and who belonged where.

    What officers said of earlier runs is in the run's folder, left there by the run itself; what they say
    of this run wins over it.
    """
    state, bulk = state_of(run), bulk_of(run)
    earlier = read_prior(run.folder)
    by_officer = {theme.theme_id for theme in earlier.themes if theme.by_officer}
    machine = dict(run.machine_themes.values_list("theme_id", "terms"))
    themes = tuple(
        PriorTheme(
            theme_id=theme.theme_id,
            question_id=theme.question_id or None,
            parent_id=theme.parent_id or None,
            label=theme.label,
            terms=tuple(machine.get(theme.theme_id, ())),
            is_parent=theme.is_parent,
            by_officer=theme.label_by_officer
            or theme.made_by_officer
            or theme.touched
            or theme.theme_id in by_officer,
        )
        for theme in state.themes.values()
        if theme.is_live
    )
    names = [anchor.passage_id for _, anchor in sorted(state.anchors.items())]
    rows: dict[str, PassageRow] = {}
    for start in range(0, len(names), _FEW):
        rows.update(bulk.passages_by_id(names[start : start + _FEW]))
    own = {name: _reviewed(rows[name], state) for name in names if _is_judged(rows[name].row, state)}
    reviewed = {item.passage_id: _still(item, state) for item in earlier.reviewed}
    for name, item in own.items():
        reviewed[name] = _over(reviewed[name], item) if name in reviewed else item
    given = {name for act in run.corrections.all() for name in _made(act.values)}
    return Prior(
        run=f"{run.consultation.slug} {run.number}",
        themes=themes,
        reviewed=tuple(reviewed.values()),
        assignments=bulk.themes_of_passages(),
        retired=earlier.retired | frozenset(machine) | frozenset(state.themes) | given,
        digests=earlier.digests,
    )


def _still(item: ReviewedPassage, state: State) -> ReviewedPassage:
    """What was said in an earlier run, in the themes that stand for those of then."""
    themes = {question: state.in_effect(theme) for question, theme in item.themes.items()}
    held = {question: theme for question, theme in themes.items() if not theme or theme in state.themes}
    return replace(item, themes=held)


def _over(earlier: ReviewedPassage, later: ReviewedPassage) -> ReviewedPassage:
    """Two reviews of one passage as one, in which the later wins."""
    return replace(
        later,
        themes={**earlier.themes, **later.themes},
        questions={**earlier.questions, **later.questions},
    )


def _made(values: dict[str, object]) -> set[str]:
    """Ids of themes that a correction made, undone or not."""
    parts = values.get("parts")
    found = {str(part["theme"]) for part in parts} if isinstance(parts, list) else set()
    theme = values.get("theme")
    return found | ({theme} if isinstance(theme, str) and theme else set())


def _is_judged(row: int, state: State) -> bool:
    """Whether anything that was said of the passage still holds."""
    if row in state.not_opinion or any(row in rows for rows in state.moved.values()):
        return True
    return any(row in rows for rows in state.answers.values())


def _reviewed(row: PassageRow, state: State) -> ReviewedPassage:
    return ReviewedPassage(
        passage_id=row.passage_id,
        submission_id=row.submission_id,
        document_id=row.document_id,
        start=row.start,
        end=row.end,
        text=row.text,
        language=row.language,
        themes={
            question: state.in_effect(rows[row.row])
            for question, rows in state.moved.items()
            if row.row in rows
        },
        questions={question: rows[row.row] for question, rows in state.answers.items() if row.row in rows},
        not_opinion=row.row in state.not_opinion,
    )
