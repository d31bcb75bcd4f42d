"""What an officer chose, as the page of an act shows it: labels of themes, texts of passages."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from django.utils.translation import gettext as _

from colloquia.consultations.forms.selection import Selection
from colloquia.consultations.presentation.passages import Listed, listed
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.state import machine_bulk
from colloquia.engines.bulk import PassageRow

SHOWN = 50
"""Passages shown with their text; of more, the ids."""


class Chosen:
    """Themes and passages of a selection. What is not in this run is left out here and refused by the act."""

    def __init__(self, visit: Visit, selection: Selection) -> None:
        self._visit, self._selection = visit, selection

    @cached_property
    def themes(self) -> list[tuple[str, str]]:
        """Ids and labels of the themes chosen."""
        return [(name, self._visit.label(name)) for name in self._selection.themes]

    @cached_property
    def _found(self) -> dict[str, PassageRow]:
        return self._visit.bulk.passages_by_id(self._selection.passages)

    @property
    def rows(self) -> list[int]:
        """Rows of the passages chosen."""
        return [row.row for row in self._found.values()]

    @property
    def count(self) -> int:
        """How many passages were chosen."""
        return len(self._selection.passages)

    @cached_property
    def passages(self) -> list[Listed]:
        """The first of the passages, each with where it is, and where the program had put it if elsewhere."""
        chosen = [self._found[name] for name in self._selection.passages[:SHOWN] if name in self._found]
        question, visit = self._selection.question, self._visit
        origin = {
            item.row: item.theme_id
            for item in machine_bulk(visit.run).placements([row.row for row in chosen])
            if item.question_id == question
        }
        now = {
            item.row: item.theme_id
            for item in visit.bulk.placements([row.row for row in chosen])
            if item.question_id == question
        }
        return [
            self._with_origin(item, origin.get(item.row.row, ""), now.get(item.row.row, ""))
            for item in listed(visit, chosen, places=True)
        ]

    def _with_origin(self, item: Listed, origin: str, now: str) -> Listed:
        if self._visit.state.in_effect(origin) == now:
            return item
        words = (
            _("The program had put it in “%(label)s” (%(id)s).")
            % {"label": self._visit.label(origin), "id": origin}
            if origin
            else _("The program had put it in no theme here.")
        )
        return replace(item, passage=replace(item.passage, note=words))

    @property
    def more(self) -> list[str]:
        """Ids of the passages that are not shown with their text."""
        return list(self._selection.passages[SHOWN:])
