"""Two runs beside each other: settings, funnel, questions, themes, and where passages went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.models import MachineTheme, Run, RunQuestion, ThemeInEffect
from colloquia.consultations.presentation.flows import flows
from colloquia.consultations.presentation.method import written
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import bulk_of, state_of
from colloquia.core.components import Fact
from colloquia.core.tables import Column, Table
from colloquia.core.written import with_thousands

STAGES: dict[str, str | Promise] = {
    "received": gettext_lazy("Received"),
    "readable": gettext_lazy("Readable"),
    "unreadable": gettext_lazy("Unreadable"),
    "unsupported": gettext_lazy("In an unsupported language"),
    "analysed": gettext_lazy("Analysed by machine"),
    "distinct_messages": gettext_lazy("Distinct messages"),
}
MOST_FLOWS = 60
_WORDS: dict[str, str | Promise] = {
    "continued": gettext_lazy("continued"),
    "new": gettext_lazy("new"),
    "ended": gettext_lazy("ended"),
    "merged": gettext_lazy("merged"),
}


_CARRIED: dict[str, str | Promise] = {
    "corrections": gettext_lazy("Passages that officers had corrected in the earlier run"),
    "carried": gettext_lazy("Of these, corrections that hold in the later run"),
    "refound": gettext_lazy("Of these, found again under another id or in a text that changed slightly"),
    "kept": gettext_lazy("Passages that stayed in their theme"),
    "moved": gettext_lazy("Passages that moved to another theme by what was learned"),
    "placed": gettext_lazy("Passages that joined a theme of the earlier run anew"),
}


@dataclass(frozen=True, slots=True)
class Themes:
    """Themes in effect of both runs with what became of each."""

    rows: list[dict[str, Any]]
    counts: dict[str, int]


def carried(after: Run) -> list[Fact]:
    """What the later run took over of an earlier one; nothing where it learned from none."""
    found: dict[str, Any] = after.carried
    if not found:
        return []
    facts = [(label, found.get(name)) for name, label in _CARRIED.items()]
    facts.append((_("Could not be carried"), len(found.get("lost", ()))))
    return [Fact(label, with_thousands(value)) for label, value in facts if isinstance(value, int)]


def lost_table(after: Run) -> Table:
    """Corrections that the later run could not carry, with the reason; for officers."""
    columns = (Column("passage_id", _("Passage"), "identifier"), Column("reason", _("Reason")))
    rows = list(after.carried.get("lost", ()))
    return Table("lost", _("Corrections that could not be carried"), columns, rows, total=len(rows))


def comparison(visit: Visit, before: Run, after: Run) -> list[Table]:
    """The tables of the page, in its order; those with nothing to say are left out."""
    themes = theme_changes(visit, before, after)
    made = [
        _settings(before, after),
        _numbers("funnel", _("From received to analysed"), before.funnel, after.funnel, STAGES),
        _questions(before, after),
        _themes(themes),
        _flows(before, after),
        *([lost_table(after)] if visit.officer else []),
    ]
    return [table for table in made if table.total]


def _settings(before: Run, after: Run) -> Table:
    names = dict.fromkeys([*before.parameters, *after.parameters])
    rows = [
        {
            "name": name.replace("_", " "),
            "before": written(before.parameters.get(name, "")),
            "after": written(after.parameters.get(name, "")),
        }
        for name in names
        if before.parameters.get(name) != after.parameters.get(name)
    ]
    columns = (Column("name", _("Setting")), Column("before", _("Earlier")), Column("after", _("Later")))
    return Table("settings", _("Settings that differ"), columns, rows, total=len(rows))


def _numbers(
    name: str, caption: str, before: dict[str, int], after: dict[str, int], words: dict[str, str | Promise]
) -> Table:
    rows = [
        {
            "name": label,
            "before": before.get(key),
            "after": after.get(key),
            "change": after[key] - before[key] if key in before and key in after else None,
        }
        for key, label in words.items()
        if key in before or key in after
    ]
    return Table(name, caption, _three(_("Stage")), rows, total=len(rows))


def _three(head: str) -> tuple[Column, ...]:
    return (
        Column("name", head),
        Column("before", _("Earlier"), "number"),
        Column("after", _("Later"), "number"),
        Column("change", _("Change"), "number"),
    )


def _questions(before: Run, after: Run) -> Table:
    counted = [
        {row.question_id: row for row in RunQuestion.objects.filter(run=run)} for run in (before, after)
    ]
    rows = []
    for name in dict.fromkeys([*counted[0], *counted[1]]):
        old, new = (rows.get(name) for rows in counted)
        rows.append(
            {
                "name": name,
                "before": old.submissions if old else None,
                "after": new.submissions if new else None,
                "change": new.submissions - old.submissions if old and new else None,
            }
        )
    return Table("questions", _("Submissions by question"), _three(_("Question")), rows, total=len(rows))


def theme_changes(visit: Visit, before: Run, after: Run) -> Themes:
    """What became of each theme: the later run's continue an earlier one by name, or under the same id."""
    old = {row.theme_id: row for row in ThemeInEffect.objects.filter(run=before, is_live=True)}
    new = {row.theme_id: row for row in ThemeInEffect.objects.filter(run=after, is_live=True)}
    named = dict(
        MachineTheme.objects.filter(run=after).exclude(continues="").values_list("theme_id", "continues")
    )
    state, later = state_of(before), state_of(after)
    comes_from: dict[str, list[str]] = {name: [] for name in new}
    for name, source in named.items():
        held, from_ = later.in_effect(name), state.in_effect(source)
        if held in new and from_ in old and from_ not in comes_from[held]:
            comes_from[held].append(from_)
    if not named:
        for name in old:
            held = later.in_effect(name)
            if held in new:
                comes_from[held].append(name)
    rows = [_theme_row(visit, new[name], [old[item] for item in found]) for name, found in comes_from.items()]
    went = {item for found in comes_from.values() for item in found}
    rows += [_theme_row(visit, None, [row]) for name, row in old.items() if name not in went]
    rows.sort(key=lambda row: ("new", "merged", "ended", "continued").index(row["kind"]))
    counts = {kind: sum(row["kind"] == kind for row in rows) for kind in _WORDS}
    return Themes(rows, counts)


def _theme_row(visit: Visit, after: ThemeInEffect | None, before: Sequence[ThemeInEffect]) -> dict[str, Any]:
    kind = (
        "ended" if after is None else ("new" if not before else "merged" if len(before) > 1 else "continued")
    )
    shown = after or before[0]
    earlier = sum(row.submissions for row in before) if len(before) == 1 else None
    return {
        "kind": kind,
        "what": _WORDS[kind],
        "theme": shown.theme_id,
        "label": shown.label,
        "was": ", ".join(f"{row.theme_id} “{row.label}”" for row in before),
        "before": earlier,
        "after": after.submissions if after else None,
        "url": visit.url("consultation_theme", after.theme_id) if after else "",
    }


def _themes(themes: Themes) -> Table:
    columns = (
        Column("label", _("Theme"), note="theme"),
        Column("what", _("What became of it")),
        Column("was", _("Earlier theme")),
        Column("before", _("Submissions, earlier"), "number"),
        Column("after", _("Submissions, later"), "number"),
    )
    return Table("themes", _("Themes"), columns, themes.rows, total=len(themes.rows))


def _flows(before: Run, after: Run) -> Table:
    """How many passages went from which theme to which, of all that both runs hold."""
    found = flows(bulk_of(before), bulk_of(after))
    labels = [
        dict(ThemeInEffect.objects.filter(run=run).values_list("theme_id", "label"))
        for run in (before, after)
    ]
    none = _("no theme")
    rows = [
        {
            "before": labels[0].get(item.before, none),
            "before_id": item.before,
            "after": labels[1].get(item.after, none),
            "after_id": item.after,
            "passages": item.passages,
        }
        for item in sorted(found, key=lambda item: item.before == item.after)
    ]
    columns = (
        Column("before", _("Earlier theme"), note="before_id"),
        Column("after", _("Later theme"), note="after_id"),
        Column("passages", _("Passages"), "number"),
    )
    return Table(
        "flows",
        _("Where passages went, across all questions"),
        columns,
        rows,
        base=_("Passages that both runs hold with the same words, by their theme in effect."),
        total=len(rows),
    )
