"""From what a file changed to what an officer may take over: acts on our themes, or a reason why not."""

from __future__ import annotations

from colloquia.engines.refi.coding_differences import CodingChanges
from colloquia.engines.refi.differences import CodebookChanges
from colloquia.engines.refi.proposal_records import (
    NEW,
    OUT,
    STAY,
    Known,
    Left,
    OurTheme,
    Proposal,
    Standpoint,
    one_line,
)
from colloquia.engines.refi.proposing_codings import FromCodings


def propose(
    base: Standpoint, now: Standpoint, known: Known, changes: CodebookChanges, codings: CodingChanges | None
) -> tuple[list[Proposal], list[Left]]:
    """What may be taken over, in the order in which it can be done, and what cannot.

    ``base`` is what stood when the file left, ``now`` what stands. What stands already is not proposed.
    """
    return _Proposing(base, now, known, changes, codings).all()


class _Proposing(FromCodings):
    """What the tree of codes proposes besides."""

    def all(self) -> tuple[list[Proposal], list[Left]]:
        moves = self._moves()
        new = self._new()
        groups = self._groups()
        found = [*new, *moves, *self._removed(), *groups, *self._regrouped(), *self._renamed()]
        return found, list(dict.fromkeys(self._left))

    def _removed(self) -> list[Proposal]:
        merged = self._merged()
        found = []
        for code in self._changes.removed:
            theme = self._known.themes.get(code.guid)
            standing = self._now.themes.get(theme or "")
            if theme is None or standing is None:
                continue
            if standing.is_group:
                self._left.append(Left("group gone", code.name))
                continue
            changed = self._places_changed(theme)
            if theme in merged and merged[theme] in self._now.themes:
                found.append(
                    Proposal("merge", standing.question, theme, parent=merged[theme], changed=changed)
                )
                continue
            into = [
                name
                for name, other in self._now.themes.items()
                if other.question == standing.question and not other.is_group and name != theme
                and name not in self._gone
            ]  # fmt: skip
            found.append(
                Proposal("gone", standing.question, theme, changed=changed, choices=(STAY, OUT, *into))
            )
        return found

    def _places_changed(self, theme: str) -> bool:
        question = self._now.themes[theme].question
        before = {name for name, held in self._base.places.get(question, {}).items() if held == theme}
        after = {name for name, held in self._now.places.get(question, {}).items() if held == theme}
        return before != after

    def _groups(self) -> list[Proposal]:
        found = []
        for guid, code in self._added.items():
            if guid in self._known.made or self._on[guid]:
                continue
            question = self._question[guid]
            below = [
                NEW + child.guid
                for child in self._added.values()
                if child.parent == guid and self._on[child.guid] and self._question[child.guid] == question
            ]
            for move in self._changes.moved:
                theme = self._known.themes.get(move.code.guid, "")
                standing = self._now.themes.get(theme)
                if move.after != guid or standing is None or standing.is_group:
                    continue
                if standing.question == question:
                    below.append(theme)
            if question is None or not below:
                self._left.append(Left("empty", code.name))
            else:
                found.append(
                    Proposal("group", question, label=one_line(code.name), themes=tuple(below), code=guid)
                )
        return found

    def _regrouped(self) -> list[Proposal]:
        found = []
        for move in self._changes.moved:
            theme = self._known.themes.get(move.code.guid, "")
            before, standing = self._base.themes.get(theme), self._now.themes.get(theme)
            if before is None or standing is None:
                continue
            parent = self._new_parent(before, move.after, move.code.name)
            if parent is None or parent == standing.parent:
                continue
            found.append(
                Proposal(
                    "regroup", standing.question, theme, parent=parent, before=before.parent,
                    changed=standing.parent != before.parent,
                )
            )  # fmt: skip
        return found

    def _new_parent(self, theme: OurTheme, after: str | None, name: str) -> str | None:
        """The group that a theme of ours was put into, "" for none; None where it cannot be or need not."""
        if after is None:
            return None if theme.is_group else ""
        if after in self._known.questions:
            if self._known.questions[after] != theme.question:
                self._left.append(Left("other question", name))
                return None
            return None if theme.is_group else ""
        if theme.is_group:
            self._left.append(Left("group in group", name))
            return None
        if after in self._added and after not in self._known.made:
            if self._on[after]:
                self._left.append(Left("nested", name))
            elif self._question[after] != theme.question:
                self._left.append(Left("other question", name))
            # Into a group that is still to be made it goes with the making.
            return None
        group = self._known.themes.get(after) or self._known.made.get(after, "")
        standing = self._now.themes.get(group)
        if standing is None or not standing.is_group:
            self._left.append(Left("nested", name))
            return None
        if standing.question != theme.question:
            self._left.append(Left("other question", name))
            return None
        return group

    def _renamed(self) -> list[Proposal]:
        found = []
        for change in self._changes.renamed:
            if change.code.guid in self._known.questions:
                self._left.append(Left("question", change.code.name))
                continue
            theme = self._known.themes.get(change.code.guid, "")
            before, standing = self._base.themes.get(theme), self._now.themes.get(theme)
            label = one_line(change.after or "")
            if before is None or standing is None or standing.label == label:
                continue
            found.append(
                Proposal(
                    "rename", standing.question, theme, label, before=before.label,
                    changed=standing.label != before.label,
                )
            )  # fmt: skip
        return found
