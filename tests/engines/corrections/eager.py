"""The same acts done the plain way: every passage carried to its new place one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from colloquia.engines.corrections import Act, MachineTheme

Where = dict[tuple[str, int], str]


class Eager:
    """Where each passage is, after each act."""

    def __init__(
        self, themes: Iterable[MachineTheme], placed: Where, answering: set[tuple[str, int]]
    ) -> None:
        self.parents = {theme.theme_id: theme.parent_id for theme in themes}
        self.labels = {theme.theme_id: theme.label for theme in themes}
        self.questions = {theme.theme_id: theme.question_id for theme in themes}
        self.live = set(self.labels)
        self.placed = dict(placed)
        self.answering = set(answering)
        self.machine = dict(placed)
        self.became: dict[str, str] = {}
        self.silent: set[int] = set()

    def now(self, theme: str) -> str:
        while theme in self.became:
            theme = self.became[theme]
        return theme

    def do(self, act: Act) -> None:
        getattr(self, f"_{act.kind}")(act, act.values, [anchor.row for anchor in act.anchors()])

    def _rename(self, _act: Act, values: Any, _rows: list[int]) -> None:
        self.labels[self.now(values["theme"])] = values["label"]

    def _merge(self, _act: Act, values: Any, _rows: list[int]) -> None:
        into = self.now(values["into"])
        for name in map(self.now, values["themes"]):
            if name != into:
                self.live.discard(name)
                self.became[name] = into
                self.placed = {key: into if at == name else at for key, at in self.placed.items()}
                self.parents = {key: into if at == name else at for key, at in self.parents.items()}
        if values["label"]:
            self.labels[into] = values["label"]

    def _split(self, act: Act, values: Any, _rows: list[int]) -> None:
        for part in values["parts"]:
            name = part["theme"]
            self.live.add(name)
            self.labels[name], self.questions[name] = part["label"], act.question_id
            self.parents[name] = self.parents[self.now(values["theme"])]
            for passage in part["passages"]:
                self.placed[act.question_id, passage[0]] = name

    def _group(self, act: Act, values: Any, _rows: list[int]) -> None:
        name = values["theme"]
        self.live.add(name)
        self.labels[name], self.questions[name], self.parents[name] = values["label"], act.question_id, ""
        for theme in values["themes"]:
            self.parents[self.now(theme)] = name

    def _reparent(self, _act: Act, values: Any, _rows: list[int]) -> None:
        for theme in values["themes"]:
            self.parents[self.now(theme)] = self.now(values["parent"])

    def _move(self, act: Act, values: Any, rows: list[int]) -> None:
        for row in rows:
            if values["theme"]:
                self.placed[act.question_id, row] = self.now(values["theme"])
                if act.question_id:
                    self.answering.add((act.question_id, row))
            else:
                self.placed.pop((act.question_id, row), None)

    def _answer(self, _act: Act, values: Any, rows: list[int]) -> None:
        for row in rows:
            if values["from"]:
                self.answering.discard((values["from"], row))
                self.placed.pop((values["from"], row), None)
            if values["to"]:
                was = (values["to"], row) in self.answering
                self.answering.add((values["to"], row))
                if values["theme"]:
                    self.placed[values["to"], row] = self.now(values["theme"])
                elif not was and (origin := self.machine.get((values["to"], row))):
                    self.placed[values["to"], row] = self.now(origin)

    def _not_opinion(self, _act: Act, values: Any, rows: list[int]) -> None:
        self.silent = self.silent | set(rows) if values["value"] else self.silent - set(rows)

    def shown(self) -> Where:
        """Where every passage that is an opinion is."""
        return {key: theme for key, theme in self.placed.items() if key[1] not in self.silent}

    def answers(self) -> set[tuple[str, int]]:
        """Which passages answer which question."""
        return {key for key in self.answering if key[1] not in self.silent}
