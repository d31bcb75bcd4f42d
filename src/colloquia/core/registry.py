"""Where rooms say what they add to places that may not know them.

A room registers in ``AppConfig.ready``. Names are unique; the order is by ``order``, then name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, Literal, Protocol, TypeVar

from colloquia.core.components import Link


class DuplicateName(ValueError):
    """Two parts of the program want the same name in the registry."""


class Named(Protocol):
    """Anything that can be registered."""

    @property
    def name(self) -> str:
        """Unique among its kind, with the room: ``clearinghouse.provisions``."""

    @property
    def order(self) -> int:
        """Place among its kind; smaller comes first."""


class Absence(StrEnum):
    """Why a count is not a number of things to read. Each is a different statement."""

    NONE_RECEIVED = "none_received"
    SEARCHED = "searched"
    STATED_NONE = "stated_none"
    NOT_APPLICABLE = "not_applicable"
    NOT_YET_OPEN = "not_yet_open"
    NOT_SHOWN = "not_shown"
    """It was shown, and is not at present."""
    NOT_KEPT = "not_kept"
    """No room of this site keeps such records yet."""


CountKind = Literal["answers", "law", "interventions", "evidence", "options"]


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """One of the five counts at the head of the page of a question.

    ``number`` counts what can be read; where it is None or 0, ``absence`` says which kind of nothing it
    is. ``on`` is the day of the count, or the day searched. ``url`` leads to what was counted; ``label``
    says what that is where the kind is too wide a word (“answers in two calls”).
    """

    kind: CountKind
    number: int | None = None
    absence: Absence | None = None
    on: date | None = None
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """A section of the page of a question. ``render`` gets the request and the question's id.

    It gives markup, or an empty string where the section has nothing to say. Sections in the place
    ``open`` say what can be done now and stand above the counts; all others stand below, in their order.
    ``counts`` gets the same arguments and gives the counts that this room keeps.
    """

    name: str
    title: str
    render: Callable[[Any, str], str]
    order: int = 100
    place: Literal["open", "body"] = "body"
    counts: Callable[[Any, str], Iterable[QuestionCount]] | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a consultation, shown above every page of it: call, submissions, analysis, outcome.

    ``route`` gets the person and gives an expression over the table of consultations: the name of the route
    of the page of the stage, blank where this person sees nothing of it (yet). One query asks for all stages.
    """

    name: str
    title: str
    route: Callable[[Any], Any]
    order: int = 100


@dataclass(frozen=True, slots=True)
class SubmissionSection:
    """A section of the page of one submission. ``render`` gets the request, the identifier and whether the
    reader came by the sender's private link; it gives markup, or an empty string for nothing to say.
    """

    name: str
    title: str
    render: Callable[[Any, str, bool], str]
    order: int = 100


@dataclass(frozen=True, slots=True)
class PassageLinks:
    """What passages of a run led to, and what the reader may do with them.

    ``led_to`` gets the request, the primary keys of consultation and run, and for each passage id the ids of
    its themes; it gives links by passage id. ``acts`` gets the request, address and number of the run and
    passage ids, and gives links to what the reader may do. ``state`` gets the request and the primary key of
    a consultation, and names what the links are made of, so that pages which hold them know their age.
    """

    name: str
    led_to: Callable[[Any, int, int, Mapping[str, tuple[str, ...]]], Mapping[str, tuple[Link, ...]]]
    acts: Callable[[Any, str, int, Iterable[str]], Mapping[str, tuple[Link, ...]]]
    state: Callable[[Any, int], str]
    order: int = 100


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing in one language for the search index; ``access`` names who may find it."""

    kind: str
    object_id: str
    language: str
    title: str
    body: str
    url: str
    access: str = "public"
    facets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchSource:
    """What a room puts into search: everything, and what one object gives now (nothing: remove it)."""

    name: str
    every: Callable[[], Iterable[SearchDocument]]
    one: Callable[[str], Iterable[SearchDocument]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class Export:
    """A list that can be taken away as CSV, JSON or XLSX. ``rows`` gets the person who asks."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Callable[[Any], Iterator[Mapping[str, Any]]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class Feed:
    """A public Atom or iCalendar feed by the name of its URL pattern."""

    name: str
    title: str
    url_name: str
    media_type: str = "application/atom+xml"
    order: int = 100


@dataclass(frozen=True, slots=True)
class LeakSurface:
    """Addresses that a stranger can fetch, for the test that nothing sealed shows on any of them."""

    name: str
    addresses: Callable[[], Iterable[str]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of the record found at a place. Not every finding is a difference: what was destroyed on
    purpose is said, and is none.
    """

    where: str
    what: str
    is_difference: bool = True


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """One kind of stored thing that ``colloquia verify`` compares with what it was when it was received.

    ``total`` gives the number of things to look at. ``findings`` is called with a function to which it tells
    how many are done, reads what is stored in pieces, and writes nothing.
    """

    name: str
    title: str
    total: Callable[[], int]
    findings: Callable[[Callable[[int], None]], Iterable[Finding]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What a room keeps of a person who has an account.

    ``records`` gives it as plain JSON values; ``files`` the names and attachments of what they sent;
    ``erase`` destroys what is only theirs, within the caller's transaction, and gives counts by kind.
    """

    name: str
    records: Callable[[Any], Any]
    files: Callable[[Any], Iterable[tuple[str, Any]]] = lambda _person: ()
    erase: Callable[[Any], Mapping[str, int]] = lambda _person: {}
    order: int = 100


Entry = TypeVar("Entry", bound=Named)


class _Shelf(Generic[Entry]):
    """One kind of entries."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, entry: Entry) -> None:
        """Put an entry on the shelf. The very same entry twice is one."""
        if self._entries.setdefault(entry.name, entry) != entry:
            raise DuplicateName(f"“{entry.name}” is registered already; each room uses names of its own.")

    def all(self) -> tuple[Entry, ...]:
        """In order, whatever the order of registration was."""
        return tuple(sorted(self._entries.values(), key=lambda entry: (entry.order, entry.name)))


_question_sections: _Shelf[QuestionSection] = _Shelf()
_stages: _Shelf[Stage] = _Shelf()
_submission_sections: _Shelf[SubmissionSection] = _Shelf()
_passage_links: _Shelf[PassageLinks] = _Shelf()
_search_sources: _Shelf[SearchSource] = _Shelf()
_exports: _Shelf[Export] = _Shelf()
_feeds: _Shelf[Feed] = _Shelf()
_leak_surfaces: _Shelf[LeakSurface] = _Shelf()
_personal_data: _Shelf[PersonalData] = _Shelf()
_record_checks: _Shelf[RecordCheck] = _Shelf()

register_question_section, registered_question_sections = _question_sections.add, _question_sections.all
register_stage, registered_stages = _stages.add, _stages.all
register_submission_section, registered_submission_sections = (
    _submission_sections.add,
    _submission_sections.all,
)
register_passage_links, registered_passage_links = _passage_links.add, _passage_links.all
register_search_source, registered_search_sources = _search_sources.add, _search_sources.all
register_export, registered_exports = _exports.add, _exports.all
register_feed, registered_feeds = _feeds.add, _feeds.all
register_leak_surface, registered_leak_surfaces = _leak_surfaces.add, _leak_surfaces.all
register_record_check, registered_record_checks = _record_checks.add, _record_checks.all
register_personal_data, registered_personal_data = _personal_data.add, _personal_data.all
