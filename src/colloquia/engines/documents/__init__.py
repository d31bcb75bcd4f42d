"""Files to text with pages, in child processes with limits.

``Reader`` reads many files in long-lived children and reports a broken or hostile one
without harm to the rest; ``read`` reads one file in the calling process and is what the
children run. Format readers and their libraries are imported at first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from colloquia.engines.documents.limits import Limits
    from colloquia.engines.documents.pool import Reader
    from colloquia.engines.documents.reading import read
    from colloquia.engines.documents.sniffing import sniff

__all__ = ["Limits", "Reader", "read", "sniff"]

_HOMES = {"Limits": "limits", "Reader": "pool", "read": "reading", "sniff": "sniffing"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
