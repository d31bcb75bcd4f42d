"""Which tables and fields are sealed, for whom each is, and how a word is put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from colloquia.core.models import LedgerOpening, OutgoingMail
from colloquia.submissions import models as tables

PUBLIC_TABLES = {
    tables.Call, tables.CallQuestion, tables.Extension, tables.PublishedSubmission, tables.PublishedPart,
    tables.PublicAddress,
}  # fmt: skip
"""Whatever stands in them is public."""
OTHER_SEALED = {OutgoingMail, LedgerOpening}
"""Tables of the core that hold what belongs to a sender."""
KEPT = {
    "identifier": "the public id",
    "link_digest": "a hash, looked for as it is",
    "token_digest": "a hash, looked for as it is",
    "sha256": "a hash, looked for as it is",
    "content_sha256": "a hash",
    "digest": "a hash",
    "value": "a hash of a text",
    "language": "a code that says in which language a text is",
    "interface_language": "a code",
    "kind": "the name of a rule or of a kind, which the program gives",
    "category": "the name of a kind of finding, which the program gives",
    "rule": "the name of a rule, which the program gives",
    "tool": "the name of the program",
    "stage": "the name of a stage of the analysis",
    "translations": "keys of rows",
    "counts": "numbers",
    "pages": "offsets",
    "redactions": "offsets",
    "beside": "numbers by kind",
    "question_id": "the public id of a question",
    "template": "the name of a template",
    "about": "the key of a row",
    "about_type": "the name of a table",
    "about_id": "the key of a row",
    "declared_type": "a media type",
}
"""Fields that hold no words of a sender or an officer, and why; by name."""
OFFICE = {
    "Submission": {"source", "source_key", "withdrawal_reason", "withheld_reason"},
    "SubmissionVersion": {"name", "organisation", "on_behalf_of", "stakeholder", "email"},
    "Party": {"name"},
    "Answer": {"secrecy_reason", "public_text"},
    "SubmissionFile": {"title", "secrecy_reason", "rights_statement"},
    "Hint": {"detail"}, "FileScan": {"signature"}, "CheckNote": {"text"},
    "SealRequest": {"reason", "decision_note"}, "TextVersion": {"text", "problem"},
    "IntakeImport": {"name", "mapping", "options", "report"}, "ImportSource": {"folder"},
    "ImportItem": {"key", "where", "summary", "problems"},
    "RetentionHold": {"reason", "end_reason"}, "CallAnalysis": {"message"},
    "OutgoingMail": {"recipient", "subject", "error"},
    "Attachment": {"name", "original_name"},
}  # fmt: skip
"""Fields that officers and reviewers may read; all others are for nobody but the sender."""
SHAPES: dict[str, Callable[[str], Any]] = {
    "AnswerDraft.content": lambda word: {"name": word, "answers": [{"question": "XX-01.q1", "text": word}]},
    "Hint.detail": lambda word: {"words": [word]},
    "IntakeImport.mapping": lambda word: {"file": {word: "text"}},
    "IntakeImport.options": lambda word: {"note": word},
    "IntakeImport.report": lambda word: {"note": word},
    "ImportItem.summary": lambda word: {
        "received_at": "2026-05-01T09:00:00+00:00",
        "content": {"organisation": word, "answers": [{"question": "XX-01.q1", "text": word}]},
        "files": [],
        "email": word,
    },
    "ImportItem.problems": lambda word: [{"where": word, "message": word}],
    "LedgerOpening.content": lambda word: {"submission": word},
}
"""How a word is put into a field of JSON."""


def sealed_tables() -> list[type[models.Model]]:
    """Every table of the room that is not public, and those of the core that hold what is a sender's."""
    own = [each for each in apps.get_app_config("submissions").get_models() if each not in PUBLIC_TABLES]
    return [*own, *sorted(OTHER_SEALED, key=lambda each: each.__name__)]


def words_of(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """The fields that hold words."""
    for each in model._meta.concrete_fields:
        if isinstance(each, models.CharField | models.TextField | models.JSONField) and not each.choices:
            yield each


def unplanted() -> list[str]:
    """Sealed tables without a row, and fields of JSON that nobody says how to plant a word in."""
    missing = []
    for model in sealed_tables():
        name = model.__name__
        if not model._default_manager.exists():
            missing.append(f"{name}: tests/leaks/world.py makes no row of it")
        for each in words_of(model):
            shape = f"{name}.{each.name}"
            if isinstance(each, models.JSONField) and each.name not in KEPT and shape not in SHAPES:
                missing.append(f"{shape}: say in SHAPES how to put a word into it")
    return missing
