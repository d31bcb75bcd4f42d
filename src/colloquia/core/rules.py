"""Who may read what the core keeps. Rooms add readers of the files that belong to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rules

from colloquia.core.models import Attachment

Reader = Callable[[Any, Attachment], bool]
Guard = Callable[[Any, Attachment], bool | None]
_readers: dict[str, Reader] = {}
_guards: dict[str, Guard] = {}


def register_reader(name: str, reader: Reader) -> None:
    """Let a room say who else may read a file: ``reader(person, attachment)``. Names are unique."""
    if _readers.setdefault(name, reader) is not reader:
        raise ValueError(f"“{name}” is registered already as a reader of files.")


def register_guard(name: str, guard: Guard) -> None:
    """Let a room shut its files for everybody else, officers and senders too.

    ``guard(person, attachment)`` gives True or False for files of the room, None for all others. Where two
    rooms keep the same receipt, both must say True.
    """
    if _guards.setdefault(name, guard) is not guard:
        raise ValueError(f"“{name}” is registered already as a guard of files.")


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


@rules.predicate
def is_let_through(user: Any, attachment: Attachment) -> bool:
    """No room that guards the file shuts it for this person."""
    return all(guard(user, attachment) is not False for guard in _guards.values())


can_read_attachment = is_let_through & (is_officer | is_sender | is_let_in_by_a_room)

rules.add_perm("core.manage_reference_data", is_officer)
rules.add_perm("core.view_audit", is_officer)
rules.add_perm("core.read_attachment", can_read_attachment)
