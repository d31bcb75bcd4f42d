"""Acts in few words, and a small run to try them on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from colloquia.engines.corrections import Act, Anchor, MachineTheme

QUESTIONS = ("IP-01.q1", "IP-02.q1")
THEMES = (
    MachineTheme("T1", "", "G1", "docket one"),
    MachineTheme("T2", "", "G1", "docket two"),
    MachineTheme("T3", "", "G2", "docket three"),
    MachineTheme("G1", "", "", "group one", True),
    MachineTheme("G2", "", "", "group two", True),
    MachineTheme("IP-01.q1.t1", "IP-01.q1", "", "one"),
    MachineTheme("IP-01.q1.t2", "IP-01.q1", "", "two"),
    MachineTheme("IP-01.q1.t3", "IP-01.q1", "", "three"),
    MachineTheme("IP-02.q1.t1", "IP-02.q1", "", "one of two"),
)


def anchors(rows: Iterable[int]) -> list[list[Any]]:
    return [Anchor(row, f"S-{row}.p1", f"S-{row}.d1", 0, 9).as_list() for row in rows]


def rename(number: int, theme: str, label: str, question: str = "IP-01.q1") -> Act:
    return Act(number, "rename", question, {"theme": theme, "label": label})


def merge(number: int, themes: list[str], into: str, label: str = "", question: str = "IP-01.q1") -> Act:
    return Act(number, "merge", question, {"themes": themes, "into": into, "label": label})


def split(
    number: int, theme: str, parts: dict[str, list[int]], question: str = "IP-01.q1", sources: Any = ()
) -> Act:
    listed = [{"theme": name, "label": name, "passages": anchors(rows)} for name, rows in parts.items()]
    return Act(number, "split", question, {"theme": theme, "parts": listed, "sources": list(sources)})


def group(number: int, theme: str, themes: list[str], question: str = "IP-01.q1") -> Act:
    return Act(number, "group", question, {"theme": theme, "label": "a group", "themes": themes})


def reparent(number: int, themes: list[str], parent: str, question: str = "") -> Act:
    return Act(number, "reparent", question, {"themes": themes, "parent": parent})


def move(number: int, rows: Iterable[int], theme: str, question: str = "IP-01.q1", sources: Any = ()) -> Act:
    return Act(
        number, "move", question, {"passages": anchors(rows), "theme": theme, "sources": list(sources)}
    )


def answer(
    number: int, rows: Iterable[int], source: str, target: str, theme: str = "", sources: Any = ()
) -> Act:
    values = {"passages": anchors(rows), "from": source, "to": target, "theme": theme}
    return Act(number, "answer", target or source, {**values, "sources": list(sources)})


def no_opinion(
    number: int, rows: Iterable[int], value: bool = True, sources: Any = (), places: Any = ("", *QUESTIONS)
) -> Act:
    values = {"passages": anchors(rows), "value": value, "sources": list(sources), "places": list(places)}
    return Act(number, "not_opinion", "", values)
