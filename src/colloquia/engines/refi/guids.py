"""GUIDs that are the same at every export, so that what left is known when it comes back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID, uuid5

from colloquia.engines.exchange import Unwritable

_COLLOQUIA = UUID("5f0c7a3e-0b58-5d0c-9d5b-6a1f3f1c7e42")
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")


def guid(kind: str, permanent_id: str) -> str:
    """The GUID of a thing of ours: UUID version 5 of its kind (``theme``) and its permanent id.

    The id must be unique among all that may meet in one program: where two sites or two
    consultations may both have a ``T4``, put their names before it.
    """
    return str(uuid5(_COLLOQUIA, f"{kind}\n{permanent_id}"))


def canonical(written: str) -> str | None:
    """A GUID in lower case without braces; ``None`` where ``written`` is none."""
    match = _GUID.fullmatch(written.strip())
    return match[1].lower() if match else None


def check_guids(named: Iterable[tuple[str, str]]) -> None:
    """Raise ``Unwritable`` for the first (name, GUID) whose GUID is not canonical."""
    for name, written in named:
        if canonical(written) != written:
            raise Unwritable(f"“{name}” has “{written}” for a GUID, which is none; make one with guid().")


def adopted(written: str) -> str:
    """``canonical``, and a GUID made from ``written`` where a program used another kind of id."""
    return canonical(written) or guid("foreign", written.strip())
