"""The acts of officers, made from what they asked for and from where the passages are by now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from colloquia.consultations.models import Correction, MachineTheme, Run
from colloquia.consultations.queries.state import as_act
from colloquia.consultations.services.planning import Build, Places, Standpoint
from colloquia.consultations.services.refusals import CorrectionRefused
from colloquia.engines import corrections as engine


def rename(theme: str, label: str) -> Build:
    """Give a theme another label."""
    return lambda at: _act(at, "rename", at.theme(theme).question_id, theme=theme, label=one_line(label))


def merge(themes: Sequence[str], into: str, label: str = "") -> Build:
    """Make one theme of several; ``into`` goes on."""
    names = sorted({*themes, into})
    return lambda at: _act(
        at, "merge", at.theme(into).question_id, themes=names, into=into, label=one_line(label)
    )


def split(theme: str, parts: Sequence[tuple[str, Sequence[str]]]) -> Build:
    """Take parts out of a theme, each a label and ids of its passages."""

    def build(at: Standpoint) -> engine.Act:
        question = at.theme(theme).question_id
        anchors = at.anchors(name for _, names in parts for name in names)
        places = at.placed(anchor.row for anchor in anchors.values())
        for name, anchor in anchors.items():
            if places.get(anchor.row, {}).get(question) != theme:
                raise CorrectionRefused("passage elsewhere", passage=name)
        first = next_number(at.run, question, "t")
        made = [
            {
                "theme": f"{_prefix(question, 't')}{first + place}",
                "label": one_line(label),
                "passages": [anchors[name].as_list() for name in dict.fromkeys(names)],
            }
            for place, (label, names) in enumerate(parts)
        ]
        return _act(
            at, "split", question, theme=theme, parts=made, sources=_sources(at, anchors, places, {question})
        )

    return build


def group(question: str, label: str, themes: Sequence[str]) -> Build:
    """Make a group of themes of a question ("" for the docket)."""

    def build(at: Standpoint) -> engine.Act:
        name = f"{_prefix(question, 'g')}{next_number(at.run, question, 'g')}"
        return _act(at, "group", question, theme=name, label=one_line(label), themes=_once(themes))

    return build


def reparent(question: str, themes: Sequence[str], parent: str) -> Build:
    """Put themes into another group, or into none."""
    return lambda at: _act(at, "reparent", question, themes=_once(themes), parent=parent)


def move(question: str, passages: Sequence[str], theme: str) -> Build:
    """Put passages into another theme of a question, or into none."""

    def build(at: Standpoint) -> engine.Act:
        anchors = at.anchors(passages)
        places = at.placed(anchor.row for anchor in anchors.values())
        if anchors and all(places.get(a.row, {}).get(question, "") == theme for a in anchors.values()):
            raise CorrectionRefused("nothing changes")
        return _act(
            at,
            "move",
            question,
            passages=[anchor.as_list() for anchor in anchors.values()],
            theme=theme,
            sources=_sources(at, anchors, places, {question}),
        )

    return build


def answer(passages: Sequence[str], source: str, target: str, theme: str = "") -> Build:
    """Say that passages answer ``target`` and no longer ``source``; either may be ""."""

    def build(at: Standpoint) -> engine.Act:
        anchors = at.anchors(passages)
        places = at.placed(anchor.row for anchor in anchors.values())
        for name, anchor in anchors.items():
            if source and source not in places.get(anchor.row, {}):
                raise CorrectionRefused("other answer", passage=name)
        there = [target in places.get(anchor.row, {}) for anchor in anchors.values()]
        if not source and not theme and there and all(there):
            raise CorrectionRefused("nothing changes")
        return _act(
            at,
            "answer",
            target or source,
            passages=[anchor.as_list() for anchor in anchors.values()],
            **{"from": source, "to": target, "theme": theme},
            sources=_sources(at, anchors, places, {source, target} - {""}),
        )

    return build


def not_opinion(passages: Sequence[str], *, value: bool) -> Build:
    """Say that passages are no opinion, or take that back."""

    def build(at: Standpoint) -> engine.Act:
        anchors = at.anchors(passages)
        rows = [anchor.row for anchor in anchors.values()]
        # A passage marked as no opinion is in no place now, and comes back to the machine's or officers' one.
        places, origins = at.placed(rows), at.placed_by_machine(rows)
        questions = {question for found in (places, origins) for item in found.values() for question in item}
        questions |= {name for name, moved in at.state.moved.items() if not moved.keys().isdisjoint(rows)}
        return _act(
            at,
            "not_opinion",
            "",
            passages=[anchor.as_list() for anchor in anchors.values()],
            value=value,
            sources=_sources(at, anchors, places, questions, origins),
            places=sorted(questions),
        )

    return build


def again(act: engine.Act) -> Build:
    """The same act once more, from where the passages are now. Ids of themes that it made stay the same."""
    values = act.values
    names = [anchor.passage_id for anchor in act.anchors()]
    if act.kind == "move":
        return move(act.question_id, names, values["theme"])
    if act.kind == "answer":
        return answer(names, values["from"], values["to"], values["theme"])
    if act.kind == "not_opinion":
        return not_opinion(names, value=values["value"])

    def build(at: Standpoint) -> engine.Act:
        if act.kind == "split":
            places = at.placed(anchor.row for anchor in act.anchors())
            for anchor in act.anchors():
                if places.get(anchor.row, {}).get(act.question_id) != values["theme"]:
                    raise CorrectionRefused("passage elsewhere", passage=anchor.passage_id)
        return engine.Act(at.run.sequence + 1, act.kind, act.question_id, values)

    return build


def _act(at: Standpoint, kind: str, question: str, /, **values: Any) -> engine.Act:
    return engine.Act(at.run.sequence + 1, kind, question, values)


def one_line(label: str) -> str:
    """A label in one line, without white space around it."""
    return " ".join(label.split())


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _sources(
    at: Standpoint,
    anchors: Mapping[str, engine.Anchor],
    places: Places,
    questions: set[str],
    origins: Places | None = None,
) -> list[str]:
    """The themes that passages are in now and those that the machine put them in, of some questions.

    The machine's are named too: a merge that stands between the two may be undone one day.
    """
    if origins is None:
        origins = at.placed_by_machine(anchor.row for anchor in anchors.values())
    found = {
        theme
        for listed in (places, origins)
        for item in listed.values()
        for question, theme in item.items()
        if question in questions and theme
    }
    return sorted(found)


def _prefix(question: str, level: str) -> str:
    return f"{question}.{level}" if question else level.upper()


def next_number(run: Run, question: str, level: str) -> int:
    """The next free number of themes ("t") or groups ("g") of a question, over all runs of the consultation.

    Numbers of themes that were undone, or stand in another run, are not given again: links to them stay true.
    """
    runs = Run.objects.filter(consultation=run.consultation_id)
    themes = MachineTheme.objects.filter(run__in=runs, question_id=question)
    names = set(themes.values_list("theme_id", flat=True))
    for row in Correction.objects.filter(run__in=runs, kind__in=("split", "group"), question_id=question):
        names |= as_act(row).targets()
    pattern = re.compile(re.escape(_prefix(question, level)) + r"(\d+)")
    numbers = [int(match[1]) for match in map(pattern.fullmatch, names) if match]
    return max(numbers, default=0) + 1
