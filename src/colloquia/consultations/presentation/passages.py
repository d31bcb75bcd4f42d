"""Passages as pages list them: the words, who sent them, where they went, their translation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from colloquia.consultations.presentation.translations import (
    Beside,
    badge_of_document,
    translated_from,
    translations_of,
)
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import Sender, sender
from colloquia.core.components import Link, Passage
from colloquia.core.registry import registered_passage_links
from colloquia.engines.bulk import PassageRow, Placement

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Listed:
    """A passage in a list, with its sender and a translation that stands beside it."""

    row: PassageRow
    passage: Passage
    sender: Sender
    sender_url: str
    beside: Beside | None


def listed(
    visit: Visit, rows: Sequence[PassageRow], *, places: bool = False, offers: bool = True
) -> list[Listed]:
    """Passages for a page. ``places`` says of each where it went; ``offers`` what an officer may do."""
    beside = translations_of(visit, rows)
    translated = translated_from(visit)
    where = places_of(visit, rows) if places else {}
    acts = acts_on(visit, rows) if offers else {}
    return [
        Listed(
            row,
            replace(
                passage(visit, row, where.get(row.row, ()), translated.get(row.document_id, "")),
                acts=acts.get(row.passage_id, ()),
            ),
            sender(visit, row),
            visit.url("consultation_submission", row.submission_id),
            beside.get(row.passage_id),
        )
        for row in rows
    ]


def passage(visit: Visit, row: PassageRow, places: Sequence[Link] = (), translation_of: str = "") -> Passage:
    """One passage with its permanent address."""
    badges = ["shared"] if row.shared else []
    if row.language not in supported(visit):
        badges.append("unsupported")
    if translation_of and (badge := badge_of_document(visit, row.document_id)):
        badges.append(badge)
    return Passage(
        row.passage_id,
        row.text,
        row.language,
        visit.url("consultation_passage", row.passage_id),
        places=tuple(places),
        badges=tuple(badges),
        note=_("Translation of the passage %(id)s.") % {"id": translation_of} if translation_of else "",
    )


def supported(visit: Visit) -> frozenset[str]:
    """Languages of the run whose passages were compared by meaning."""
    return frozenset(item["language"] for item in visit.run.languages if item.get("supported"))


def places_of(visit: Visit, rows: Sequence[PassageRow]) -> dict[int, list[Link]]:
    """Where passages went, by row, and what they led to."""
    found: dict[int, list[Link]] = defaultdict(list)
    themes: dict[int, list[str]] = defaultdict(list)
    for place in visit.bulk.placements([row.row for row in rows]):
        found[place.row].append(link(visit, place))
        if place.theme_id:
            themes[place.row].append(place.theme_id)
    if not rows:
        return found
    ids = {row.passage_id: tuple(themes[row.row]) for row in rows}
    for hook in registered_passage_links():
        led = hook.led_to(visit.request, visit.consultation.pk, visit.run.pk, ids)
        for row in rows:
            found[row.row] += led.get(row.passage_id, ())
    return found


def acts_on(visit: Visit, rows: Sequence[PassageRow]) -> dict[str, tuple[Link, ...]]:
    """What this reader may do with passages, by id. No query."""
    found: dict[str, tuple[Link, ...]] = {}
    names = [row.passage_id for row in rows]
    for hook in registered_passage_links():
        for name, links in hook.acts(visit.request, visit.slug, visit.run.number, names).items():
            found[name] = (*found.get(name, ()), *links)
    return found


def link(visit: Visit, place: Placement) -> Link:
    """A question and the theme there, by whom, and how sure the machine was."""
    theme = visit.label(place.theme_id) if place.theme_id else ""
    values = {"question": place.question_id, "theme": theme, "score": f"{place.score:.2f}"}
    if place.theme_id:
        url = visit.url("consultation_theme", place.theme_id)
    else:
        url = visit.url("consultation_question", place.question_id)
    if place.by_officer:
        if not place.question_id:
            return Link(_("All questions: %(theme)s (by an officer)") % values, url)
        if not theme:
            return Link(_("%(question)s: in no theme (by an officer)") % values, url)
        return Link(_("%(question)s: %(theme)s (by an officer)") % values, url)
    if not place.question_id:
        return Link(_("All questions: %(theme)s (by machine, %(score)s)") % values, url)
    if not theme:
        return Link(_("%(question)s: in no theme (by machine, %(score)s)") % values, url)
    return Link(_("%(question)s: %(theme)s (by machine, %(score)s)") % values, url)
