"""Officers' corrections: each an act that is added, audited, and can be undone; none overwrites another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from colloquia.consultations.models import Correction, Run, RunQuestion
from colloquia.consultations.models.consultation import RunStatus, new_version
from colloquia.consultations.queries.state import as_act, bulk_of, state_of
from colloquia.consultations.services.counting import count_themes
from colloquia.consultations.services.refusals import CorrectionConflict, CorrectionRefused
from colloquia.core import audit
from colloquia.engines import corrections as engine
from colloquia.engines.bulk import PassageRow

Values = dict[str, Any]

__all__ = [
    "CorrectionConflict",
    "CorrectionRefused",
    "group_themes",
    "mark_not_opinion",
    "merge_themes",
    "move_between_questions",
    "move_passages",
    "rename_theme",
    "reparent_themes",
    "restore",
    "split_theme",
    "undo",
]


def rename_theme(*, run: Run, theme: str, label: str, by: Any, seen: int, note: str = "") -> Correction:
    """Give a theme or a group of themes another label.

    Of every verb here: ``seen`` is the ``sequence`` of the run that the officer was looking at. Raises
    CorrectionConflict where others have since changed the same themes or passages, and CorrectionRefused
    with the reason where the act makes no sense as things stand. Nothing is written then.
    """
    return _correct(
        run, "rename", lambda _: {"theme": theme, "label": label.strip()}, _question_of(theme), by, seen, note
    )


def merge_themes(
    *, run: Run, themes: Sequence[str], into: str, by: Any, seen: int, label: str = "", note: str = ""
) -> Correction:
    """Make one theme of several of one question; ``into`` goes on, with ``label`` where one is given."""
    names = sorted({*themes, into})
    values = {"themes": names, "into": into, "label": label.strip()}
    return _correct(run, "merge", lambda _: values, _question_of(into), by, seen, note)


def split_theme(
    *,
    run: Run,
    theme: str,
    parts: Sequence[tuple[str, Sequence[str]]],
    by: Any,
    seen: int,
    note: str = "",
) -> Correction:
    """Take parts out of a theme, each a label and ids of its passages; the rest stays under the old id."""
    passages = _anchors(run, [name for _, names in parts for name in names])

    def build(state: engine.State) -> Values:
        first = _next_number(run, _question_of(theme), "t")
        prefix = _prefix(_question_of(theme), "t")
        del state
        return {
            "theme": theme,
            "parts": [
                {
                    "theme": f"{prefix}{first + place}",
                    "label": label.strip(),
                    "passages": [passages[name].as_list() for name in dict.fromkeys(names)],
                }
                for place, (label, names) in enumerate(parts)
            ],
        }

    return _correct(run, "split", build, _question_of(theme), by, seen, note)


def group_themes(
    *, run: Run, question: str, label: str, themes: Sequence[str], by: Any, seen: int, note: str = ""
) -> Correction:
    """Make a new group of themes of one question ("" for the docket)."""

    def build(_state: engine.State) -> Values:
        number = _next_number(run, question, "g")
        return {"theme": f"{_prefix(question, 'g')}{number}", "label": label.strip(), "themes": list(themes)}

    return _correct(run, "group", build, question, by, seen, note)


def reparent_themes(
    *, run: Run, question: str, themes: Sequence[str], parent: str, by: Any, seen: int, note: str = ""
) -> Correction:
    """Put themes into another group, or into none where ``parent`` is ""."""
    values = {"themes": list(themes), "parent": parent}
    return _correct(run, "reparent", lambda _: values, question, by, seen, note)


def move_passages(
    *, run: Run, question: str, passages: Sequence[str], theme: str, by: Any, seen: int, note: str = ""
) -> Correction:
    """Put passages into another theme of a question, or into none where ``theme`` is ""."""
    anchors = _anchors(run, passages)
    values = {
        "passages": [anchor.as_list() for anchor in anchors.values()],
        "theme": theme,
        "sources": _sources(run, anchors, {question}),
    }
    return _correct(run, "move", lambda _: values, question, by, seen, note)


def move_between_questions(
    *,
    run: Run,
    passages: Sequence[str],
    source: str,
    target: str,
    by: Any,
    seen: int,
    theme: str = "",
    note: str = "",
) -> Correction:
    """Say that passages answer ``target`` (in its ``theme``) and no longer ``source``; either may be ""."""
    anchors = _anchors(run, passages)
    values = {
        "passages": [anchor.as_list() for anchor in anchors.values()],
        "from": source,
        "to": target,
        "theme": theme,
        "sources": _sources(run, anchors, {source, target} - {""}),
    }
    return _correct(run, "answer", lambda _: values, target or source, by, seen, note)


def mark_not_opinion(
    *, run: Run, passages: Sequence[str], by: Any, seen: int, value: bool = True, note: str = ""
) -> Correction:
    """Say that passages are no opinion (a letterhead, a list of contents), or take that back."""
    anchors = _anchors(run, passages)
    values = {
        "passages": [anchor.as_list() for anchor in anchors.values()],
        "value": value,
        "sources": _sources(run, anchors, None),
    }
    return _correct(run, "not_opinion", lambda _: values, "", by, seen, note)


def undo(*, run: Run, number: int, by: Any, seen: int, note: str = "") -> Correction:
    """Take back a correction. It stays on the record, and so does who took it back.

    Raises CorrectionRefused where it is undone already or later corrections rest on it, which are named.
    """
    with transaction.atomic():
        run = _locked(run)
        row = Correction.objects.filter(run=run, number=number).first()
        if row is None or row.undone_at is not None:
            raise CorrectionRefused("undone already" if row else "unknown correction")
        standing = [as_act(item) for item in Correction.objects.filter(run=run, undone_at=None)]
        resting = engine.dependents(standing, number)
        if resting:
            raise CorrectionRefused(
                "others rest on it", numbers=", ".join(str(act.number) for act in resting)
            )
        _refuse_conflict(run, as_act(row), by, seen)
        before = _labels(state_of(run), as_act(row))
        row.undone_by, row.undone_at, row.undone_sequence = by, timezone.now(), run.sequence + 1
        row.save(update_fields=["undone_by", "undone_at", "undone_sequence"])
        _step(run)
        audit.record(
            row,
            "consultations.undo",
            by=by,
            before=before,
            after=_labels(state_of(run), as_act(row)),
            note=note,
        )
    count_themes(run, questions=_touched_questions(run, [as_act(row)]))
    return row


def restore(*, run: Run, number: int, by: Any, seen: int, note: str = "") -> Correction:
    """Do an undone correction again, as a new one with the same values."""
    row = Correction.objects.filter(run=run, number=number, undone_at__isnull=False).first()
    if row is None:
        raise CorrectionRefused("not undone")
    values: Values = row.values
    return _correct(run, row.kind, lambda _: values, row.question_id, by, seen, note or row.note)


def _correct(
    run: Run,
    kind: str,
    build: Callable[[engine.State], Values],
    question: str,
    by: Any,
    seen: int,
    note: str,
) -> Correction:
    questions = list(RunQuestion.objects.filter(run=run).values_list("question_id", flat=True))
    with transaction.atomic():
        run = _locked(run)
        state = state_of(run)
        act = engine.Act(run.sequence + 1, kind, question, build(state))
        _refuse_conflict(run, act, by, seen)
        code = engine.problem(state, act, questions)
        if code:
            raise CorrectionRefused(code)
        row = Correction.objects.create(
            run=run,
            number=act.number,
            kind=kind,
            values=dict(act.values),
            question_id=question,
            by=by,
            note=note.strip(),
        )
        before = _labels(state, act)
        _step(run)
        audit.record(
            row, f"consultations.{kind}", by=by, before=before, after=_labels(state_of(run), act), note=note
        )
    count_themes(run, questions=_touched_questions(run, [act]))
    return row


def _locked(run: Run) -> Run:
    locked = Run.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=run.pk)
    if locked.is_signed:
        raise CorrectionRefused("signed")
    return locked


def _step(run: Run) -> None:
    """The next state of the run. What was reviewed is no longer what stands: the review falls away."""
    run.sequence += 1
    run.version = new_version()
    run.status, run.reviewed_by, run.reviewed_at = RunStatus.DRAFT, None, None
    run.save(update_fields=["sequence", "version", "status", "reviewed_by", "reviewed_at"])


def _refuse_conflict(run: Run, act: engine.Act, by: Any, seen: int) -> None:
    """Raise CorrectionConflict where others since changed what this act speaks of."""
    if seen >= run.sequence:
        return
    rows = Correction.objects.filter(run=run, number__gt=seen) | Correction.objects.filter(
        run=run, undone_sequence__gt=seen
    )
    themes, passages = act.themes(), {anchor.row for anchor in act.anchors()}
    found = []
    for row in rows.select_related("by", "undone_by").order_by("number"):
        actor = row.undone_by_id if row.undone_sequence and row.undone_sequence > seen else row.by_id
        other = as_act(row)
        meets = other.themes() & themes or passages & {anchor.row for anchor in other.anchors()}
        if actor != by.pk and meets:
            found.append(row)
    if found:
        raise CorrectionConflict(found, run.sequence)


def _touched_questions(run: Run, acts: Iterable[engine.Act]) -> set[str] | None:
    """Questions whose counts the acts change; None (all) where the counts before are not known to hold."""
    if run.counted_sequence != run.sequence - 1:
        return None
    found: set[str] = set()
    for act in acts:
        found |= {_question_of(name) for name in act.values.get("sources", ())}
        if act.kind != "not_opinion":
            found |= {act.question_id, act.values.get("from", "") or act.question_id}
    return found


def _anchors(run: Run, passage_ids: Sequence[str]) -> dict[str, engine.Anchor]:
    """Anchors by passage id, in the order given. Raises CorrectionRefused where one does not exist."""
    found: Mapping[str, PassageRow] = bulk_of(run).passages_by_id(list(dict.fromkeys(passage_ids)))
    for name in passage_ids:
        if name not in found:
            raise CorrectionRefused("unknown passage", passage=name)
    return {
        name: engine.Anchor(item.row, name, item.document_id, item.start, item.end)
        for name in passage_ids
        for item in (found[name],)
    }


def _sources(run: Run, anchors: Mapping[str, engine.Anchor], questions: set[str] | None) -> list[str]:
    """The themes that passages are in now, of some questions or of all."""
    placements = bulk_of(run).placements([anchor.row for anchor in anchors.values()])
    return sorted(
        {
            item.theme_id
            for item in placements
            if item.theme_id and (questions is None or item.question_id in questions)
        }
    )


_THEME = re.compile(r"(?:(?P<question>.+)\.)?(?P<level>[tgTG])(?P<number>\d+)")


def _question_of(theme: str) -> str:
    """The question of a theme id: that of ``IP-08.q2.t3`` is ``IP-08.q2``, that of ``T3`` is ""."""
    match = _THEME.fullmatch(theme)
    return (match["question"] or "") if match else ""


def _prefix(question: str, level: str) -> str:
    return f"{question}.{level}" if question else level.upper()


def _next_number(run: Run, question: str, level: str) -> int:
    """The next free number of themes of a question; numbers of undone themes are not given again."""
    names = set(run.machine_themes.filter(question_id=question).values_list("theme_id", flat=True))
    for act in (as_act(row) for row in run.corrections.filter(kind__in=("split", "group"))):
        names |= act.themes()
    numbers = [
        int(match["number"])
        for match in map(_THEME.fullmatch, names)
        if match and (match["question"] or "") == question and match["level"].lower() == level
    ]
    return max(numbers, default=0) + 1


def _labels(state: engine.State, act: engine.Act) -> Values:
    """What an entry of the audit says of the themes that an act speaks of, and how many passages it moved."""
    found: Values = {}
    for name in sorted(act.themes()):
        theme = state.themes.get(name)
        if theme is not None:
            found[name] = (
                f"{theme.label}"
                + (f" → {theme.merged_into}" if theme.merged_into else "")
                + (f" ({theme.parent_id})" if theme.parent_id else "")
            )
    for anchor in act.anchors()[:50]:
        placed = {q: rows[anchor.row] for q, rows in state.moved.items() if anchor.row in rows}
        if anchor.row in state.not_opinion:
            placed["opinion"] = "no"
        found[anchor.passage_id] = placed
    return found
