"""Officers' corrections: each an act that is added, audited, and can be undone; none overwrites another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from colloquia.consultations.models import Correction, Run
from colloquia.consultations.services import acts
from colloquia.consultations.services.acting import again_build, carry_out, carry_out_undo, correction
from colloquia.consultations.services.refusals import CorrectionConflict, CorrectionRefused

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
    with the reason where the act makes no sense as things stand. Nothing is written then. What is written
    is written whole: the act, its entry in the audit and the counts that follow stand or fall together.
    """
    return carry_out(run, acts.rename(theme, label), by=by, seen=seen, note=note)


def merge_themes(
    *, run: Run, themes: Sequence[str], into: str, by: Any, seen: int, label: str = "", note: str = ""
) -> Correction:
    """Make one theme of several of one question; ``into`` goes on, with ``label`` where one is given."""
    return carry_out(run, acts.merge(themes, into, label), by=by, seen=seen, note=note)


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
    return carry_out(run, acts.split(theme, parts), by=by, seen=seen, note=note)


def group_themes(
    *, run: Run, question: str, label: str, themes: Sequence[str], by: Any, seen: int, note: str = ""
) -> Correction:
    """Make a new group of themes of one question ("" for the docket)."""
    return carry_out(run, acts.group(question, label, themes), by=by, seen=seen, note=note)


def reparent_themes(
    *, run: Run, question: str, themes: Sequence[str], parent: str, by: Any, seen: int, note: str = ""
) -> Correction:
    """Put themes into another group, or into none where ``parent`` is ""."""
    return carry_out(run, acts.reparent(question, themes, parent), by=by, seen=seen, note=note)


def move_passages(
    *, run: Run, question: str, passages: Sequence[str], theme: str, by: Any, seen: int, note: str = ""
) -> Correction:
    """Put passages into another theme of a question, or into none where ``theme`` is ""."""
    return carry_out(run, acts.move(question, passages, theme), by=by, seen=seen, note=note)


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
    """Say that passages answer ``target`` and no longer ``source``; either may be "".

    Without a ``theme`` of ``target`` they are in the one where the machine, or an officer, had put them.
    """
    return carry_out(run, acts.answer(passages, source, target, theme), by=by, seen=seen, note=note)


def mark_not_opinion(
    *, run: Run, passages: Sequence[str], by: Any, seen: int, value: bool = True, note: str = ""
) -> Correction:
    """Say that passages are no opinion (a letterhead, a list of contents), or take that back."""
    return carry_out(run, acts.not_opinion(passages, value=value), by=by, seen=seen, note=note)


def undo(*, run: Run, number: int, by: Any, seen: int, note: str = "") -> Correction:
    """Take back a correction. It stays on the record, and so does who took it back.

    Raises CorrectionRefused where it is undone already or later corrections rest on it, which are named.
    """
    return carry_out_undo(run, number, by=by, seen=seen, note=note)


def restore(*, run: Run, number: int, by: Any, seen: int, note: str = "") -> Correction:
    """Do an undone correction again, as a new one. Refused where that was done already."""
    note = note or correction(run, number).note
    return carry_out(run, again_build(run, number), by=by, seen=seen, note=note)
