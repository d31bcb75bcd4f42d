"""What a file that came back would change, in words; and what became of what was taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from colloquia.consultations.models import CodebookFile, Correction
from colloquia.consultations.presentation.told import Told, told_of
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.recoding import Recoded, Remark
from colloquia.consultations.services.refusals import CorrectionRefused
from colloquia.core.components import Passage
from colloquia.core.tables import Words
from colloquia.core.written import with_thousands
from colloquia.engines.bulk import PassageRow
from colloquia.engines.refi.proposal_records import NEW, OUT, STAY, Proposal

MOST = 100
"""Proposals on a page; the rest shows when these are decided on."""
PASSAGES = 3
_LONGEST = 300
KINDS: dict[str, Words] = {
    "rename": gettext_lazy("Renamed"),
    "regroup": gettext_lazy("Moved to another group"),
    "group": gettext_lazy("New groups"),
    "new": gettext_lazy("New codes"),
    "move": gettext_lazy("Passages coded otherwise"),
    "merge": gettext_lazy("Merged, as it seems"),
    "gone": gettext_lazy("Codes that are gone"),
}
_LEFT: dict[str, Words] = {
    "nested": gettext_lazy("stands below another theme. Here only groups hold themes; it stands beside."),
    "group in group": gettext_lazy("is a group inside another one. Groups hold only themes here."),
    "other question": gettext_lazy("was put under another question. Move its passages there instead."),
    "question": gettext_lazy("is a question of the paper, which is not renamed here."),
    "group gone": gettext_lazy("is a group that is gone. A group stays here; its themes may leave it."),
    "empty": gettext_lazy("is a new code that holds no passage and no theme. A theme is made of passages."),
    "no question": gettext_lazy(
        "is a new code that belongs to no question. Put it under one, and send again."
    ),
    "several": gettext_lazy(
        "bears several new codes of one question. Here it is in one theme of a question; place it by hand."
    ),
    "no theme": gettext_lazy("is coded with a group or a question. Code it with a theme."),
}
_REMARKS: dict[str, Words] = {
    "no-source": gettext_lazy("A coding of a text that is none of ours was not taken."),
    "no-text": gettext_lazy("A coding was not taken: its words are not in our text, which was edited."),
    "no-passage": gettext_lazy("A coding was not taken: it covers less than half of any passage."),
    "ambiguous": gettext_lazy(
        "A code came back under another GUID, and several bear its name; it is shown as a new code."
    ),
    "merges-unknown": gettext_lazy(
        "Codes are gone. The file does not say whether they were deleted or merged; choose for each."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal in words, with some of its passages. ``note`` says what was changed here since."""

    item: Proposal
    sentence: str
    note: str
    passages: tuple[Passage, ...]
    more: int
    choices: tuple[tuple[str, str], ...]

    @property
    def is_ticked(self) -> bool:
        """Whether it is ticked at first."""
        return self.item.is_advised


@dataclass(frozen=True, slots=True)
class Group:
    """Proposals of one kind."""

    kind: str
    title: Words
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a proposal: ``refusal`` or ``others`` say why nothing, or not all, was done."""

    sentence: str
    done: tuple[Told, ...]
    refusal: str
    others: tuple[Told, ...]


def groups_of(visit: Visit, found: Recoded) -> list[Group]:
    """The first proposals for a page, by kind. One look at the bulk."""
    shown = found.proposals[:MOST]
    names = [name for item in shown for name in item.passages[:PASSAGES]]
    passages = visit.bulk.passages_by_id(list(dict.fromkeys(names))) if names else {}
    labels = {NEW + item.code: item.label for item in found.proposals if item.code}
    lines = [_line(visit, item, passages, labels) for item in shown]
    return [
        Group(kind, title, tuple(line for line in lines if line.item.kind == kind))
        for kind, title in KINDS.items()
        if any(line.item.kind == kind for line in lines)
    ]


def _line(
    visit: Visit, item: Proposal, passages: Mapping[str, PassageRow], labels: Mapping[str, str]
) -> Line:
    shown = [passages[name] for name in item.passages[:PASSAGES] if name in passages]
    fields = {
        "kind": item.kind, "question": item.question, "theme": item.theme, "label": item.label,
        "parent": item.parent, "count": len(item.passages or item.themes), "before": item.before,
    }  # fmt: skip
    return Line(
        item,
        sentence(visit, fields, labels),
        _note(item),
        tuple(
            Passage(
                row.passage_id,
                row.text if len(row.text) <= _LONGEST else f"{row.text[:_LONGEST].rstrip()}…",
                row.language,
                visit.url("consultation_passage", row.passage_id),
            )
            for row in shown
        ),
        max(0, len(item.passages) - len(shown)),
        tuple((name, _choice(visit, name)) for name in item.choices),
    )


def _choice(visit: Visit, name: str) -> str:
    if name == STAY:
        return _("Leave the theme as it is")
    if name == OUT:
        return _("Take its passages out of it, into no theme")
    return _("Merge it into %(theme)s") % {"theme": _theme(visit, name, {})}


def _theme(visit: Visit, name: str, labels: Mapping[str, str]) -> str:
    if name.startswith(NEW):
        return _("“%(label)s” (new)") % {"label": labels.get(name, "")}
    return _("“%(label)s” (%(id)s)") % {"label": visit.label(name), "id": name}


def sentence(visit: Visit, item: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """A proposal, or what was one, in a sentence."""
    count = int(item["count"])
    values = {
        "theme": _theme(visit, item["theme"], labels) if item["theme"] else "",
        "label": item["label"],
        "question": item["question"] or _("all questions"),
        "n": with_thousands(count),
    }
    match item["kind"]:
        case "rename":
            return _("Name %(theme)s “%(label)s”.") % values
        case "regroup":
            if not item["parent"]:
                return _("Take %(theme)s out of its group.") % values
            values["group"] = _theme(visit, item["parent"], labels)
            return _("Put %(theme)s into the group %(group)s.") % values
        case "group":
            text = ngettext(
                "Make the group “%(label)s” of %(n)s theme, in %(question)s.",
                "Make the group “%(label)s” of %(n)s themes, in %(question)s.",
                count,
            )
        case "new":
            text = ngettext(
                "Make the theme “%(label)s” of %(n)s passage, in %(question)s.",
                "Make the theme “%(label)s” of %(n)s passages, in %(question)s.",
                count,
            )
        case "merge":
            values["into"] = _theme(visit, item["parent"], labels)
            return _("Merge %(theme)s into %(into)s: all its passages bear that code now.") % values
        case "gone":
            return _("The code of %(theme)s is gone.") % values
        case _ if item["theme"]:
            text = ngettext("Move %(n)s passage to %(theme)s.", "Move %(n)s passages to %(theme)s.", count)
        case _:
            text = ngettext(
                "Take %(n)s passage out of its theme, in %(question)s.",
                "Take %(n)s passages out of their themes, in %(question)s.",
                count,
            )
    return text % values


def _note(item: Proposal) -> str:
    words = []
    if item.kind == "rename":
        words.append(_("It was “%(label)s” when the file left.") % {"label": item.before})
    if item.changed:
        words.append(_("This was changed here since the file left; what stands now would be changed again."))
    if item.double:
        words.append(_("They bear their old code as well; here they would leave the old theme."))
    return " ".join(words)


def left_of(visit: Visit, found: Recoded) -> list[tuple[str, Words, str]]:
    """What cannot be taken over: a code or passage, why not, and the address of the passage."""
    return [
        (
            item.name,
            _LEFT[item.reason],
            visit.url("consultation_passage", item.name) if item.reason in ("several", "no theme") else "",
        )
        for item in found.left[:MOST]
    ]


def remark(item: Remark) -> tuple[Words, str]:
    """A remark of the reader of files: the sentence, and where."""
    return _REMARKS.get(item.kind, item.sentence), "" if item.kind == "merges-unknown" else item.where


def outcomes_of(visit: Visit, file: CodebookFile) -> list[Outcome]:
    """What became of what was confirmed last. One query."""
    numbers = [
        number
        for item in file.outcomes
        for name in ("corrections", "others")
        for number in item.get(name, ())
    ]
    rows = Correction.objects.filter(run=file.run_id, number__in=numbers).select_related("by")
    told = {line.number: line for line in told_of(visit, rows)} if numbers else {}

    def lines(listed: Sequence[int]) -> tuple[Told, ...]:
        return tuple(told[number] for number in listed if number in told)

    found = []
    for item in file.outcomes:
        if item.get("stale"):
            words = _("A proposal did not fit any more and was passed over.")
            found.append(Outcome(words, (), "", ()))
            continue
        refusal = str(CorrectionRefused(item["refusal"], **item["values"])) if item.get("refusal") else ""
        labels = {name: item["label"] for name in (item["theme"], item["parent"]) if name.startswith(NEW)}
        found.append(
            Outcome(
                sentence(visit, item, labels),
                lines(item["corrections"]),
                refusal,
                lines(item.get("others", ())),
            )
        )
    return found


def proposal_json(item: Proposal) -> dict[str, Any]:
    """A proposal as JSON."""
    return {
        "key": item.key,
        "kind": item.kind,
        "question": item.question or None,
        "theme": item.theme or None,
        "label": item.label or None,
        "parent": item.parent or None,
        "themes": list(item.themes),
        "passages": list(item.passages),
        "changed_since": item.changed,
        "bears_old_code": item.double,
        "choices": list(item.choices),
    }
