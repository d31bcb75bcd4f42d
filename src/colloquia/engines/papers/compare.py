"""Two versions of a paper side by side: what was added, removed, moved, renumbered, split or merged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from colloquia.engines.papers.difference import Piece, difference

State = Literal["same", "changed", "neither_held", "one_held", "other_language", "other_grade", "own_words"]


@dataclass(frozen=True, slots=True)
class Text:
    """A wording of one version. ``described_elsewhere``: its source describes another version."""

    language: str
    grade: str
    text: str
    described_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """An issue or a question where a version has it. ``parent`` is the section or the issue it is under."""

    id: str
    parent: str = ""
    number: str = ""
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A recorded line of descent between the two versions."""

    kind: str
    from_ids: tuple[str, ...]
    to_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordingChange:
    """What can be said of the wordings. ``pieces`` only where ``state`` is ``changed``.

    ``own_words``: both are our own description, in the same words or with a source that describes the
    other version, so nothing follows for the official text.
    """

    state: State
    grade: str = ""
    language: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one issue or question; ``kinds`` is ``("kept",)`` where nothing else did."""

    id: str
    kinds: tuple[str, ...]
    before: Standing | None
    after: Standing | None
    wording: WordingChange | None = None
    related: tuple[str, ...] = ()


def compare(
    before: Sequence[Standing], after: Sequence[Standing], lines: Iterable[Line] = ()
) -> list[Change]:
    """Every issue (or question) of either version, in the order of the later, removed ones last.

    Numbers may differ, and positions; ids do not. ``moved`` means under another parent, or out of the
    order that the others keep.
    """
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    descent = _descent(lines)
    out_of_order = _out_of_order(before, after)
    changes = []
    for each in after:
        former = old.get(each.id)
        kinds, related = descent.get(each.id, ((), ()))
        kinds = tuple(kind for kind in kinds if kind in {"split", "merged", "widened"})
        if former is None:
            kinds += () if {"split", "merged"} & set(kinds) else ("added",)
            changes.append(Change(each.id, kinds, None, each, None, related))
            continue
        if former.parent != each.parent or each.id in out_of_order:
            kinds += ("moved",)
        if former.number != each.number and former.number and each.number:
            kinds += ("renumbered",)
        wording = wording_change(former.texts, each.texts)
        if wording.state == "changed":
            kinds += ("reworded",)
        changes.append(Change(each.id, kinds or ("kept",), former, each, wording, related))
    for each in before:
        if each.id not in new:
            kinds, related = descent.get(each.id, ((), ()))
            gone = tuple(kind for kind in kinds if kind in {"split", "merged"}) or ("removed",)
            changes.append(Change(each.id, gone, each, None, None, related))
    return changes


def wording_change(before: Sequence[Text], after: Sequence[Text]) -> WordingChange:
    """Compare wordings where that is honest: same language, and the same grade.

    Official texts are preferred; our own words are compared with our own words of the same grade alone.
    """
    if not before or not after:
        return WordingChange("one_held" if before or after else "neither_held")
    pairs = [(old, new) for old in before for new in after if old.language == new.language]
    if not pairs:
        return WordingChange("other_language")
    pairs = [(old, new) for old, new in pairs if old.grade == new.grade]
    if not pairs:
        return WordingChange("other_grade")
    official = [pair for pair in pairs if pair[0].grade == "authentic"]
    if official:
        old, new = official[0]
        if _plain(old.text) == _plain(new.text):
            return WordingChange("same", old.grade, old.language)
    else:
        old, new = pairs[0]
        elsewhere = old.described_elsewhere or new.described_elsewhere
        if elsewhere or _plain(old.text) == _plain(new.text):
            return WordingChange("own_words", old.grade, old.language)
    return WordingChange("changed", old.grade, old.language, tuple(difference(old.text, new.text)))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _descent(lines: Iterable[Line]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each id its recorded kinds, and the ids at the other end of a split or merger."""
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for line in lines:
        for ids, others in ((line.from_ids, line.to_ids), (line.to_ids, line.from_ids)):
            for each in ids:
                kinds, related = found.get(each, ((), ()))
                kinds = kinds if line.kind in kinds else (*kinds, line.kind)
                new = tuple(one for one in others if one not in related and one != each)
                found[each] = (kinds, related + new)
    return found


def _out_of_order(before: Sequence[Standing], after: Sequence[Standing]) -> set[str]:
    """The fewest ids, of those under the same parent in both, that must move for the orders to agree."""
    parents = {each.id: each.parent for each in after}
    place = {each.id: position for position, each in enumerate(after)}
    groups: dict[str, list[str]] = {}
    for each in before:
        if each.id in place and parents[each.id] == each.parent:
            groups.setdefault(each.parent, []).append(each.id)
    moved: set[str] = set()
    for ids in groups.values():
        moved |= set(ids) - _longest_rising(ids, place)
    return moved


def _longest_rising(ids: list[str], place: dict[str, int]) -> set[str]:
    """A longest run of ids, not necessarily adjacent, whose places rise."""
    ends: list[int] = []
    tails: list[str] = []
    former: dict[str, str] = {}
    for each in ids:
        at = bisect_left(ends, place[each])
        if at:
            former[each] = tails[at - 1]
        ends[at : at + 1] = [place[each]]
        tails[at : at + 1] = [each]
    kept: set[str] = set()
    current = tails[-1] if tails else ""
    while current:
        kept.add(current)
        current = former.get(current, "")
    return kept
