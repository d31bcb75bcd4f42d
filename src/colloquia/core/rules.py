"""Who may read what the core keeps. Rooms add readers of the files that belong to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rules

from colloquia.core.models import Attachment

Reader = Callable[[Any, Attachment], bool]
_readers: dict[str, Reader] = {}


def register_reader(name: str, reader: Reader) -> None:
    """Let a room say who else may read a file: ``reader(person, attachment)``. Names are unique."""
    if _readers.setdefault(name, reader) is not reader:
        raise ValueError(f"“{name}” is registered already as a reader of files.")


@rules.predicate
def is_officer(user: Any) -> bool:
    """An officer of the secretariat, signed in and active."""
    return bool(user.is_authenticated and user.is_active and user.is_officer)


@rules.predicate
def is_sender(user: Any, attachment: Attachment) -> bool:
    """The person who sent the file."""
    return bool(user.is_authenticated and user.is_active and attachment.received_from_id == user.pk)


@rules.predicate
def is_let_in_by_a_room(user: Any, attachment: Attachment) -> bool:
    """Somebody whom the room that the file belongs to lets read it."""
    return any(reader(user, attachment) for reader in _readers.values())


can_read_attachment = is_officer | is_sender | is_let_in_by_a_room

rules.add_perm("core.manage_reference_data", is_officer)
rules.add_perm("core.view_audit", is_officer)
rules.add_perm("core.read_attachment", can_read_attachment)
