"""The history of a summary or a revision for officers, out of the audit."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from colloquia.core.components import Act
from colloquia.core.models import AuditEntry
from colloquia.core.tables import Words

MOST = 200

VERBS: dict[str, Words] = {
    "outcomes.begin_summary": _("began the summary"),
    "outcomes.add_sentence": _("wrote a sentence"),
    "outcomes.edit_sentence": _("wrote a sentence anew"),
    "outcomes.delete_sentence": _("deleted a sentence"),
    "outcomes.move_sentence": _("moved a sentence"),
    "outcomes.cite": _("cited a passage"),
    "outcomes.remove_citation": _("took a citation away"),
    "outcomes.take_draft": _("took over a machine’s draft"),
    "outcomes.review_summary": _("reviewed the summary"),
    "outcomes.sign_summary": _("signed the summary"),
    "outcomes.begin_revision": _("began the revision"),
    "outcomes.save_change": _("changed a question"),
    "outcomes.drop_change": _("left a question as it was"),
    "outcomes.review_revision": _("reviewed the revision"),
    "outcomes.publish_revision": _("published the revision"),
}


def summary_history(target: models.Model) -> list[Act]:
    """The last acts, latest first, with what was written before and after. One query."""
    rows = AuditEntry.objects.filter(object_type=target._meta.label_lower, object_id=str(target.pk))
    return [
        Act(who=row.actor_label, what=VERBS.get(row.verb, row.verb), at=row.at, note=_note(row.changes))
        for row in rows.order_by("-pk")[:MOST]
    ]


def _note(changes: dict[str, Any]) -> str:
    told = []
    for name in ("text", "texts", "citation", "question", "kind", "outcomes"):
        before, after = changes.get(name, (None, None))
        if isinstance(before, str | type(None)) and isinstance(after, str | type(None)):
            parts = [f"«{value}»" for value in (before, after) if value]
            told += [" → ".join(parts)] if parts else []
    return " · ".join(told)
