"""What officers did to a theme, in words; the machine's original stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colloquia.consultations.models import Correction, MachineTheme
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries import as_act


@dataclass(frozen=True, slots=True)
class Step:
    """One act: a sentence with its day. ``who`` is for officers, "" for the public."""

    number: int
    sentence: str
    who: str
    note: str


def steps_of(visit: Visit, theme: str) -> list[Step]:
    """The corrections in effect that speak of a theme, first to last."""
    rows = Correction.objects.filter(run=visit.run, undone_at=None).select_related("by").order_by("number")
    found = []
    for row in rows:
        named = {visit.state.in_effect(name) for name in as_act(row).themes()} | as_act(row).themes()
        if theme in named:
            found.append(
                Step(
                    row.number,
                    _dated(row, _sentence(visit, row, theme)),
                    str(row.by) if visit.officer else "",
                    row.note if visit.officer else "",
                )
            )
    return found


def machine_original(visit: Visit, theme: str) -> MachineTheme | None:
    """The theme as the machine found it; None where an officer made it."""
    return MachineTheme.objects.filter(run=visit.run, theme_id=theme).first()


def _dated(row: Correction, sentence: str) -> str:
    day = formats.date_format(timezone.localtime(row.at), "j F Y")
    return _("%(day)s: %(what)s") % {"day": day, "what": sentence}


def _sentence(visit: Visit, row: Correction, theme: str) -> str:
    values: dict[str, Any] = row.values
    match row.kind:
        case "rename":
            return _("an officer named it “%(label)s”.") % {"label": values["label"]}
        case "merge":
            others = ", ".join(name for name in values["themes"] if name != values["into"])
            return _("an officer merged %(others)s into %(into)s.") % {
                "others": others,
                "into": values["into"],
            }
        case "split":
            parts = ", ".join(f"{part['theme']} “{part['label']}”" for part in values["parts"])
            return _("an officer split %(theme)s; new from it: %(parts)s.") % {
                "theme": values["theme"], "parts": parts,
            }  # fmt: skip
        case "group":
            return _("an officer made the group “%(label)s” of %(themes)s.") % {
                "label": values["label"], "themes": ", ".join(values["themes"]),
            }  # fmt: skip
        case "reparent":
            themes = ", ".join(values["themes"])
            if not values["parent"]:
                return _("an officer took %(themes)s out of its group.") % {"themes": themes}
            return _("an officer put %(themes)s into the group “%(group)s”.") % {
                "themes": themes, "group": visit.label(values["parent"]),
            }  # fmt: skip
        case "move" | "answer":
            return _moved(visit, values, theme)
        case _:
            text = ngettext(
                "an officer marked %(n)s passage as no opinion.",
                "an officer marked %(n)s passages as no opinion.",
                len(values["passages"]),
            )
            return text % {"n": len(values["passages"])}


def _moved(visit: Visit, values: dict[str, Any], theme: str) -> str:
    count = len(values["passages"])
    target = values.get("theme", "")
    if target and visit.state.in_effect(target) == theme:
        text = ngettext(
            "an officer moved %(n)s passage into it.", "an officer moved %(n)s passages into it.", count
        )
        return text % {"n": count}
    text = ngettext(
        "an officer moved %(n)s passage out of it.", "an officer moved %(n)s passages out of it.", count
    )
    return text % {"n": count}
