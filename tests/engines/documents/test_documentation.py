"""Every limit and every fixed message stands in the reference."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from colloquia.engines.documents import Limits, problems

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "documents.md"


def test_every_limit_is_documented() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    assert [field.name for field in fields(Limits) if f"`{field.name}`" not in text] == []


def test_every_fixed_message_is_documented() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    messages = {
        name: value for name, value in vars(problems).items() if name.isupper() and isinstance(value, str)
    }
    assert [name for name, value in messages.items() if f"- {value}\n" not in text] == []
