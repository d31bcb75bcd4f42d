"""Reads a result in one line of a test."""

from __future__ import annotations

from pathlib import Path

from colloquia.engines.intake import Understanding, collect, understand
from colloquia.engines.records import Incoming


def roles(understanding: Understanding, place: int = 0) -> dict[str, str]:
    """Heading to role of one table."""
    return {column.heading: column.role for column in understanding.tables[place].columns}


def collected(path: Path, **options) -> list[Incoming]:
    """Understand one input without errors and collect it."""
    understanding = understand([path], **options)
    assert understanding.errors == []
    return list(collect(understanding))


def texts(incoming: list[Incoming]) -> list[list[str]]:
    return [[answer.text for answer in item.answers] for item in incoming]


def messages(problems) -> list[str]:
    return [f"{problem.where}: {problem.message}" for problem in problems]
