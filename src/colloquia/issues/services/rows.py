"""Writing a row of the starter set: made, brought in line, or left alone where an officer was at work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from colloquia.core import audit
from colloquia.issues.models import Origin

Row = TypeVar("Row", bound=models.Model)


@dataclass(slots=True)
class Changes:
    """What a load did: rows added and changed, by kind."""

    by: Any = None
    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether anything was written."""
        return bool(self.added or self.changed)

    def put(self, model: type[Row], identity: dict[str, Any], values: dict[str, Any]) -> Row:
        """The row with this identity, with these values unless it belongs to an officer."""
        row = model._default_manager.filter(**identity).first()
        name = str(model._meta.model_name)
        if row is None:
            if _has_origin(model):
                values = values | {"origin": Origin.STARTER}
            row = model._default_manager.create(**(values | identity))
            self.added[name] = self.added.get(name, 0) + 1
            return row
        if _has_origin(model) and getattr(row, "origin", "") != Origin.STARTER:
            return row
        values = _without_hash_of_unchanged_translation(row, values)
        differing = [key for key, value in values.items() if getattr(row, key) != value]
        if differing:
            before = audit.snapshot(row)
            for key in differing:
                setattr(row, key, values[key])
            row.save(update_fields=differing)
            audit.record(row, "issues.load_starter", by=self.by, before=before)
            self.changed[name] = self.changed.get(name, 0) + 1
        return row


def _without_hash_of_unchanged_translation(row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """A translation stays tied to the text it was made from, so that it shows when only that one changed."""
    main = next((key for key in ("text", "meaning", "title") if key in values), "")
    if values.get("is_translation") and main and getattr(row, main) == values[main]:
        return {key: value for key, value in values.items() if key != "source_hash"}
    return values


def _has_origin(model: type[models.Model]) -> bool:
    return any(part.name == "origin" for part in model._meta.get_fields())
