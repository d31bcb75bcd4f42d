"""The automatic numbers of a Word document, which stand in no paragraph's text and must be counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colloquia.engines.documents.trees import local_name
from colloquia.engines.papers.counting import written

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9


@dataclass(slots=True)
class _Level:
    """One level of a list. ``restart``: 0 never restarts, None restarts after any higher level."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _Number:
    """A list as paragraphs use it: an abstract one, with overrides of its levels."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Label:
    """The number before a paragraph: as printed, and the kind of list it belongs to."""

    text: str
    kind: str


class Numbering:
    """Counts through a document; ``label`` must be asked for every numbered paragraph, in order."""

    def __init__(self, root: _Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}
        self._numbers: dict[str, _Number] = {}
        self._counters: dict[str, list[int | None]] = {}
        for child in root if root is not None else ():
            name = local_name(child)
            if name == "abstractNum":
                self._read_abstract(child)
            elif name == "num":
                self._read_number(child)

    def level_of_style(self, number: str, style: str) -> int:
        """The level that a paragraph style stands for in a list; 0 where it is not named."""
        for level, found in self._levels(number).items():
            if style and found.style == style:
                return level
        return 0

    def label(self, number: str, level: int) -> Label | None:
        """Count one paragraph; None where its list shows nothing or is not defined."""
        used = self._numbers.get(number)
        levels = self._levels(number)
        if used is None or level not in levels:
            return None
        counters = self._counters.setdefault(used.abstract, [None] * _LEVELS)
        if level in used.starts and level not in used.used:
            counters[level] = None
        start = used.starts.get(level, levels[level].start)
        first = counters[level] is None
        counters[level] = start if first else (counters[level] or 0) + 1
        used.used.add(level)
        for deeper in range(level + 1, _LEVELS):
            rule = levels[deeper].restart if deeper in levels else None
            if rule is None or (rule != 0 and level < rule):
                counters[deeper] = None
        return self._written(levels, counters, level)

    def _written(self, levels: dict[int, _Level], counters: list[int | None], level: int) -> Label | None:
        shown = levels[level]

        def fill(match: re.Match[str]) -> str:
            deep = int(match[1]) - 1
            form = "decimal" if shown.legal else levels.get(deep, _Level()).form
            value = counters[deep]
            return written(levels.get(deep, _Level()).start if value is None else value, form)

        if shown.form in {"bullet", "none"} and "%" not in shown.text:
            return None
        text = re.sub(r"%([1-9])", fill, shown.text).strip()
        shape = re.sub(r"%([1-9])", "", shown.text).strip()
        return Label(text, f"{shown.form} {shape}") if text else None

    def _levels(self, number: str) -> dict[int, _Level]:
        used = self._numbers.get(number)
        if used is None:
            return {}
        levels = self._abstract.get(used.abstract, {})
        return {**levels, **used.levels} if used.levels else levels

    def _read_abstract(self, element: _Element) -> None:
        identifier = _attribute(element, "abstractNumId")
        self._abstract[identifier] = {
            int(_attribute(child, "ilvl") or 0): _level(child)
            for child in element
            if local_name(child) == "lvl" and (_attribute(child, "ilvl") or "0").isdigit()
        }

    def _read_number(self, element: _Element) -> None:
        number = _Number("")
        for child in element:
            if local_name(child) == "abstractNumId":
                number.abstract = _attribute(child, "val")
            elif local_name(child) == "lvlOverride":
                level = int(_attribute(child, "ilvl") or 0)
                for part in child:
                    if local_name(part) == "startOverride":
                        number.starts[level] = _whole(_attribute(part, "val"), 1)
                    elif local_name(part) == "lvl":
                        number.levels[level] = _level(part)
        self._numbers[_attribute(element, "numId")] = number


def _level(element: _Element) -> _Level:
    level = _Level()
    for child in element:
        name, value = local_name(child), _attribute(child, "val")
        if name == "start":
            level.start = _whole(value, 1)
        elif name == "numFmt":
            level.form = value
        elif name == "lvlText":
            level.text = value
        elif name == "lvlRestart":
            level.restart = _whole(value, 0)
        elif name == "isLgl":
            level.legal = value not in {"0", "false", "off"}
        elif name == "pStyle":
            level.style = value
    return level


def _attribute(element: _Element, name: str) -> str:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.lstrip("-").isdigit() else otherwise
