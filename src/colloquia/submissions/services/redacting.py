"""Decisions on findings, redactions by hand, and the redacted texts that follow from them."""

from __future__ import annotations

import hashlib
from typing import Any

from colloquia.engines.personal_data import redact
from colloquia.submissions.models import TextKind, TextVersion
from colloquia.submissions.queries.checking import made_from, merged
from colloquia.submissions.queries.checking_texts import Unit

TOOL = "colloquia redaction 1"


def make_redacted(unit: Unit, *, by: Any) -> TextVersion | None:
    """The redacted text of a unit, made anew where the decisions changed; None where nothing is redacted."""
    spans = unit.spans
    if unit.text is None or not spans:
        return None
    made_before = unit.redacted is not None and made_from(unit.redacted) == merged(spans)
    if unit.redacted is not None and made_before and unit.redacted.language == unit.language:
        return unit.redacted
    base = unit.text
    made = redact(base.text, spans, unit.language, base.pages)
    unit.redacted = TextVersion.objects.create(
        version_id=base.version_id,
        answer_id=base.answer_id,
        file_id=base.file_id,
        kind=TextKind.REDACTED,
        based_on=base,
        text=made.text,
        sha256=hashlib.sha256(made.text.encode("utf-8", "surrogatepass")).hexdigest(),
        pages=list(made.pages),
        redactions=[list(each) for each in made.places],
        language=unit.language,
        tool=TOOL,
        made_by=by,
    )
    return unit.redacted
