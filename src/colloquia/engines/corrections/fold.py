"""The state in effect, from the machine's themes and the acts that were not undone."""

from __future__ import annotations

from collections.abc import Iterable

from colloquia.engines.corrections.records import Act, Anchor, MachineTheme, Standing, State


def fold(themes: Iterable[MachineTheme], acts: Iterable[Act]) -> State:
    """The state after all acts, in their order. Linear in themes, acts and passages named.

    An act that no longer makes sense (its theme was undone) changes nothing; ``dependents`` lets a
    caller refuse the undo that would lead there.
    """
    state = State(
        {
            theme.theme_id: Standing(
                theme.theme_id, theme.question_id, theme.parent_id, theme.label, theme.is_parent
            )
            for theme in themes
        }
    )
    for act in acts:
        apply(state, act)
    return state


def apply(state: State, act: Act) -> None:
    """Let one more act take effect, in place."""
    for anchor in act.anchors():
        state.anchors[anchor.row] = anchor
    _ACTS[act.kind](state, act)
    for name in act.values.get("sources", ()):
        _touch(state, name)


def dependents(acts: Iterable[Act], number: int) -> list[Act]:
    """Later acts that rest on act ``number``: they name a theme that it made, or that one of them made."""
    resting: list[Act] = []
    made: set[str] = set()
    for act in sorted(acts, key=lambda act: act.number):
        if act.number == number:
            made |= set(_made(act))
        elif act.number > number and act.targets() & made:
            resting.append(act)
            made |= set(_made(act))
    return resting


def _made(act: Act) -> list[str]:
    if act.kind == "group":
        return [act.values["theme"]]
    return [part["theme"] for part in act.values["parts"]] if act.kind == "split" else []


def _touch(state: State, name: str) -> None:
    """Other passages than the machine's are in this theme now, and so in the group above it."""
    theme = state.themes.get(state.in_effect(name))
    if theme:
        theme.touched = True
        if above := state.themes.get(theme.parent_id):
            above.touched = True


def _rename(state: State, act: Act) -> None:
    theme = state.themes.get(state.in_effect(act.values["theme"]))
    if theme:
        theme.label, theme.label_by_officer = act.values["label"], True


def _merge(state: State, act: Act) -> None:
    into = state.themes.get(state.in_effect(act.values["into"]))
    if into is None:
        return
    for name in act.values["themes"]:
        merged = state.themes.get(state.in_effect(name))
        if merged is None or merged is into:
            continue
        merged.is_live, merged.merged_into, into.touched = False, into.theme_id, True
        for child in state.themes.values():
            if child.parent_id == merged.theme_id:
                child.parent_id = into.theme_id
        if merged.parent_id != into.parent_id:
            _touch(state, into.theme_id)
            if left := state.themes.get(merged.parent_id):
                left.touched = True
    if act.values.get("label"):
        into.label, into.label_by_officer = act.values["label"], True


def _split(state: State, act: Act) -> None:
    theme = state.themes.get(state.in_effect(act.values["theme"]))
    if theme is None:
        return
    theme.touched = True
    rows = state.moved.setdefault(theme.question_id, {})
    for part in act.values["parts"]:
        state.themes[part["theme"]] = Standing(
            part["theme"], theme.question_id, theme.parent_id, part["label"], False, True, True, touched=True
        )
        state.made[part["theme"]] = act.number
        rows.update({Anchor(*item).row: part["theme"] for item in part["passages"]})


def _group(state: State, act: Act) -> None:
    name = act.values["theme"]
    state.themes[name] = Standing(name, act.question_id, "", act.values["label"], True, True, True)
    state.made[name] = act.number
    _place(state, act.values["themes"], name)


def _reparent(state: State, act: Act) -> None:
    _place(state, act.values["themes"], act.values["parent"])


def _place(state: State, names: Iterable[str], parent: str) -> None:
    parent = state.in_effect(parent)
    if parent and parent not in state.themes:
        return
    for name in names:
        theme = state.themes.get(state.in_effect(name))
        if theme is None or theme.is_parent or theme.parent_id == parent:
            continue
        for group in (theme.parent_id, parent):
            if above := state.themes.get(group):
                above.touched = True
        theme.parent_id = parent


def _move(state: State, act: Act) -> None:
    target, question = act.values["theme"], act.question_id
    if target and state.in_effect(target) not in state.themes:
        return
    rows = state.moved.setdefault(question, {})
    rows.update({anchor.row: target for anchor in act.anchors()})
    if target:
        # A passage in a theme of a question answers that question, whatever was said before.
        if question:
            answers = state.answers.setdefault(question, {})
            answers.update({anchor.row: True for anchor in act.anchors()})
        _touch(state, target)


def _answer(state: State, act: Act) -> None:
    source, target, theme = act.values["from"], act.values["to"], act.values["theme"]
    for anchor in act.anchors():
        if source:
            state.answers.setdefault(source, {})[anchor.row] = False
            state.moved.get(source, {}).pop(anchor.row, None)
        if target:
            state.answers.setdefault(target, {})[anchor.row] = True
    if target and theme and state.in_effect(theme) in state.themes:
        rows = state.moved.setdefault(target, {})
        rows.update({anchor.row: theme for anchor in act.anchors()})
        _touch(state, theme)


def _not_opinion(state: State, act: Act) -> None:
    rows = {anchor.row for anchor in act.anchors()}
    if act.values["value"]:
        state.not_opinion |= rows
    else:
        state.not_opinion -= rows


_ACTS = {
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "group": _group,
    "reparent": _reparent,
    "move": _move,
    "answer": _answer,
    "not_opinion": _not_opinion,
}
