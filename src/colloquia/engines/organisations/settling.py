"""What follows from people's decisions on names: which are one organisation, and which decisions disagree."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["same", "different", "part", "split"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of some keys, in the order of ``number``.

    ``same``: the keys are one organisation, shown as ``name``. ``different``: the two are not. ``part``: the
    second is a part of the first, and so not the same. ``split``: the keys, of names as written, are an
    organisation of their own and not the one to which the machine joined them.
    """

    number: int
    verdict: Verdict
    keys: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a run knows of keys: the folded name of each name as written, the body of each folded name."""

    name_keys: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """``apart`` says that two are not one, and ``joined`` (none where the machine did it) make them one."""

    apart: Decision
    joined: tuple[Decision, ...]


@dataclass(slots=True)
class Settlement:
    """The outcome. ``organisations`` is what ``Overlay.organisations`` wants; ``names`` are by organisation.

    Keys that nobody decided upon are their own organisation.
    """

    known: Known
    decisions: tuple[Decision, ...] = ()
    organisations: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()
    _own: dict[str, str] = field(default_factory=dict)
    _moved: set[str] = field(default_factory=set)
    _leader: dict[str, str] = field(default_factory=dict)

    def of(self, key: str) -> str:
        """The organisation in effect of a key of any kind."""
        return self._find(self.home(key))

    def home(self, key: str) -> str:
        """The organisation of a key before anything was joined by people."""
        if key in self._own:
            return self._own[key]
        name_key = self.known.name_keys.get(key, key)
        return name_key if name_key in self._moved else self.known.bodies.get(name_key, name_key)

    def apart(self) -> set[tuple[str, str]]:
        """Pairs of organisations in effect, in order of the alphabet, that were decided not to be one."""
        found = set()
        for decision in self.decisions:
            if decision.verdict in ("different", "part"):
                one, other = sorted(self.of(key) for key in decision.keys[:2])
                found.add((one, other))
        return found

    def touching(self, keys: Iterable[str], decisions: Iterable[Decision]) -> list[Decision]:
        """Those of ``decisions`` that speak of the organisations of ``keys``."""
        meant = {self.of(key) for key in keys}
        return [one for one in decisions if meant & {self.of(key) for key in one.keys}]

    def joins(self, one: str, other: str) -> tuple[Decision, ...]:
        """The fewest decisions by which two keys are one organisation, none where they are not or the machine
        alone made them so.
        """
        return self._chain(self.home(one), self.home(other))

    def _find(self, node: str) -> str:
        while (above := self._leader.get(node, node)) != node:
            node = above
        return node

    def _settle(self) -> None:
        splits: dict[str, int] = {}
        for decision in self.decisions:
            if decision.verdict == "split":
                splits.update(dict.fromkeys(decision.keys, decision.number))
        first: dict[int, str] = {}
        for key, number in splits.items():
            self._own[key] = first.setdefault(number, key)
        for decision in self.decisions:
            if decision.verdict in ("different", "part"):
                self._keep_apart(*decision.keys[:2])
        for decision in self.decisions:
            if decision.verdict == "same":
                leader = self.of(decision.keys[0])
                for key in decision.keys[1:]:
                    self._leader[self.of(key)] = leader
        for decision in self.decisions:
            if decision.name and decision.verdict in ("same", "split"):
                self.names[self.of(decision.keys[0])] = decision.name
        nodes = set(self._leader) | self._moved
        self.organisations = {node: self._find(node) for node in sorted(nodes)} | {
            key: self._find(own) for key, own in self._own.items()
        }
        self.contradictions = tuple(self._contradictions())

    def _keep_apart(self, one: str, other: str) -> None:
        """Take back a join that the machine alone made, since a person says that it is wrong."""
        if one in self._own or other in self._own or self.home(one) != self.home(other):
            return
        names = [self.known.name_keys.get(key, key) for key in (one, other)]
        if names[0] != names[1]:
            self._moved.add(names[1] if names[1] != self.home(other) else names[0])

    def _contradictions(self) -> Iterable[Contradiction]:
        for decision in self.decisions:
            pairs: list[tuple[str, str]] = []
            if decision.verdict in ("different", "part"):
                pairs = [(self.home(decision.keys[0]), self.home(decision.keys[1]))]
            elif decision.verdict == "split":
                own = [key for key in decision.keys if key in self._own]
                name_keys = {self.known.name_keys[key] for key in own if key in self.known.name_keys}
                pairs = [(self.home(own[0]), self.home(name)) for name in sorted(name_keys)] if own else []
            for one, other in pairs:
                if self._find(one) == self._find(other):
                    yield Contradiction(decision, self._chain(one, other))
                    break

    def _chain(self, start: str, end: str) -> tuple[Decision, ...]:
        """The fewest decisions that make two homes one, in the order from the one to the other."""
        came: dict[str, tuple[str, Decision] | None] = {start: None}
        waiting = deque([start])
        joins = [
            (decision, {self.home(key) for key in decision.keys})
            for decision in self.decisions
            if decision.verdict == "same"
        ]
        while waiting and end not in came:
            at = waiting.popleft()
            for decision, homes in joins:
                if at in homes:
                    for node in sorted(homes - set(came)):
                        came[node] = (at, decision)
                        waiting.append(node)
        chain: list[Decision] = []
        step = came.get(end)
        while step is not None:
            chain.append(step[1])
            step = came[step[0]]
        return tuple(reversed(chain))


def settle(decisions: Sequence[Decision], known: Known) -> Settlement:
    """Lay decisions over what the machine joined. Of two decisions on one name as written the later holds.

    Decisions may name keys that the run does not know; they still join what they join.
    """
    found = Settlement(known, tuple(sorted(decisions, key=lambda one: one.number)))
    found._settle()
    return found
