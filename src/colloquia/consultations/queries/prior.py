"""What a run and its officers leave to the next run."""

from __future__ import annotations

from colloquia.consultations.models import Run
from colloquia.consultations.queries.state import bulk_of, state_of
from colloquia.engines.bulk import PassageRow
from colloquia.engines.corrections import State
from colloquia.engines.prior import Prior, PriorTheme, ReviewedPassage

_FEW = 500


def prior_of(run: Run) -> Prior:
    """The themes in effect, every passage that an officer judged, and who belonged where."""
    state, bulk = state_of(run), bulk_of(run)
    machine = dict(run.machine_themes.values_list("theme_id", "terms"))
    themes = tuple(
        PriorTheme(
            theme_id=theme.theme_id,
            question_id=theme.question_id or None,
            parent_id=theme.parent_id or None,
            label=theme.label,
            terms=tuple(machine.get(theme.theme_id, ())),
            is_parent=theme.is_parent,
            by_officer=theme.label_by_officer or theme.made_by_officer or theme.touched,
        )
        for theme in state.themes.values()
        if theme.is_live
    )
    names = [anchor.passage_id for _, anchor in sorted(state.anchors.items())]
    rows: dict[str, PassageRow] = {}
    for start in range(0, len(names), _FEW):
        rows.update(bulk.passages_by_id(names[start : start + _FEW]))
    reviewed = tuple(_reviewed(rows[name], state) for name in names if _is_judged(rows[name].row, state))
    given = {name for act in run.corrections.all() for name in _made(act.values)}
    return Prior(
        run=f"{run.consultation.slug} {run.number}",
        themes=themes,
        reviewed=reviewed,
        assignments=bulk.themes_of_passages(),
        retired=frozenset(machine) | frozenset(state.themes) | given,
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
