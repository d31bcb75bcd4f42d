"""What the ledger commits to of a call."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from colloquia.engines.ledger import canonical
from colloquia.submissions.models import Call

TEXTS = ("titles", "introductions", "privacy_notices", "publication_notices", "retention_notices")
"""The fields of a call that hold texts by language."""


def of_call(call: Call, questions: Iterable[str]) -> dict[str, Any]:
    """What is settled of a call: its questions, times, terms, and the hash of its texts."""
    texts = {name: dict(getattr(call, name)) for name in TEXTS}
    return {
        "call": call.consultation.slug,
        "opens": call.opens_at.astimezone(UTC).isoformat(),
        "closes": call.closes_at.astimezone(UTC).isoformat(),
        "time_zone": call.time_zone,
        "languages": list(call.languages),
        "questions": list(questions),
        "stakeholders": list(call.stakeholders),
        "accepts_late": call.accepts_late,
        "contact": call.contact,
        "retention_months": call.retention_months,
        "texts": hashlib.sha256(canonical(texts)).hexdigest(),
    }
