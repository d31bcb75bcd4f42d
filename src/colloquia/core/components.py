"""What the shared pieces of a page are made of. ``docs/reference/patterns.md`` says how each is shown.

A room's views fill these records; the templates in ``templates/components/`` show them. They hold
values and words, never HTML. ``language`` is always the code of the text it stands beside, "" where
it is not known.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from colloquia.core.nothing import Nothing
from colloquia.core.tables import Words

Moment = datetime.datetime | datetime.date


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. Without ``url`` they are the place where the reader is."""

    label: Words
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the same thing, as a link. ``count`` may stand behind its label."""

    label: Words
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a long page: ``anchor`` is the id of its heading."""

    anchor: str
    title: Words
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Stat:
    """A count with its date, as a link; or ``nothing``, which says why there is no count."""

    label: Words
    count: int | None = None
    url: str = ""
    as_of: Moment | None = None
    nothing: Nothing | None = None


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One stage that submissions pass through.

    ``count`` is None where the stage was not counted; ``nothing`` then says why. ``inner`` sets a row
    that is a part of the row above it.
    """

    label: Words
    count: int | None
    meaning: Words = ""
    url: str = ""
    nothing: Nothing | None = None
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and its value in a list of metadata; ``moment`` or ``nothing`` instead of ``value``."""

    term: Words
    value: Words | int | None = None
    url: str = ""
    language: str = ""
    moment: Moment | None = None
    nothing: Nothing | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as they were received, beside their translation.

    ``identifier`` and ``url`` are the permanent id and address of the passage; ``source`` says who
    wrote it. ``translated_by`` is a kind of badge: ``machine_translation``, or "" for a person. Where the
    words may not be read any more, ``instead`` says so, and nothing else is given.
    """

    text: str
    language: str
    identifier: str = ""
    url: str = ""
    source: Words = ""
    source_url: str = ""
    translation: str = ""
    translation_language: str = ""
    translated_by: str = "machine_translation"
    badges: tuple[str, ...] = ()
    instead: Words = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a passage, as offsets in code points. ``label`` says why it is marked."""

    start: int
    end: int
    label: Words = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its permanent id; ``places`` say where it went (themes, questions, what it led to).

    ``acts`` lead to what the reader may do with it.
    """

    identifier: str
    text: str
    language: str = ""
    url: str = ""
    spans: tuple[Span, ...] = ()
    places: tuple[Link, ...] = ()
    badges: tuple[str, ...] = ()
    note: Words = ""
    acts: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a text beside another text."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """A theme with its counts; a count that is None is not shown. ``stability`` is a word, not a score."""

    label: Words
    url: str
    language: str = ""
    submissions: int | None = None
    messages: int | None = None
    organisations: int | None = None
    states: int | None = None
    stability: Words = ""
    badges: tuple[str, ...] = ()
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Something that an officer did. ``undo_url`` takes a POST; ``undone`` says by whom and when."""

    who: Words
    what: Words
    at: Moment
    note: Words = ""
    url: str = ""
    undo_url: str = ""
    undone: Words = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A correction that met another one. ``fields`` are posted again with the reader's decision.

    ``apply_url`` takes a POST that does what was asked for after all; ``discard_url`` is a page. The labels
    replace *Apply mine anyway* and *Keep theirs*.
    """

    happened: Words
    theirs: Words
    yours: Words
    apply_url: str
    discard_url: str
    fields: Mapping[str, str] = field(default_factory=dict)
    apply_label: Words = ""
    discard_label: Words = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work: how much is done, how fast, and how long it may still take.

    ``total`` is None while it is not known. ``rate`` is in units a second.
    """

    label: Words
    state: Literal["waiting", "running", "done", "failed", "stopped"]
    done: int = 0
    total: int | None = None
    rate: float | None = None
    seconds_left: int | None = None
    message: Words = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of something a person has dealt with. ``sentence`` says it in words, with both numbers."""

    sentence: Words
    done: int
    total: int
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class Choosable:
    """One line of a list from which an officer chooses. ``value`` is what the form sends."""

    value: str
    passage: Passage
    chosen: bool = False
