"""The answer form: a Word document with a box for each question, written, and read back by question.

``write`` makes one, ``read`` reads one that is in memory, in a process with limits. Libraries are imported
at first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from colloquia.engines.answer_forms.child import read
    from colloquia.engines.answer_forms.records import FilledForm, Form
    from colloquia.engines.answer_forms.writing import write

__all__ = ["FilledForm", "Form", "read", "write"]

_HOMES = {"FilledForm": "records", "Form": "records", "read": "child", "write": "writing"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
