"""What an officer chose on a page: themes, passages, or all passages of a list; carried from page to page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from colloquia.engines.bulk import Bulk, Filters

_LONGEST = 64
MOST = 20_000
"""So many passages in one act at most: beyond them a page could not say what it is about to do."""


@dataclass(frozen=True, slots=True)
class Selection:
    """``themes`` and ``passages`` are ids, ``question`` is "" for the docket.

    ``of`` is the theme from whose list the passages come, "" where it is a list of passages in no theme.
    With ``every`` all passages of that list are meant, under the filters in ``pairs``. ``seen`` is the number
    of the last act that the page knew; ``back`` is where the officer was.
    """

    question: str = ""
    themes: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    of: str = ""
    every: bool = False
    seen: int = 0
    back: str = ""
    pairs: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def read(cls, data: QueryDict, *, latest: int, pairs: Iterable[tuple[str, str]] = ()) -> Selection:
        """From an address or a form. ``latest`` is the last act of the run."""
        listed = [*data.getlist("passage"), *data.get("passages", "").split()]
        seen = data.get("seen", "")
        back = data.get("back", "")
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
        return cls(
            _short(data.get("question", "")),
            tuple(dict.fromkeys(_short(name) for name in data.getlist("theme") if name.strip())),
            tuple(dict.fromkeys(_short(name) for name in listed if name.strip())),
            _short(data.get("of", "")),
            data.get("all", "") == "1",
            min(int(seen), latest) if seen.isascii() and seen.isdigit() and len(seen) < 10 else latest,
            back[:2000] if safe else "",
            tuple(pairs),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen."""
        return not (self.themes or self.passages or self.every)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The same as fields of a form that asks once more."""
        found = [("question", self.question), ("of", self.of), ("seen", str(self.seen)), ("back", self.back)]
        found += [("theme", name) for name in self.themes]
        if self.every:
            found += [("all", "1"), *self.pairs]
        elif self.passages:
            found.append(("passages", " ".join(self.passages)))
        return [(name, value) for name, value in found if value]

    @property
    def final(self) -> list[tuple[str, str]]:
        """As fields of the form that does it: exactly the passages that the officer was shown."""
        return replace(self, every=False, pairs=()).fields

    def resolved(self, bulk: Bulk, filters: Filters) -> Selection:
        """With all passages of the list named one by one, ``MOST`` at the most."""
        if not self.every:
            return self
        rows, _total = bulk.passages(
            question=self.question, theme=self.of, filters=filters, order="received", limit=MOST
        )
        return replace(self, passages=tuple(row.passage_id for row in rows))


def _short(text: str) -> str:
    return text.replace("\x00", "").strip()[:_LONGEST]
