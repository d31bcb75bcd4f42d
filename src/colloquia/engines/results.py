"""What an analysis found: the records behind every table, page and file of its output.

Machine output only; corrections by officers live elsewhere and never overwrite these.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

from colloquia.engines.records import Paper, Passage, Submission


@dataclass(frozen=True, slots=True)
class PassageQuestion:
    """A passage answers a question. ``score`` in [0, 1]; 1.0 where the sender said so."""

    passage_id: str
    question_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of one question, or of the whole docket where ``question_id`` is None.

    ``terms`` are salient words, most salient first. ``submissions`` counts senders,
    ``distinct_messages`` counts a shared text once. ``stability`` in [0, 1] says how far
    the theme came back over other seeds and 90 % resamples. ``continues`` is the id of the theme
    of an earlier run that it goes on with, empty where it is new.
    """

    theme_id: str
    question_id: str | None
    parent_id: str | None
    label: str
    terms: tuple[str, ...]
    submissions: int
    distinct_messages: int
    stability: float
    continues: str = ""


@dataclass(frozen=True, slots=True)
class PassageTheme:
    """A passage belongs to a theme; ``score`` is its cosine to the theme's centre, in [-1, 1]."""

    passage_id: str
    theme_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Group:
    """Submissions that share a text. ``kind`` is ``exact``, ``edited`` or ``similar``.

    ``representative`` is a submission_id. Members of a ``similar`` group are never
    named in public.
    """

    group_id: str
    kind: str
    members: int
    representative: str


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A submission in a group, with the text that it alone added to the shared one."""

    group_id: str
    submission_id: str
    unique_text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact substring: ``passage.text[start:end] == text``."""

    quote_id: str
    theme_id: str
    question_id: str | None
    passage_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """One row of a breakdown. ``value`` is a code or a word as given; ``label`` is for people."""

    value: str
    label: str
    submissions: int
    distinct_messages: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Submissions by one dimension, with the base and the missing part.

    ``dimension`` is ``country``, ``group``, ``stakeholder``, ``language``, ``channel`` or
    ``position``. ``question_id`` and ``theme_id`` say what was counted (both None: the
    whole docket). ``base`` submissions were counted, of which ``missing`` did not state the
    dimension. A submission may stand in several rows only where ``overlapping`` is true
    (groups of states overlap).
    """

    dimension: str
    question_id: str | None
    theme_id: str | None
    rows: tuple[Count, ...]
    base: int
    missing: int
    overlapping: bool = False


@dataclass(frozen=True, slots=True)
class ClosedAnswers:
    """A closed question tabulated: answers by choice, of ``base`` submissions, ``missing`` blank."""

    column: str
    rows: tuple[Count, ...]
    base: int
    missing: int


@dataclass(frozen=True, slots=True)
class LanguageCount:
    """Passages and submissions in one language; ``supported`` says whether they were embedded."""

    language: str
    name: str
    supported: bool
    submissions: int
    passages: int
    characters: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be done, for the closing summary and the report.

    ``kind`` is a stable word (``unreadable file``, ``unsupported language``, ...), ``where``
    names file, row and field, ``message`` says what and the remedy.
    """

    kind: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many submissions reached each stage; every one received is in ``received``.

    ``readable`` had text; ``unreadable`` had none that could be read (including empty);
    ``unsupported`` consist wholly of unsupported languages and wait for a human reader;
    ``analysed`` have at least one embedded passage; ``distinct_messages`` counts a shared
    text (exact, edited or similar) once.
    """

    received: int
    readable: int
    unreadable: int
    unsupported: int
    analysed: int
    distinct_messages: int


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """How much was said on one question."""

    question_id: str
    submissions: int
    distinct_messages: int
    passages: int


@dataclass(frozen=True, slots=True)
class LostCorrection:
    """A correction that this run could not carry, wholly or in part; ``reason`` says why."""

    passage_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What a run took over from an earlier one.

    ``run`` names it. Of ``corrections`` reviewed passages, ``carried`` hold here, ``refound`` of them
    under another id or in a text that changed slightly; ``lost`` names the others, with those whose
    theme or question is gone. ``continued`` themes went on, ``fresh`` are new, ``ended`` have no
    passage any more. Counted over the docket and all questions: ``kept`` earlier members stayed in
    their theme, ``moved`` went to another because of what was learned, ``placed`` passages joined an
    earlier theme that they were not in before.
    """

    run: str
    corrections: int
    carried: int
    refound: int
    lost: tuple[LostCorrection, ...] = ()
    continued: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    kept: int = 0
    moved: int = 0
    placed: int = 0


@dataclass(slots=True)
class Analysis:
    """Everything that a run found, in memory.

    ``parameters`` are the run's settings (JSON values), ``quality`` its measured figures
    by name (mean theme stability, share of passages in no theme, ...). ``message`` numbers the
    distinct message of each submission, -1 without text; ``shared`` is true for each passage that
    only repeats a letter of another submission. ``vectors`` (passages, d) are there where they were
    to be kept, ``carried`` where the run learned from an earlier one.
    """

    title: str
    paper: Paper | None
    parameters: dict[str, Any]
    submissions: list[Submission]
    passages: list[Passage]
    passage_questions: list[PassageQuestion]
    themes: list[Theme]
    passage_themes: list[PassageTheme]
    groups: list[Group]
    group_members: list[GroupMember]
    quotes: list[Quote]
    funnel: Funnel
    question_counts: list[QuestionCount] = field(default_factory=list)
    breakdowns: list[Breakdown] = field(default_factory=list)
    closed: list[ClosedAnswers] = field(default_factory=list)
    languages: list[LanguageCount] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    quality: dict[str, float] = field(default_factory=dict)
    message: list[int] = field(default_factory=list)
    shared: list[bool] = field(default_factory=list)
    carried: Carried | None = None
    vectors: NDArray[np.float16] | None = field(default=None, compare=False, repr=False)
