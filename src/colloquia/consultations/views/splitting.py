"""Splitting a theme: by the program's proposal, or by examples that an officer gives for each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colloquia.consultations.forms.selection import Selection
from colloquia.consultations.forms.splitting import PartForm
from colloquia.consultations.models import ThemeInEffect
from colloquia.consultations.presentation.chosen import Chosen
from colloquia.consultations.presentation.told import told
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.splitting import NoProposal, material
from colloquia.consultations.services import CorrectionConflict, CorrectionRefused, acts
from colloquia.consultations.services.acting import carry_out
from colloquia.consultations.views.correcting import done, selection_of, visit_of
from colloquia.consultations.views.doors import workers_only
from colloquia.consultations.views.finding import NothingHere
from colloquia.consultations.views.showing import show
from colloquia.core.components import Link
from colloquia.engines.bulk import PassageRow
from colloquia.engines.personal_data import without_placeholders

PARTS = range(2, 7)
SHOWN = 12
"""Passages of each part that are shown, closest to the theme first; the others go with their part."""
EXAMPLES = 40


@dataclass(frozen=True, slots=True)
class Part:
    """A part as the page shows it. The first part stays under the theme's own id and label."""

    number: int
    form: PartForm | None
    terms: tuple[str, ...]
    count: int
    shown: list[tuple[PassageRow, bool]]

    @property
    def more(self) -> int:
        """Passages that are not shown."""
        return self.count - len(self.shown)


@workers_only
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, slug: str) -> HttpResponseBase:
    """How to split a theme; its proposed parts; and on POST the split itself."""
    visit = visit_of(request, slug)
    chosen = selection_of(visit)
    theme = _theme(visit, chosen)
    data = request.POST if request.method == "POST" else request.GET
    step = data.get("step", "")
    count = int(data["parts"]) if data.get("parts", "") in {str(number) for number in PARTS} else 0
    try:
        if request.method == "POST" and step == "split":
            return _do(visit, chosen, theme, count)
        if request.method == "POST" and step == "place" and count:
            return _placed(visit, chosen, theme, count)
        if step == "examples" and count:
            rows, _total = visit.bulk.passages(
                question=theme.question_id, theme=theme.theme_id, limit=EXAMPLES
            )
            asked = [(row, 0) for row in rows]
            return _page(visit, chosen, theme, examples=asked, parts_wanted=range(1, count + 1), count=count)
        if step == "propose" and count:
            return _proposed(visit, chosen, theme, count)
    except NoProposal as error:
        return _page(visit, chosen, theme, refusal=str(error), status=422)
    return _page(visit, chosen, theme)


def _theme(visit: Visit, chosen: Selection) -> ThemeInEffect:
    """The one theme. Raises NothingHere."""
    row = visit.themes.get(chosen.themes[0]) if len(chosen.themes) == 1 else None
    if row is None or not row.is_live or row.is_parent:
        raise NothingHere(_("Choose one theme, not a group, on the page of its question."))
    return row


def _proposed(visit: Visit, chosen: Selection, theme: ThemeInEffect, count: int) -> HttpResponseBase:
    from colloquia.engines.themes.split import propose_split

    rows, vectors = material(visit.run, theme.question_id, theme.theme_id)
    found = propose_split(vectors, *_said(rows), parts=count)
    return _parts_page(visit, chosen, theme, rows, found.labels, count)


def _placed(visit: Visit, chosen: Selection, theme: ThemeInEffect, count: int) -> HttpResponseBase:
    """The rest of the passages placed beside the examples given."""
    from colloquia.engines.themes.split import assign_to_parts

    rows, vectors = material(visit.run, theme.question_id, theme.theme_id)
    place = {row.passage_id: number for number, row in enumerate(rows)}
    examples = [
        (place[name.removeprefix("example-")], int(value) - 1)
        for name, value in visit.request.POST.items()
        if name.removeprefix("example-") in place and value in {str(number) for number in range(1, count + 1)}
    ]
    if {part for _row, part in examples} != set(range(count)):
        given = {rows[row].passage_id: part + 1 for row, part in examples}
        return _page(
            visit,
            chosen,
            theme,
            examples=[(row, given.get(row.passage_id, 0)) for row in rows[:EXAMPLES]],
            parts_wanted=range(1, count + 1),
            count=count,
            refusal=_("Give at least one example for each part."),
            status=422,
        )
    labels = assign_to_parts(vectors, *_said(rows), examples, count)
    return _parts_page(visit, chosen, theme, rows, labels, count)


def _said(rows: list[PassageRow]) -> tuple[list[str], list[str]]:
    """What passages say in their own words, and in which languages."""
    return [without_placeholders(row.text) for row in rows], [row.language for row in rows]


def _parts_page(
    visit: Visit, chosen: Selection, theme: ThemeInEffect, rows: list[PassageRow], labels: Any, count: int
) -> HttpResponseBase:
    """Parts with their terms, sizes and some passages; the largest stays what the theme is."""
    from colloquia.engines.themes.naming import name_themes

    found = sorted({int(label) for label in labels})
    if len(found) < 2:
        raise NoProposal(
            _("The passages are too much alike to be split in parts: choose some of them yourself.")
        )
    names = name_themes([row.text for row in rows], [row.language for row in rows], labels, max(found) + 1)
    members = {label: [row for row, own in zip(rows, labels, strict=True) if own == label] for label in found}
    order = sorted(found, key=lambda label: -len(members[label]))
    parts = [_part(number, members[label], *names[label]) for number, label in enumerate(order, start=1)]
    return _page(visit, chosen, theme, parts=parts, count=count)


def _part(number: int, rows: Sequence[PassageRow], label: str, terms: tuple[str, ...]) -> Part:
    shown = list(rows[:SHOWN])
    form = None
    if number > 1:
        held = {
            "label": label,
            "passages": " ".join(row.passage_id for row in rows),
            "shown": " ".join(row.passage_id for row in shown),
        }
        form = PartForm(initial=held, prefix=f"part-{number}")
    return Part(number, form, terms, len(rows), [(row, True) for row in shown])


def _do(visit: Visit, chosen: Selection, theme: ThemeInEffect, count: int) -> HttpResponseBase:
    """The split as the officer left it: labels typed, boxes cleared."""
    data = visit.request.POST
    forms = [PartForm(data, prefix=f"part-{number}") for number in range(2, count + 1)]
    forms = [form for form in forms if f"{form.prefix}-passages" in data]
    refusal, conflict = "", None
    valid = [form.is_valid() for form in forms]
    if all(valid):
        kept = {form.prefix: data.getlist(f"{form.prefix}-keep") for form in forms}
        parts = [(form.cleaned_data["label"], form.taken(kept[form.prefix])) for form in forms]
        try:
            row = carry_out(
                visit.run,
                acts.split(theme.theme_id, parts),
                by=visit.request.user,
                seen=chosen.seen,
                note=data.get("note", "")[:2000],
            )
        except CorrectionRefused as error:
            refusal = str(error)
        except CorrectionConflict as met:
            conflict, chosen = met, replace(chosen, seen=met.sequence)
        else:
            return done(visit, row, chosen)
    return _page(
        visit,
        chosen,
        theme,
        parts=_as_typed(visit, forms, data),
        count=count,
        refusal=refusal,
        conflict=conflict,
        note=data.get("note", ""),
        status=409 if conflict else 422,
    )


def _as_typed(visit: Visit, forms: Sequence[PartForm], data: QueryDict) -> list[Part]:
    """The parts again as they were sent, boxes and labels as the officer left them."""
    found = []
    for number, form in enumerate(forms, start=2):
        names = data.get(f"{form.prefix}-passages", "").split()
        shown = data.get(f"{form.prefix}-shown", "").split()
        kept = set(data.getlist(f"{form.prefix}-keep"))
        rows = visit.bulk.passages_by_id(shown)
        listed = [(rows[name], name in kept) for name in shown if name in rows]
        found.append(Part(number, form, (), len(names), listed))
    return found


def _page(
    visit: Visit,
    chosen: Selection,
    theme: ThemeInEffect,
    *,
    conflict: CorrectionConflict | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponseBase:
    response = show(
        visit.request,
        visit,
        "correct_split.html",
        name="consultation_split",
        trail=(Link(_("Split a theme")),),
        chosen=chosen,
        things=Chosen(visit, chosen),
        split_theme=theme,
        choices=PARTS,
        back=chosen.back or visit.url("consultation_theme", theme.theme_id),
        conflict=conflict,
        theirs=told(visit, conflict) if conflict else [],
        **context,
    )
    response.status_code = status
    return response
