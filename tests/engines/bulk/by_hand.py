"""The same counts in plain Python, row by row, to hold the database's against."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from colloquia.engines.bulk import Filters, Overlay, Size
from colloquia.engines.organisations import Mention, propose
from tests.engines.bulk.conftest import Docket

Placed = list[tuple[str, dict[str, Any]]]


def fold(text: str) -> str:
    return " ".join(text.split()).lower()


class ByHand:
    """A docket under an overlay and filters."""

    def __init__(self, docket: Docket, overlay: Overlay, filters: Filters) -> None:
        self.docket, self.overlay, self.filters = docket, overlay, filters
        self.passages = docket.tables["passages"]
        self.row = {passage["passage_id"]: row for row, passage in enumerate(self.passages)}
        first: dict[str, str] = {}
        for one in docket.tables["submissions"]:
            first.setdefault(fold(one["stakeholder"]), one["stakeholder"].strip())
        named = propose(
            Mention(
                one["submission_id"], one["organisation"], one["country"], stakeholder=one["stakeholder"],
                channel=one["channel"],
            )
            for one in docket.tables["submissions"]
        )  # fmt: skip
        bodies = {mention: body.key for body in named.bodies for mention in body.mentions}
        self.chosen = {}
        for one in docket.tables["submissions"]:
            stakeholder = first[fold(one["stakeholder"])]
            body = bodies.get(one["submission_id"], "")
            body = overlay.organisations.get(body, body)
            state = one["country"] if stakeholder in overlay.state_stakeholders else ""
            if all(
                not wanted or value in wanted
                for wanted, value in (
                    (filters.stakeholders, stakeholder), (filters.countries, one["country"]),
                    (filters.languages, one["language"]), (filters.channels, one["channel"]),
                    (filters.organisations, body),
                )
            ):  # fmt: skip
                self.chosen[one["submission_id"]] = (one["message"], body, state)

    def looked_at(self, row: int) -> bool:
        passage = self.passages[row]
        if self.filters.without_shared and passage["shared"]:
            return False
        return self.filters.search.lower() in passage["text"].lower()

    def placed(self, question: str) -> Placed:
        own = {row: theme for asked, row, theme in self.overlay.overrides if asked == question}
        themes = set(self.docket.themes_of(question))
        found = [
            (self.overlay.theme_map.get(item["theme_id"], item["theme_id"]), self.row[item["passage_id"]])
            for item in self.docket.tables["passage_themes"]
            if item["theme_id"] in themes and self.row[item["passage_id"]] not in own
        ]
        found += [(theme, row) for row, theme in own.items() if theme]
        return self._passages(found)

    def answering(self, question: str) -> Placed:
        judged = {row: yes for asked, row, yes in self.overlay.answers if asked == question}
        rows = {
            self.row[item["passage_id"]]
            for item in self.docket.tables["passage_questions"]
            if item["question_id"] == question
        }
        rows = {row for row in rows if judged.get(row, True)} | {row for row, yes in judged.items() if yes}
        return self._passages([(question, row) for row in sorted(rows)])

    def _passages(self, found: list[tuple[str, int]]) -> Placed:
        return [
            (name, self.passages[row])
            for name, row in found
            if row not in self.overlay.not_opinion
            and self.looked_at(row)
            and self.passages[row]["submission_id"] in self.chosen
        ]

    def sizes(self, placed: Placed, *, with_parents: bool = False) -> dict[str, Size]:
        by_name: dict[str, list[str]] = defaultdict(list)
        for name, passage in placed:
            by_name[name].append(passage["submission_id"])
            if with_parents and name in self.overlay.parents:
                by_name[self.overlay.parents[name]].append(passage["submission_id"])
        return {name: self._size(senders) for name, senders in by_name.items()}

    def _size(self, senders: list[str]) -> Size:
        of = [self.chosen[sender] for sender in set(senders)]
        return Size(
            len(of),
            len({message for message, _, _ in of if message >= 0}),
            len({body for _, body, _ in of if body}),
            len({state for _, _, state in of if state}),
            len(senders),
        )
