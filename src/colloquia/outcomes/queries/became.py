"""What became of one submission: passages, themes, outcomes, changes of the paper, sentences that cite it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max

from colloquia.consultations.models import Consultation, ReadMark, Run, ThemeInEffect
from colloquia.consultations.queries import bulk_of
from colloquia.engines.bulk import PassageRow
from colloquia.outcomes.models import Change, Outcome, Sentence, Suggestion, SummaryStatus
from colloquia.outcomes.queries.outcomes import Key, changes_citing, published_run, standings
from colloquia.outcomes.queries.public import record_run


@dataclass(frozen=True, slots=True)
class ThemeWithIn:
    """A theme to which passages of the submission belong, with the outcome that is public."""

    theme: ThemeInEffect
    passages: tuple[str, ...]
    outcome: Outcome | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestionOf:
    """A drafting suggestion out of the submission, with the outcome that is public."""

    suggestion: Suggestion
    outcome: Outcome | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Became:
    """All of that. ``run`` is the analysis that the public sees, or saw until a submission in it was taken
    out of the public; ``is_in`` is whether the submission is in it.

    ``sentences`` come with the ids of this submission's passages that they cite. ``read_at`` is when a person
    last marked the whole submission as read.
    """

    consultation: Consultation
    run: Run | None
    is_in: bool = False
    passages: tuple[PassageRow, ...] = ()
    themes: tuple[ThemeWithIn, ...] = ()
    in_no_theme: tuple[str, ...] = ()
    suggestions: tuple[SuggestionOf, ...] = ()
    sentences: tuple[tuple[Sentence, tuple[str, ...]], ...] = ()
    read_at: datetime | None = None
    outcomes_at: datetime | None = None
    cited: frozenset[str] = field(default_factory=frozenset)


def became_of(consultation: Consultation, submission_id: str) -> Became:
    """What became of a submission, from what is public alone. A fixed number of queries."""
    run = record_run(consultation)
    if run is None:
        return Became(consultation, None)
    run.consultation = consultation
    read_at = ReadMark.objects.filter(
        consultation=consultation, submission_id=submission_id, passage_id="", withdrawn_at=None
    ).aggregate(last=Max("at"))["last"]
    if not run.has_files or (rows := bulk_of(run).passages_of(submission_id)) is None:
        return Became(consultation, run, read_at=read_at)
    if bulk_of(run).submission(submission_id) is None:
        return Became(consultation, run, read_at=read_at)
    decided = published_run(consultation)
    sentences = _sentences(consultation, submission_id)
    # Of a run that is not shown nothing is told but what two officers published of it.
    told = decided is not None or not consultation.is_hidden
    inside, none = _themes(run, rows) if told else ([], ())
    suggestions = list(
        Suggestion.objects.filter(consultation=consultation, submission_id=submission_id, removed_at=None)
        .select_related("run__consultation__shown_run")
        .order_by("number")
    )
    standing = standings(decided) if decided is not None else {}
    shown = [row for each in standing.values() for row in each.published]
    keys: set[Key] = {("theme", theme.theme_id) for theme, _passages in inside}
    keys |= {("suggestion", str(row.pk)) for row in suggestions}
    changes = changes_citing(row for row in shown if _key(row) in keys)
    same_run = decided is not None and decided.pk == run.pk

    def public(key: Key) -> Outcome | None:
        return standing[key].public if key in standing else None

    return Became(
        consultation,
        run,
        is_in=True,
        passages=tuple(rows),
        themes=tuple(
            ThemeWithIn(
                theme,
                passages,
                public(("theme", theme.theme_id)) if same_run else None,
                tuple(changes.get(("theme", theme.theme_id), ())) if same_run else (),
            )
            for theme, passages in inside
        ),
        in_no_theme=none,
        suggestions=tuple(
            SuggestionOf(row, outcome, tuple(changes.get(("suggestion", str(row.pk)), ())))
            for row in suggestions
            if (outcome := public(("suggestion", str(row.pk)))) is not None
        ),
        sentences=sentences,
        read_at=read_at,
        outcomes_at=max((row.published_at for row in shown if row.published_at), default=None),
        cited=frozenset(name for _sentence, names in sentences for name in names),
    )


def _key(row: Outcome) -> Key:
    return ("theme", row.theme_id) if row.theme_id else ("suggestion", str(row.suggestion_id))


def _themes(
    run: Run, rows: list[PassageRow]
) -> tuple[list[tuple[ThemeInEffect, tuple[str, ...]]], tuple[str, ...]]:
    """The themes in effect with the ids of the passages in each, and the ids of those in none."""
    names = {row.row: row.passage_id for row in rows}
    found: dict[str, list[str]] = {}
    for place in bulk_of(run).placements(list(names)) if names else ():
        if place.theme_id:
            found.setdefault(place.theme_id, []).append(names[place.row])
    live = ThemeInEffect.objects.filter(run=run, theme_id__in=found, is_live=True, is_parent=False)
    themes = sorted(live, key=lambda theme: (not theme.question_id, theme.position))
    inside = {name for theme in themes for name in found[theme.theme_id]}
    none = tuple(row.passage_id for row in rows if row.passage_id not in inside)
    return [(theme, tuple(dict.fromkeys(found[theme.theme_id]))) for theme in themes], none


def _sentences(
    consultation: Consultation, submission_id: str
) -> tuple[tuple[Sentence, tuple[str, ...]], ...]:
    rows = (
        Sentence.objects.filter(
            summary__run__consultation=consultation,
            summary__status=SummaryStatus.SIGNED,
            citations__submission_id=submission_id,
        )
        .select_related("summary__run")
        .prefetch_related("citations")
        .distinct()
        .order_by("summary__language", "question_id", "position", "pk")
    )
    return tuple(
        (
            row,
            tuple(
                dict.fromkeys(
                    item.passage_id for item in row.citations.all() if item.submission_id == submission_id
                )
            ),
        )
        for row in rows
    )
