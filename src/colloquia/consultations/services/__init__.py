"""Every write of the room."""

from colloquia.consultations.services.checking import RunNotWhole
from colloquia.consultations.services.correcting import (
    CorrectionConflict,
    CorrectionRefused,
    group_themes,
    mark_not_opinion,
    merge_themes,
    move_between_questions,
    move_passages,
    rename_theme,
    reparent_themes,
    restore,
    split_theme,
    undo,
)
from colloquia.consultations.services.counting import count_themes
from colloquia.consultations.services.originals import keep_originals
from colloquia.consultations.services.publishing import (
    SigningRefused,
    create_consultation,
    review_run,
    show_run,
    sign_run,
    stop_showing,
)
from colloquia.consultations.services.storing import store_run

__all__ = [
    "CorrectionConflict",
    "CorrectionRefused",
    "RunNotWhole",
    "SigningRefused",
    "count_themes",
    "create_consultation",
    "group_themes",
    "keep_originals",
    "mark_not_opinion",
    "merge_themes",
    "move_between_questions",
    "move_passages",
    "rename_theme",
    "reparent_themes",
    "restore",
    "review_run",
    "show_run",
    "sign_run",
    "split_theme",
    "stop_showing",
    "store_run",
    "undo",
]
