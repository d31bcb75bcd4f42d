"""What is asked of the bulk of a run, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Filters:
    """Which submissions, and which of their passages, are looked at; empty means all.

    Values within one field are alternatives, fields narrow each other. ``countries`` are codes; a group of
    states is given as its members. ``organisations`` are keys in effect. ``without_shared``
    leaves out passages that only repeat a shared text. ``search`` is found in the passage, whatever its
    case. ``not_submissions`` are ids that are left out, for instance those that somebody has read.
    """

    stakeholders: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    without_shared: bool = False
    search: str = ""
    not_submissions: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left out."""
        return self == Filters()


@dataclass(frozen=True, slots=True)
class Overlay:
    """What people changed, as it lies over the machine's tables.

    ``version`` names this state: two overlays of one run with the same version are the same. ``theme_map``
    leads from themes merged away to those in effect, ``parents`` from themes in effect to their groups.
    ``overrides`` holds (question, passage row, theme or ""), ``answers`` (question, passage row, yes or no).
    ``organisations`` leads from keys of names (as written, as folded, or of the machine's body) to the key of
    the organisation that people decided they are. ``state_stakeholders`` are the
    stakeholder values that stand for a state.
    """

    version: str = ""
    theme_map: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    overrides: tuple[tuple[str, int, str], ...] = ()
    answers: tuple[tuple[str, int, bool], ...] = ()
    not_opinion: tuple[int, ...] = ()
    organisations: Mapping[str, str] = field(default_factory=dict)
    state_stakeholders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each. ``messages`` counts a shared text once, ``states`` territories whose state spoke.

    ``organisations`` leaves out submissions that name none.
    """

    submissions: int = 0
    messages: int = 0
    organisations: int = 0
    states: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage with what a page says of its sender. ``score`` is that of the place it was asked for."""

    row: int
    passage_id: str
    submission_id: str
    document_id: str
    page: int
    start: int
    end: int
    text: str
    language: str
    shared: bool
    organisation: str
    person: str
    country: str
    stakeholder: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A submission in a list."""

    submission_id: str
    source_id: str
    organisation: str
    person: str
    country: str
    stakeholder: str
    channel: str
    date: str
    language: str
    documents: int
    characters: int
    status: str
    problem: str
    message: int
    position: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of a submission; ``translation_of`` is the id of the passage that it translates, or ""."""

    document_id: str
    submission_id: str
    name: str
    sha256: str
    media_type: str
    pages: int
    language: str
    status: str
    problem: str
    translation_of: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage went: a question it answers (with the machine's score), and its theme there or "".

    ``question_id`` is "" for the whole docket. ``by_officer`` is true where a person decided.
    """

    row: int
    question_id: str
    theme_id: str
    score: float
    by_officer: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A submission in a shared text, with what it alone added."""

    submission_id: str
    unique_text: str
    organisation: str
    country: str
    language: str
    person: str = ""
    stakeholder: str = ""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One row of a breakdown."""

    value: str
    submissions: int
    messages: int
