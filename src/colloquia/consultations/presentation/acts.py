"""An act of an officer in words, and what it changes as a table: before beside after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from colloquia.consultations.models import RunQuestion, ThemeInEffect
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.asked import questions_read
from colloquia.consultations.services.planning import Plan
from colloquia.core.tables import Column, Table
from colloquia.core.written import with_thousands
from colloquia.engines.bulk import Size
from colloquia.engines.corrections import Act, State

Label = Callable[[str], str]


def labels_in(state: State) -> Label:
    """Names themes as they stand in a state: label and id."""

    def label(theme_id: str) -> str:
        theme = state.themes.get(theme_id)
        return _named(theme.label, theme_id) if theme else theme_id

    return label


def _named(label: str, theme_id: str) -> str:
    return _("“%(label)s” (%(id)s)") % {"label": _apart(label), "id": _apart(theme_id)}


def _apart(text: str) -> str:
    """Words within a sentence of the other direction, so that neither turns the other."""
    return f"\u2068{text}\u2069" if get_language_bidi() else text


def sentence(act: Act, label: Label) -> str:
    """What was done, or is about to be, in one sentence."""
    values = act.values
    match act.kind:
        case "rename":
            return _("Named %(theme)s “%(label)s”.") % {
                "theme": _apart(values["theme"]), "label": _apart(values["label"]),
            }  # fmt: skip
        case "merge":
            others = _listed((name for name in values["themes"] if name != values["into"]), label)
            return _("Merged %(others)s into %(into)s.") % {"others": others, "into": label(values["into"])}
        case "split":
            parts = _listed((part["theme"] for part in values["parts"]), _parts(values))
            return _("Made out of %(theme)s: %(parts)s.") % {"theme": label(values["theme"]), "parts": parts}
        case "group":
            made = {"label": _apart(values["label"]), "themes": _listed(values["themes"], label)}
            return _("Made the group “%(label)s” of %(themes)s.") % made
        case "reparent":
            themes = _listed(values["themes"], label)
            if not values["parent"]:
                return _("Took %(themes)s out of the group.") % {"themes": themes}
            return _("Put %(themes)s into the group %(group)s.") % {
                "themes": themes, "group": label(values["parent"]),
            }  # fmt: skip
        case _:
            return _of_passages(act, label)


def _of_passages(act: Act, label: Label) -> str:
    values, count = act.values, len(act.values["passages"])
    put = {"n": with_thousands(count), "theme": label(values.get("theme", ""))}
    if act.kind == "not_opinion":
        if values["value"]:
            text = ngettext(
                "Marked %(n)s passage as no opinion.", "Marked %(n)s passages as no opinion.", count
            )
        else:
            text = ngettext("Let %(n)s passage count again.", "Let %(n)s passages count again.", count)
        return text % put
    if act.kind == "move":
        if values["theme"]:
            text = ngettext("Moved %(n)s passage to %(theme)s.", "Moved %(n)s passages to %(theme)s.", count)
        else:
            text = ngettext(
                "Took %(n)s passage out of its theme.", "Took %(n)s passages out of their themes.", count
            )
        return text % put
    put |= {"from": values["from"], "to": values["to"]}
    if not values["to"]:
        text = ngettext(
            "Said of %(n)s passage that it does not answer %(from)s.",
            "Said of %(n)s passages that they do not answer %(from)s.",
            count,
        )
    elif not values["from"]:
        text = ngettext(
            "Said of %(n)s passage that it answers %(to)s.",
            "Said of %(n)s passages that they answer %(to)s.",
            count,
        )
    else:
        text = ngettext(
            "Moved %(n)s passage from %(from)s to %(to)s.",
            "Moved %(n)s passages from %(from)s to %(to)s.",
            count,
        )
    return text % put


def _parts(values: Mapping[str, Any]) -> Label:
    made = {part["theme"]: part["label"] for part in values["parts"]}
    return lambda name: _named(made[name], name)


def _listed(names: Any, label: Label) -> str:
    return ", ".join(label(name) for name in names)


def changes_table(visit: Visit, plan: Plan) -> Table:
    """Every theme and question that the act changes, as it stands and as it would stand."""
    rows = [*_themes(visit, plan), *_questions(visit, plan)]
    columns = (
        Column("name", _("Theme or question"), note="id"),
        Column("what", _("What changes")),
        *(
            Column(f"{field}{when}", label, "number")
            for field, label in (
                ("submissions", _("Submissions")),
                ("messages", _("Distinct messages")),
                ("passages", _("Passages")),
            )
            for when in ("", "_after")
        ),
    )
    return Table(
        "changes",
        _("What will change"),
        columns,
        rows,
        base=_("Of %(base)s submissions.") % {"base": with_thousands(visit.run.funnel.get("analysed", 0))},
        empty=_("No theme and no count changes."),
    )


def _themes(visit: Visit, plan: Plan) -> list[dict[str, Any]]:
    held = {
        row.theme_id: row
        for row in ThemeInEffect.objects.filter(run=visit.run, question_id__in=list(plan.questions))
    }
    found = []
    for name, theme in plan.after.themes.items():
        if theme.question_id not in plan.questions:
            continue
        if name in plan.counted:
            found.append(_line(plan, name, held.get(name), plan.sizes.get(name, Size())))
    gone = [name for name in held if name not in plan.after.themes]
    found += [_line(plan, name, held[name], Size()) for name in gone]
    return [line for line in found if line["what"] or any(_differ(line))]


def _differ(line: Mapping[str, Any]) -> list[bool]:
    return [line[name] != line[f"{name}_after"] for name in ("submissions", "messages", "passages")]


def _line(plan: Plan, name: str, held: ThemeInEffect | None, size: Size) -> dict[str, Any]:
    before, after = plan.before.themes.get(name), plan.after.themes.get(name)
    shown = after or before
    live = after is not None and after.is_live
    there = held is not None and held.is_live
    return {
        "name": shown.label if shown else name,
        "id": name,
        "what": _what(plan, name),
        **{
            field: getattr(held, field) if there else None
            for field in ("submissions", "messages", "passages")
        },
        **{
            f"{field}_after": getattr(size, field) if live else None
            for field in ("submissions", "messages", "passages")
        },
    }


def _what(plan: Plan, name: str) -> str:
    before, after = plan.before.themes.get(name), plan.after.themes.get(name)
    label = labels_in(plan.after)
    if after is None:
        return _("is no more")
    if before is None:
        return _("new group") if after.is_parent else _("new theme")
    said = []
    if before.is_live and not after.is_live:
        said.append(_("merged into %(theme)s") % {"theme": label(after.merged_into)})
    if after.is_live and not before.is_live:
        said.append(_("stands by itself again"))
    if before.label != after.label:
        said.append(_("was “%(label)s”") % {"label": _apart(before.label)})
    if after.is_live and before.parent_id != after.parent_id:
        said.append(
            _("goes into the group %(group)s") % {"group": label(after.parent_id)}
            if after.parent_id
            else _("leaves its group")
        )
    return "; ".join(said)


def _questions(visit: Visit, plan: Plan) -> list[dict[str, Any]]:
    if plan.answered is None:
        return []
    found = []
    read = {item.question_id: item.text for item in questions_read(visit.run)}
    for row in RunQuestion.objects.filter(run=visit.run).order_by("position"):
        size = plan.answered.get(row.question_id, Size())
        line: dict[str, Any] = {"name": read[row.question_id], "id": row.question_id, "what": ""}
        for field in ("submissions", "messages", "passages"):
            line[field], line[f"{field}_after"] = getattr(row, field), getattr(size, field)
        if any(_differ(line)):
            found.append(line)
    return found
