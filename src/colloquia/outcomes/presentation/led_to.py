"""What passages led to, as links beside them, and what an officer may do with a passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.accounts.rules import is_officer
from colloquia.consultations.models import Consultation, Run
from colloquia.core.components import Link
from colloquia.outcomes.models import Citation, SummaryStatus
from colloquia.outcomes.presentation.outcomes import change_label, change_url
from colloquia.outcomes.presentation.summary import sentence_url
from colloquia.outcomes.queries.outcomes import (
    Key,
    changes_citing,
    published_run,
    standings,
    suggestions_of,
)
from colloquia.outcomes.queries.public import Published, published

_HELD = "colloquia.outcomes.published"


def led_to(
    request: Any, consultation: int, run: int, themes: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[Link, ...]]:
    """By passage id: sentences of the summary that cite it, and the outcomes of its themes and of itself.

    One query where nothing of this room is public.
    """
    when = _published(request, consultation)
    if not when.any or not themes:
        return {}
    row = Consultation.objects.select_related("shown_run").get(pk=consultation)
    found: dict[str, list[Link]] = {name: [] for name in themes}
    if when.summary:
        _cited(row, found)
    if when.outcomes:
        _decided(row, run, themes, found)
    return {name: tuple(links) for name, links in found.items() if links}


def _cited(row: Consultation, found: dict[str, list[Link]]) -> None:
    citations = Citation.objects.filter(
        passage_id__in=list(found),
        sentence__summary__run__consultation=row,
        sentence__summary__status=SummaryStatus.SIGNED,
    ).select_related("sentence__summary__run")
    here = get_language() or "en"
    listed = sorted(citations, key=lambda item: (item.sentence.summary.language != here, item.pk))
    for item in listed:
        link = Link(_("Cited in the summary"), sentence_url(row, item.sentence))
        if link not in found[item.passage_id]:
            found[item.passage_id].append(link)


def _decided(
    row: Consultation, run: int, themes: Mapping[str, tuple[str, ...]], found: dict[str, list[Link]]
) -> None:
    decided: Run | None = published_run(row)
    if decided is None:
        return
    standing = standings(decided)
    changes = changes_citing(each for one in standing.values() for each in one.published)
    path = reverse("outcomes", args=[row.slug])

    def add(name: str, key: Key, anchor: str, label: str) -> None:
        outcome = standing[key].public if key in standing else None
        if outcome is None:
            return
        values = {"what": label, "outcome": outcome.words}
        found[name].append(Link(_("Outcome of %(what)s: %(outcome)s") % values, f"{path}#{anchor}"))
        for change in changes.get(key, ()):
            values = {"change": change_label(change)}
            found[name].append(
                Link(_("Change of the paper: %(change)s") % values, change_url(row.slug, change))
            )

    if decided.pk == run:
        for name, ids in themes.items():
            for theme in ids:
                add(name, ("theme", theme), f"theme-{theme}", theme)
    for suggestion in suggestions_of(row):
        if suggestion.passage_id in found:
            label = _("suggestion %(number)s") % {"number": suggestion.number}
            anchor = f"suggestion-{suggestion.number}"
            add(suggestion.passage_id, ("suggestion", str(suggestion.pk)), anchor, label)


def acts(request: Any, slug: str, run: int, passages: Iterable[str]) -> dict[str, tuple[Link, ...]]:
    """For officers: cite the passage in the summary, or mark a drafting suggestion in it. No query."""
    if not is_officer(request.user):
        return {}
    cite, suggest = reverse("summary_cite", args=[slug]), reverse("suggestion_new", args=[slug])
    found: dict[str, tuple[Link, ...]] = {}
    for name in passages:
        query = urlencode({"passage": name, "run": run})
        found[name] = (
            Link(_("Cite in the summary"), f"{cite}?{query}"),
            Link(_("Mark a drafting suggestion"), f"{suggest}?{query}"),
        )
    return found


def state(request: Any, consultation: int) -> str:
    """When each thing of this room was published last. One query a request."""
    return repr(_published(request, consultation))


def _published(request: Any, consultation: int) -> Published:
    held: dict[int, Published] = request.META.setdefault(_HELD, {})
    if consultation not in held:
        held[consultation] = published(pk=consultation)
    return held[consultation]
