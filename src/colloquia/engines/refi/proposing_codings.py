"""Which passages may be moved, and which new themes be made of them, after they were coded elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from colloquia.engines.refi.coding_differences import CodingChanges
from colloquia.engines.refi.differences import CodebookChanges
from colloquia.engines.refi.proposal_records import NEW, Known, Left, Proposal, Standpoint, one_line
from colloquia.engines.refi.records import Code


class FromCodings:
    """What the codings of a file propose. ``left`` gathers what cannot be taken over."""

    def __init__(
        self,
        base: Standpoint,
        now: Standpoint,
        known: Known,
        changes: CodebookChanges,
        codings: CodingChanges | None,
    ) -> None:
        self._base, self._now, self._known = base, now, known
        self._changes = changes
        self._added: dict[str, Code] = {code.guid: code for code in changes.added}
        self._gone = {known.themes[code.guid] for code in changes.removed if code.guid in known.themes}
        self._left: list[Left] = []
        self._on: dict[str, list[str]] = defaultdict(list)  # passages by the GUID of a new code
        self._more: dict[str, list[str]] = defaultdict(list)  # passages by the code added to them
        self._lost: set[tuple[str, str]] = set()  # (passage, theme)
        self._has_codings = codings is not None
        self._read(codings or CodingChanges())
        self._question = {guid: self._question_of(code) for guid, code in self._added.items()}

    def _read(self, codings: CodingChanges) -> None:
        for item in codings.added:
            passage = self._known.spots.get((item.source, item.start, item.end))
            if passage is None:
                continue
            if item.code in self._added and item.code not in self._known.made:
                self._on[item.code].append(passage)
            elif self._theme(item.code):
                self._more[item.code].append(passage)
            else:
                self._left.append(Left("no theme", passage))
        for item in codings.removed:
            passage = self._known.spots.get((item.source, item.start, item.end))
            if passage is not None and item.code in self._known.themes:
                self._lost.add((passage, self._known.themes[item.code]))

    def _theme(self, guid: str) -> str:
        """The theme, no group, that a code stands for here, "" for none."""
        theme = self._known.themes.get(guid) or self._known.made.get(guid, "")
        found = self._base.themes.get(theme) or self._now.themes.get(theme)
        return theme if found is not None and not found.is_group else ""

    def _question_of(self, code: Code) -> str | None:
        """The question to which a new code belongs: that of what stands above, else of its passages."""
        above: str | None = code.parent
        for _ in range(len(self._added) + 1):
            if above is None:
                break
            if above in self._known.questions:
                return self._known.questions[above]
            if above in self._known.themes:
                return self._base.themes[self._known.themes[above]].question
            above = self._added[above].parent if above in self._added else None
        below = [
            self._base.themes[self._known.themes[move.code.guid]].question
            for move in self._changes.moved
            if move.after == code.guid and move.code.guid in self._known.themes
        ]
        lost = [
            self._base.themes[theme].question
            for passage, theme in self._lost
            if passage in self._on[code.guid]
        ]
        counted = Counter(below or lost).most_common(1)
        if counted:
            return counted[0][0]
        questions = set(self._known.questions.values())
        return questions.pop() if len(questions) == 1 else None

    def _new(self) -> list[Proposal]:
        found = []
        for guid, code in self._added.items():
            if guid in self._known.made or not self._on[guid]:
                continue
            question = self._question[guid]
            if question is None:
                self._left.append(Left("no question", code.name))
                continue
            parent = self._group_above(code, question)
            alone: list[str] = []
            double: list[str] = []
            for passage in dict.fromkeys(self._on[guid]):
                old = self._base.place(question, passage)
                (double if old and (passage, old) not in self._lost else alone).append(passage)
            taken = self._single(alone, guid, question)
            if taken or double:
                found.append(
                    Proposal(
                        "new", question, label=one_line(code.name), parent=parent, code=guid,
                        passages=tuple(taken or double), double=not taken,
                        changed=self._changed(question, taken or double),
                    )
                )  # fmt: skip
            if taken and double:
                found.append(
                    Proposal(
                        "move", question, NEW + guid, passages=tuple(double), double=True,
                        changed=self._changed(question, double),
                    )
                )  # fmt: skip
        return found

    def _group_above(self, code: Code, question: str) -> str:
        """The group for a new theme: a group of ours, or one that is still to be made; "" for none."""
        above = code.parent
        if above is None or above in self._known.questions:
            return ""
        if above in self._added and above not in self._known.made:
            if self._on[above]:
                self._left.append(Left("nested", code.name))
                return ""
            return NEW + above
        theme = self._known.themes.get(above) or self._known.made.get(above, "")
        standing = self._now.themes.get(theme)
        if standing is None or standing.question != question:
            return ""
        if standing.is_group:
            return theme
        self._left.append(Left("nested", code.name))
        return standing.parent

    def _single(self, passages: Iterable[str], guid: str, question: str) -> list[str]:
        """Those that bear no other new code of the question too; of these the first code has them."""
        others = {
            passage
            for other, listed in self._on.items()
            if other != guid and self._question.get(other) == question
            for passage in listed
        }
        others |= {
            passage
            for code, listed in self._more.items()
            if self._question_here(code) == question
            for passage in listed
        }
        single = []
        for passage in passages:
            if passage in others:
                self._left.append(Left("several", passage))
            else:
                single.append(passage)
        return single

    def _question_here(self, guid: str) -> str:
        theme = self._theme(guid)
        found = self._base.themes.get(theme) or self._now.themes.get(theme)
        return found.question if found else ""

    def _changed(self, question: str, passages: Iterable[str]) -> bool:
        return any(
            self._now.place(question, passage) != self._base.place(question, passage) for passage in passages
        )

    def _moves(self) -> list[Proposal]:
        """Passages to another theme, and out of their theme; those changed here since are apart."""
        targets: dict[tuple[str, str], list[str]] = defaultdict(list)
        for guid, passages in self._more.items():
            for passage in passages:
                targets[self._question_here(guid), passage].append(self._theme(guid))
        new = {
            (question, passage)
            for guid, passages in self._on.items()
            if (question := self._question[guid]) is not None
            for passage in passages
        }
        gathered: dict[tuple[str, str, bool, bool], list[str]] = defaultdict(list)
        for (question, passage), themes in targets.items():
            if (question, passage) in new or len(set(themes)) > 1:
                self._left.append(Left("several", passage))
                continue
            old = self._base.place(question, passage)
            if self._now.place(question, passage) == themes[0]:
                continue
            double = bool(old) and (passage, old) not in self._lost
            gathered[question, themes[0], self._changed(question, [passage]), double].append(passage)
        for passage, theme in sorted(self._lost):
            question = self._base.themes[theme].question
            if theme in self._gone or (question, passage) in new or (question, passage) in targets:
                continue
            if self._now.place(question, passage):
                gathered[question, "", self._changed(question, [passage]), False].append(passage)
        merged = self._merged()
        return [
            Proposal("move", question, theme, passages=kept, changed=changed, double=double)
            for (question, theme, changed, double), passages in gathered.items()
            if (
                kept := tuple(
                    passage for passage in passages if self._base.place(question, passage) not in merged
                )
            )
        ]

    def _merged(self) -> dict[str, str]:
        """Themes whose code is gone and whose every passage bears one and the same other code now."""
        if not self._has_codings:
            return {}
        bears: dict[str, set[str]] = defaultdict(set)
        told: Counter[str] = Counter()
        inside: Counter[str] = Counter()
        for places in self._base.places.values():
            inside.update(theme for theme in places.values() if theme in self._gone)
        for guid, passages in self._more.items():
            for passage in passages:
                old = self._base.place(self._question_here(guid), passage)
                if old in self._gone:
                    bears[old].add(self._theme(guid))
                    told[old] += 1
        return {
            old: next(iter(into))
            for old, into in bears.items()
            if len(into) == 1 and told[old] == inside[old] and next(iter(into)) not in self._gone
        }
