"""What an officer states about a version, and the plan of an import."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from typing import Any

from colloquia.engines.papers.matching import Match
from colloquia.engines.papers.records import DraftPaper


@dataclass(frozen=True, slots=True)
class Given:
    """What the officer states about the version; blank: as the file says."""

    paper: str
    version: str
    title: str = ""
    symbol: str = ""
    date: str = ""
    language: str = ""
    status: str = ""
    prefix: str = ""

    def merged(self, draft: DraftPaper) -> Given:
        """With the file's own statements where nothing was stated."""
        initials = "".join(part[0] for part in self.paper.split("-") if part)[:4].upper()
        return replace(
            self,
            title=self.title or draft.title,
            symbol=self.symbol or draft.symbol,
            date=self.date or draft.date,
            language=(self.language or draft.language or "en").lower(),
            status=self.status or "final",
            prefix=self.prefix or initials,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that would be written, and everything that speaks against it.

    ``ids`` maps each place to the id it would get, a new one included; places left out are absent.
    ``withdrawn`` are ids of the starter set that this version would lose. ``refusals`` forbid the import,
    ``undecided`` are places whose proposal nobody has looked at yet.
    """

    draft: DraftPaper
    given: Given
    matches: Mapping[str, Match]
    ids: Mapping[str, str]
    overlays: bool
    adds_language: bool
    withdrawn: tuple[str, ...]
    refusals: tuple[str, ...]
    undecided: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        """SHA-256 of everything that the officer was shown; another state of the site gives another."""
        shown = [
            self.draft.as_data(), sorted(self.ids.items()), self.withdrawn, self.overlays, astuple(self.given)
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def counts(self) -> dict[str, int]:
        """Issues and questions: how many are known, new, and left out."""
        counts = {"issues_known": 0, "issues_new": 0, "questions_known": 0, "questions_new": 0, "left_out": 0}
        for place, found in self.matches.items():
            kind = "questions" if "." in place else "issues"
            if place not in self.ids:
                counts["left_out"] += 1
            else:
                counts[f"{kind}_known" if found.id in self.known else f"{kind}_new"] += 1
        return counts


def as_given(data: Mapping[str, Any]) -> dict[str, str]:
    """The stated fields as they are kept with an import."""
    return {
        name: str(data.get(name) or "")
        for name in ("title", "symbol", "date", "language", "status", "prefix")
    }
