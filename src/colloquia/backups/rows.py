"""Rows of any table to lines of JSON and back, for every database. Import after ``django.setup()``."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import IO, Any
from uuid import UUID

from django.db import models
from django.utils.duration import duration_iso_string

BATCH = 2000


def tables(apps: Any) -> list[type[models.Model]]:
    """Every table that the program makes, those of many-to-many relations too, in a fixed order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: str(model._meta.label_lower))


def columns(model: type[models.Model]) -> list[str]:
    """The stored fields of a table by their attributes."""
    return [field.attname for field in model._meta.concrete_fields]


def read_rows(model: type[models.Model], using: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as values, by their key; streamed."""
    rows = model._base_manager.using(using).order_by("pk").values_list(*columns(model))
    yield from rows.iterator(chunk_size=BATCH)


def write_lines(model: type[models.Model], using: str, file: IO[bytes]) -> int:
    """The rows of a table as lines, the first of which names the columns; gives the number of rows."""
    file.write(json.dumps(columns(model)).encode() + b"\n")
    count = 0
    for row in read_rows(model, using):
        file.write(json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def read_lines(model: type[models.Model], file: IO[bytes]) -> Iterator[tuple[Any, ...]]:
    """The rows back from lines, in the order of ``columns(model)``. Raises ValueError for other columns."""
    named = json.loads(file.readline())
    if sorted(named) != sorted(columns(model)):
        raise ValueError(f"{model._meta.label_lower} has other columns than this backup: {named}.")
    # The order of columns may differ between a model and its state in the migrations.
    fields = [(named.index(field.attname), field) for field in model._meta.concrete_fields]
    for line in file:
        values = json.loads(line)
        if len(values) != len(named):
            raise ValueError(f"{model._meta.label_lower} has a row of {len(values)} values.")
        yield tuple(_value(field, values[place]) for place, field in fields)


def insert(model: type[models.Model], rows: Iterable[tuple[Any, ...]], using: str) -> int:
    """Write rows in batches; gives their number."""
    names, waiting, count = columns(model), iter(rows), 0
    while batch := list(islice(waiting, BATCH)):
        model._base_manager.using(using).bulk_create(
            [model(**dict(zip(names, row, strict=True))) for row in batch]
        )
        count += len(batch)
    return count


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def _value(field: Any, value: Any) -> Any:
    target = field
    while target.remote_field is not None:
        target = target.target_field
    if value is None or isinstance(target, models.JSONField):
        return value
    if isinstance(target, models.BinaryField):
        return base64.b64decode(value)
    return target.to_python(value)
