"""What the ledger commits to of a signed run, and how it is computed again from what is stored."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from colloquia.consultations.models import Run

_THEME = (
    "theme_id", "question_id", "parent_id", "label", "is_live", "merged_into", "submissions", "messages",
    "organisations", "states", "passages",
)  # fmt: skip
_CORRECTION = ("number", "kind", "values", "question_id", "undone_sequence")


def of_run(run: Run) -> dict[str, Any]:
    """The content of ``run.signed``: the manifest's hash, the corrections, and the themes as they count.

    The manifest in turn holds the SHA-256 of every file of the run.
    """
    return {
        "consultation": run.consultation.slug,
        "run": run.number,
        "fingerprint": run.fingerprint,
        "sequence": run.sequence,
        "corrections": _digest(run.corrections.order_by("number").values_list(*_CORRECTION)),
        "themes": _digest(run.themes.order_by("theme_id").values_list(*_THEME)),
        "coverage": _digest([run.signed_coverage]),
    }


def _digest(rows: Any) -> str:
    """SHA-256 of rows as JSON. Not the canonical form of the ledger, which knows no fractions."""
    text = json.dumps(list(rows), ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
