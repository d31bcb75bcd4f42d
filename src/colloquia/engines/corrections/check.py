"""Whether an act makes sense as things stand; what is wrong is said in stable words for the caller to put."""

from __future__ import annotations

from collections.abc import Iterable

from colloquia.engines.corrections.records import Act, Standing, State

LONGEST_LABEL = 300


def problem(state: State, act: Act, questions: Iterable[str]) -> str:
    """What speaks against the act, "" where nothing does. ``questions`` are the ids of the paper.

    One of: ``unknown theme``, ``theme is gone``, ``other question``, ``other level``, ``too few themes``,
    ``no label``, ``long label``, ``no passages``, ``nothing changes``, ``not a group``, ``group in a group``,
    ``unknown question``, ``same question``, ``passage twice``, ``id in use``, ``no opinion``. Where passages
    are now is not known here; the caller checks that they are where the act takes them from.
    """
    known = {*questions, ""}
    if act.kind not in ("answer", "not_opinion") and act.question_id not in known:
        return "unknown question"
    found = _CHECKS[act.kind](state, act, known)
    if not found and act.kind != "not_opinion" and any(a.row in state.not_opinion for a in act.anchors()):
        return "no opinion"
    return found


def _theme(state: State, name: str, question: str) -> Standing | str:
    theme = state.themes.get(name)
    if theme is None:
        return "unknown theme"
    if not theme.is_live:
        return "theme is gone"
    return theme if theme.question_id == question else "other question"


def _themes(state: State, names: Iterable[str], question: str) -> list[Standing] | str:
    found = []
    for name in names:
        theme = _theme(state, name, question)
        if isinstance(theme, str):
            return theme
        found.append(theme)
    return found


def _label(text: str, *, needed: bool = True) -> str:
    if needed and not text.strip():
        return "no label"
    return "long label" if len(text) > LONGEST_LABEL else ""


def _rename(state: State, act: Act, _questions: set[str]) -> str:
    theme = _theme(state, act.values["theme"], act.question_id)
    if isinstance(theme, str):
        return theme
    return _label(act.values["label"]) or ("nothing changes" if theme.label == act.values["label"] else "")


def _merge(state: State, act: Act, _questions: set[str]) -> str:
    names = {*act.values["themes"], act.values["into"]}
    themes = _themes(state, sorted(names), act.question_id)
    if isinstance(themes, str):
        return themes
    if len(themes) < 2:
        return "too few themes"
    if len({theme.is_parent for theme in themes}) > 1:
        return "other level"
    return _label(act.values.get("label", ""), needed=False)


def _split(state: State, act: Act, _questions: set[str]) -> str:
    theme = _theme(state, act.values["theme"], act.question_id)
    if isinstance(theme, str):
        return theme
    if theme.is_parent:
        return "other level"
    parts = act.values["parts"]
    rows = [anchor.row for anchor in act.anchors()]
    if not parts or not all(part["passages"] for part in parts):
        return "no passages"
    if len(rows) != len(set(rows)):
        return "passage twice"
    if any(part["theme"] in state.themes for part in parts):
        return "id in use"
    return next((found for part in parts if (found := _label(part["label"]))), "")


def _group(state: State, act: Act, _questions: set[str]) -> str:
    if act.values["theme"] in state.themes:
        return "id in use"
    themes = _themes(state, act.values["themes"], act.question_id)
    if isinstance(themes, str):
        return themes
    if not themes:
        return "too few themes"
    return "group in a group" if any(theme.is_parent for theme in themes) else _label(act.values["label"])


def _reparent(state: State, act: Act, _questions: set[str]) -> str:
    themes = _themes(state, act.values["themes"], act.question_id)
    if isinstance(themes, str):
        return themes
    if not themes:
        return "too few themes"
    if any(theme.is_parent for theme in themes):
        return "group in a group"
    name = act.values["parent"]
    parent = _theme(state, name, act.question_id) if name else None
    if isinstance(parent, str):
        return parent
    if parent is not None and not parent.is_parent:
        return "not a group"
    return "nothing changes" if all(theme.parent_id == name for theme in themes) else ""


def _move(state: State, act: Act, _questions: set[str]) -> str:
    if not act.anchors():
        return "no passages"
    return _target(state, act.values["theme"], act.question_id)


def _target(state: State, name: str, question: str) -> str:
    if not name:
        return ""
    theme = _theme(state, name, question)
    if isinstance(theme, str):
        return theme
    return "other level" if theme.is_parent else ""


def _answer(state: State, act: Act, questions: set[str]) -> str:
    source, target, theme = act.values["from"], act.values["to"], act.values["theme"]
    if not act.anchors():
        return "no passages"
    if not {source, target} <= questions:
        return "unknown question"
    if source == target:
        return "same question"
    if not theme:
        return ""
    return _target(state, theme, target) if target else "other question"


def _not_opinion(state: State, act: Act, _questions: set[str]) -> str:
    rows = {anchor.row for anchor in act.anchors()}
    if not rows:
        return "no passages"
    marked = rows & state.not_opinion
    unchanged = marked == rows if act.values["value"] else not marked
    return "nothing changes" if unchanged else ""


_CHECKS = {
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "group": _group,
    "reparent": _reparent,
    "move": _move,
    "answer": _answer,
    "not_opinion": _not_opinion,
}
