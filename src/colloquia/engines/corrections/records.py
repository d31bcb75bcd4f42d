"""The acts of officers and the state that follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

KINDS = ("rename", "merge", "split", "group", "reparent", "move", "answer", "not_opinion")


@dataclass(frozen=True, slots=True)
class MachineTheme:
    """A theme as the machine left it; ``question_id`` is "" for the whole docket."""

    theme_id: str
    question_id: str
    parent_id: str
    label: str
    is_parent: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage in an act: its row in the run's table, its id, and its place in the text version."""

    row: int
    passage_id: str
    document_id: str
    start: int
    end: int

    def as_list(self) -> list[Any]:
        """The form in which it is stored."""
        return [self.row, self.passage_id, self.document_id, self.start, self.end]


@dataclass(frozen=True, slots=True)
class Act:
    """One act of an officer. ``values`` are JSON values, by ``kind``:

    - ``rename``: ``theme``, ``label``
    - ``merge``: ``themes`` (two or more, of one question and one level), ``into`` (one of them), ``label``
      ("" keeps that of ``into``)
    - ``split``: ``theme``, ``parts``: objects with ``theme`` (a new id), ``label``, ``passages`` (anchors as
      lists); what is in no part stays
    - ``group``: ``theme`` (a new id), ``label``, ``themes`` that it holds from now on
    - ``reparent``: ``themes``, ``parent`` ("" for none)
    - ``move``: ``passages``, ``theme`` ("" for no theme); within ``question_id``
    - ``answer``: ``passages``, ``from`` and ``to`` (question ids, "" for none), ``theme`` in ``to`` (""
      leaves the one that it had there)
    - ``not_opinion``: ``passages``, ``value`` (true, or false to take it back)

    Acts with passages also name in ``sources`` the themes that these were in, as the machine left them and as
    they stood, and in ``places`` the questions ("" for the docket) in which their themes or answers change.
    """

    number: int
    kind: str
    question_id: str
    values: Mapping[str, Any]

    def places(self) -> set[str]:
        """The questions, "" for the docket, whose themes or answers the act may change."""
        values = self.values
        named = {*values.get("places", ())}
        if self.kind == "answer":
            return named | ({values["from"], values["to"]} - {""})
        return named if self.kind == "not_opinion" else named | {self.question_id}

    def same_as(self, other: Act) -> bool:
        """Whether both ask for the same, wherever the passages were when they did."""
        values, others = ({**act.values, "sources": [], "places": []} for act in (self, other))
        return (self.kind, self.question_id, values) == (other.kind, other.question_id, others)

    def anchors(self) -> list[Anchor]:
        """All passages that the act speaks of."""
        listed = [*self.values.get("passages", ())]
        for part in self.values.get("parts", ()):
            listed.extend(part["passages"])
        return [Anchor(*item) for item in listed]

    def themes(self) -> set[str]:
        """All themes that the act speaks of, those that passages were taken from included."""
        return self.targets() | {*self.values.get("sources", ())}

    def targets(self) -> set[str]:
        """The themes that must exist for the act to take effect."""
        values = self.values
        named = {values.get("theme", ""), values.get("into", ""), values.get("parent", "")}
        named.update(values.get("themes", ()))
        named.update(part["theme"] for part in values.get("parts", ()))
        return named - {""}


@dataclass(slots=True)
class Standing:
    """How a theme stands. ``touched`` is true where its passages are no longer those of the machine."""

    theme_id: str
    question_id: str
    parent_id: str
    label: str
    is_parent: bool
    label_by_officer: bool = False
    made_by_officer: bool = False
    is_live: bool = True
    merged_into: str = ""
    touched: bool = False


@dataclass(slots=True)
class State:
    """Everything in effect after a list of acts.

    ``moved`` gives by question and passage row the theme ("" none) where an officer, not the machine,
    decided; ``answers`` by question and row whether the passage answers it; ``not_opinion`` holds rows.
    ``anchors`` are those of every row named. ``made`` gives the act that made a theme.
    """

    themes: dict[str, Standing] = field(default_factory=dict)
    moved: dict[str, dict[int, str]] = field(default_factory=dict)
    answers: dict[str, dict[int, bool]] = field(default_factory=dict)
    not_opinion: set[int] = field(default_factory=set)
    anchors: dict[int, Anchor] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)

    def copy(self) -> State:
        """A state of its own, in which acts may take effect without changing this one."""
        return State(
            {name: replace(theme) for name, theme in self.themes.items()},
            {question: dict(rows) for question, rows in self.moved.items()},
            {question: dict(rows) for question, rows in self.answers.items()},
            set(self.not_opinion),
            dict(self.anchors),
            dict(self.made),
        )

    def in_effect(self, theme_id: str) -> str:
        """The theme that stands for this one now, after merges."""
        while theme_id in self.themes and self.themes[theme_id].merged_into:
            theme_id = self.themes[theme_id].merged_into
        return theme_id

    def theme_map(self) -> dict[str, str]:
        """Themes merged away, to those that stand for them."""
        return {name: self.in_effect(name) for name, theme in self.themes.items() if theme.merged_into}

    def parents(self) -> dict[str, str]:
        """Themes in effect, to the group that each stands in."""
        return {
            name: theme.parent_id for name, theme in self.themes.items() if theme.is_live and theme.parent_id
        }

    def judged(self) -> list[tuple[str, int, bool]]:
        """(question, row, whether it answers), sorted, where an officer decided."""
        return sorted(
            (question, row, yes) for question, rows in self.answers.items() for row, yes in rows.items()
        )

    def overrides(self) -> list[tuple[str, int, str]]:
        """(question, row, theme in effect or ""), sorted: the theme of passages that officers placed.

        A passage that is no opinion, or no answer to the question, is in no theme there.
        """
        found: dict[tuple[str, int], str] = {}
        for question, rows in self.moved.items():
            found.update({(question, row): self.in_effect(theme) for row, theme in rows.items()})
        for question, judged in self.answers.items():
            for row, answers in judged.items():
                if not answers:
                    found[question, row] = ""
        return sorted((question, row, theme) for (question, row), theme in found.items())

    def live(self, question_id: str) -> list[Standing]:
        """The themes in effect of a question, in the machine's order, then the officers'."""
        return [theme for theme in self.themes.values() if theme.is_live and theme.question_id == question_id]
