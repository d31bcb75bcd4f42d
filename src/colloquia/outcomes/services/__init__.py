"""Every write of the room."""

from __future__ import annotations

from colloquia.outcomes.services.citing import cite, remove_citation, take_drafts
from colloquia.outcomes.services.deciding import (
    Decision,
    Subject,
    confirm_carried,
    decide,
    decide_many,
)
from colloquia.outcomes.services.publishing import propose_publication, publish_outcomes, withdraw_proposal
from colloquia.outcomes.services.refusals import OutcomeConflict, OutcomeDoubted, OutcomeRefused
from colloquia.outcomes.services.revising import Wish, begin_revision, drop_change, save_change
from colloquia.outcomes.services.revision_publishing import publish_revision, review_revision
from colloquia.outcomes.services.signing import review_summary, sign_summary
from colloquia.outcomes.services.suggestions import mark_suggestion, remove_suggestion
from colloquia.outcomes.services.summaries import (
    add_sentence,
    begin_summary,
    delete_sentence,
    edit_sentence,
    move_sentence,
)
from colloquia.outcomes.services.terms import save_term

__all__ = [
    "Decision",
    "OutcomeConflict",
    "OutcomeDoubted",
    "OutcomeRefused",
    "Subject",
    "Wish",
    "add_sentence",
    "begin_revision",
    "begin_summary",
    "cite",
    "confirm_carried",
    "decide",
    "decide_many",
    "delete_sentence",
    "drop_change",
    "edit_sentence",
    "mark_suggestion",
    "move_sentence",
    "propose_publication",
    "publish_outcomes",
    "publish_revision",
    "remove_citation",
    "remove_suggestion",
    "review_revision",
    "review_summary",
    "save_change",
    "save_term",
    "sign_summary",
    "take_drafts",
    "withdraw_proposal",
]
