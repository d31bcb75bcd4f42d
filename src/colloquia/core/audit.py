"""Writing the audit: what changed, in words that an officer reads, and how values are hidden again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from colloquia.core.models import AuditEntry

_LONGEST_VALUE = 2000
REDACTED = {"redacted": True}


def snapshot(instance: models.Model, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """Readable values of an object's fields, to be compared after a change."""
    left_out = {*without, "password"}
    return {
        field.name: readable(getattr(instance, field.attname))
        for field in instance._meta.concrete_fields
        if field.name not in left_out
    }


def readable(value: Any) -> Any:
    """A value as it is kept in an entry: JSON, short, and legible without the program."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Mapping):
        return {str(key): readable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [readable(item) for item in items]
    text = str(value).replace("\x00", "�")
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}… ({len(text)} characters)"


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The fields that differ, each with its value before and after."""
    names = [*before, *(name for name in after if name not in before)]
    return {
        name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)
    }


def record(
    target: models.Model,
    verb: str,
    *,
    by: Any = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    note: str = "",
) -> AuditEntry:
    """Add an entry in the caller's transaction, so that act and entry stand or fall together.

    Args:
        target: the object acted on; ``snapshot(target)`` is taken where ``after`` is not given.
        verb: the act, with its room: ``clearinghouse.publish``.
        by: the person, or None where the program acted.
        before: the snapshot from before the act; without it only the act is recorded.
        after: the values after it; ``{}`` where the object is gone.
        note: a reason in words.
    """
    changes: dict[str, list[Any]] = {}
    if before is not None:
        changes = difference(before, snapshot(target) if after is None else after)
    return AuditEntry.objects.create(
        actor=by,
        actor_label=str(by)[:200] if by else "colloquia",
        verb=verb,
        object_type=target._meta.label_lower,
        object_id=str(target.pk)[:100],
        object_label=str(target)[:300],
        changes=changes,
        note=note,
    )


@transaction.atomic
def redact(*, entry: AuditEntry, fields: Iterable[str], by: Any, reason: str) -> AuditEntry:
    """Hide the values of some fields of an entry for good, and record that this was done.

    ``object_label``, ``actor_label`` and ``note`` can be named too. The new entry says which
    fields were hidden and why, never what they held.

    Raises:
        ValueError: where no reason is given or the entry has no such field.
    """
    names = sorted(set(fields))
    locked = AuditEntry.for_redaction.select_for_update().get(pk=entry.pk)
    labels = ("object_label", "actor_label", "note")
    unknown = [name for name in names if name not in labels and name not in locked.changes]
    if not reason.strip() or not names or unknown:
        raise ValueError(
            f"Give a reason and fields of the entry to redact; it has no {', '.join(unknown) or '…'}."
        )
    hidden: dict[str, Any] = {name: "[redacted]" for name in names if name in labels}
    hidden["changes"] = {
        name: [REDACTED, REDACTED] if name in names else values for name, values in locked.changes.items()
    }
    AuditEntry.for_redaction.filter(pk=entry.pk).update(**hidden)
    entry.refresh_from_db()
    return AuditEntry.objects.create(
        actor=by,
        actor_label=str(by)[:200] if by else "colloquia",
        verb="audit.redact",
        object_type=AuditEntry._meta.label_lower,
        object_id=str(entry.pk),
        object_label=entry.verb,
        changes={"redacted": [None, names]},
        note=reason,
    )
