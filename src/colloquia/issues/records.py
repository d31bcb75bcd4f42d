"""What the room's reads give: plain records, ready for a page, a file or another room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language

from colloquia.issues.models import Grade, PaperVersion, Section

_RANK: dict[str, int] = {str(grade): rank for rank, grade in enumerate(Grade.values)}


@dataclass(frozen=True, slots=True)
class Held:
    """A wording that is held. ``title`` is blank for questions.

    ``described_in`` is the version that the source describes, where that is another one. ``is_stale``:
    a translation whose original has changed since.
    """

    text: str
    language: str
    grade: str
    source: str
    title: str = ""
    context: str = ""
    is_translation: bool = False
    is_stale: bool = False
    described_in: PaperVersion | None = None
    from_import: bool = False

    @property
    def grade_label(self) -> str:
        """The grade in words."""
        return str(Grade(self.grade).label)

    @property
    def is_official(self) -> bool:
        """Whether this is the official text."""
        return self.grade == Grade.AUTHENTIC


def best(wordings: Iterable[Held], *languages: str) -> Held | None:
    """The wording to show: the first language that has one, there the surest grade.

    Where the official text is held in any language, our own words do not stand in for it.
    """
    found = sorted(wordings, key=lambda held: (_RANK[held.grade], not held.from_import, held.is_translation))
    official = [held for held in found if held.is_official]
    pool = official or found
    for language in languages:
        for held in pool:
            if held.language == language:
                return held
    return pool[0] if pool else None


def in_language(wordings: Iterable[Held], language: str) -> Held | None:
    """The surest wording in exactly this language."""
    return best([held for held in wordings if held.language == language], language)


def grades(wordings: Iterable[Held | None]) -> list[str]:
    """The grades present, surest first."""
    return sorted({held.grade for held in wordings if held}, key=lambda grade: _RANK[grade])


@dataclass(slots=True)
class QuestionIn:
    """A question where one version has it. No wordings: it stands there, and its wording is not held."""

    id: str
    version: PaperVersion
    issue_id: str
    number: str
    paragraphs: str
    position: int
    is_withdrawn: bool = False
    tags: tuple[str, ...] = ()
    wordings: list[Held] = field(default_factory=list)
    reader: str = ""

    def wording(self, language: str = "") -> Held | None:
        """The wording for a language, else for the reader's, else for the version's."""
        exact = in_language(self.wordings, language) if language else None
        if exact:
            return exact
        wanted = language or get_language() or "en"
        return best(self.wordings, wanted, self.version.language)

    @property
    def shown(self) -> Held | None:
        """The wording for the reader."""
        return self.wording(self.reader)

    @property
    def languages(self) -> list[str]:
        """The languages in which a wording is held, the version's own first."""
        own = self.version.language
        return sorted({held.language for held in self.wordings}, key=lambda code: (code != own, code))


@dataclass(slots=True)
class IssueIn:
    """An issue where one version has it, with its questions there."""

    id: str
    version: PaperVersion
    number: str
    paragraphs: str
    position: int
    section: Section | None = None
    is_withdrawn: bool = False
    wordings: list[Held] = field(default_factory=list)
    questions: list[QuestionIn] = field(default_factory=list)
    reader: str = ""

    def read_in(self, language: str) -> IssueIn:
        """The same, shown in a language that need not be that of the interface, with its questions."""
        self.reader = language
        for each in self.questions:
            each.reader = language
        return self

    def wording(self, language: str = "") -> Held | None:
        """Title and context for a language, else for the reader's, else for the version's."""
        exact = in_language(self.wordings, language) if language else None
        return exact or best(self.wordings, language or get_language() or "en", self.version.language)

    @property
    def shown(self) -> Held | None:
        """Title and context for the reader."""
        return self.wording(self.reader)

    @property
    def title(self) -> str:
        """The title for the reader, else the id."""
        held = self.shown
        return held.title if held else self.id


@dataclass(slots=True)
class SectionIn:
    """A section of one version with its issues; issues before any heading have ``section`` None."""

    section: Section | None
    title: str
    language: str
    issues: list[IssueIn] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Descent:
    """A line of descent, by ids."""

    kind: str
    label: str
    from_version: PaperVersion
    to_version: PaperVersion
    from_ids: tuple[str, ...]
    to_ids: tuple[str, ...]
    sources: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reported:
    """What a secondary source reports: a change between versions, or where issues were taken up."""

    text: str
    language: str
    sources: tuple[dict[str, str], ...]
    note: str = ""
    on: date | None = None
    issue_ids: tuple[str, ...] = ()
