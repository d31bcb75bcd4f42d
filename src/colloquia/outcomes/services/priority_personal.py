"""What this part keeps of a person with an account: answers and comments for a state or an organisation."""

from __future__ import annotations

from typing import Any

from colloquia.core.registry import PersonalData
from colloquia.outcomes.models import ConsiderationComment, PriorityAnswer


def records(person: Any) -> dict[str, Any]:
    """Answers entered for states, and comments. They belong to the state or the body, and stay."""
    answers = PriorityAnswer.objects.filter(by=person)
    comments = ConsiderationComment.objects.filter(by=person)
    return {
        "priorities": list(answers.values("round", "territory", "issue_id", "level", "remark", "at")),
        "comments": list(
            comments.values("consideration", "territory", "on_behalf_of", "text", "at", "shown_at")
        ),
    }


SOURCE = PersonalData(name="outcomes", records=records, order=40)
