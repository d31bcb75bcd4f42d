"""Reading tables in pieces, so that a row which cannot be read is named and the others are still read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet

PIECE = 500
Row = tuple[Any, ...]


def rows(found: QuerySet[Any], *fields: str, size: int = PIECE) -> Iterator[tuple[Any, Row | None]]:
    """Primary key and values of each row, by key. None stands for a row whose values are not legible."""
    keys = list(found.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        chunk = keys[start : start + size]
        values = legible(found.filter(pk__in=chunk), *fields)
        yield from ((key, values.get(key)) for key in chunk)


def legible(found: QuerySet[Any], *fields: str) -> dict[Any, Row | None]:
    """Values by primary key. Where the whole cannot be read, each row is read by itself."""
    try:
        return {row[0]: row[1:] for row in found.order_by().values_list("pk", *fields)}
    except (DatabaseError, ValueError):
        values: dict[Any, Row | None] = {}
        for key in list(found.order_by().values_list("pk", flat=True)):
            try:
                values[key] = found.order_by().filter(pk=key).values_list(*fields).get()
            except (DatabaseError, ValueError):
                values[key] = None
        return values
