"""Which of their codes is which of ours: by GUID, else by the names from the top, else by the name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from colloquia.engines.refi.records import Code

Key = Callable[[Code], str]


@dataclass(frozen=True, slots=True)
class Matches:
    """GUIDs of ours by theirs; ``by_name`` those of theirs that were known by name alone."""

    ours_of: Mapping[str, str]
    by_name: tuple[str, ...]
    ambiguous: tuple[Code, ...]


def match(ours: Sequence[Code], theirs: Sequence[Code]) -> Matches:
    """Match codes; one whose name several others bear is not matched but told in ``ambiguous``."""
    known = {code.guid for code in ours}
    ours_of = {code.guid: code.guid for code in theirs if code.guid in known}
    left_ours = [code for code in ours if code.guid not in ours_of]
    left_theirs = [code for code in theirs if code.guid not in ours_of]
    by_name: list[str] = []
    ambiguous: dict[str, Code] = {}
    for key_ours, key_theirs in ((_paths(ours), _paths(theirs)), (_name, _name)):
        groups_ours, groups_theirs = _grouped(left_ours, key_ours), _grouped(left_theirs, key_theirs)
        for name, found in groups_theirs.items():
            candidates = groups_ours.get(name, [])
            if len(found) == 1 and len(candidates) == 1:
                ours_of[found[0].guid] = candidates[0].guid
                by_name.append(found[0].guid)
            elif candidates:
                ambiguous.update((code.guid, code) for code in found)
        taken = set(ours_of.values())
        left_ours = [code for code in left_ours if code.guid not in taken]
        left_theirs = [code for code in left_theirs if code.guid not in ours_of]
    unsure = tuple(code for guid, code in ambiguous.items() if guid not in ours_of)
    return Matches(ours_of, tuple(by_name), unsure)


def folded(name: str) -> str:
    """A name without regard to case and to how its words are spaced."""
    return " ".join(name.split()).casefold()


def _name(code: Code) -> str:
    return folded(code.name)


def _paths(codes: Sequence[Code]) -> Key:
    """Names from the top, computed for a parent before its children as a codebook has them."""
    paths: dict[str | None, str] = {}
    for code in codes:
        paths[code.guid] = f"{paths.get(code.parent, '')}\n{_name(code)}"
    return lambda code: paths[code.guid]


def _grouped(codes: Sequence[Code], key: Key) -> dict[str, list[Code]]:
    groups: dict[str, list[Code]] = {}
    for code in codes:
        if _name(code):
            groups.setdefault(key(code), []).append(code)
    return groups
