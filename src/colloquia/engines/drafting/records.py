"""What goes into a draft and what comes out of it: evidence, prompts, checked quotes, refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a machine's answer, or a part of it, was not accepted."""

    UNREADABLE = "unreadable"
    DECLINED = "declined"
    LENGTH = "length"
    MARKUP = "markup"
    CHARACTERS = "characters"
    COUNTED = "counted"
    POSITION = "position"
    PARTY = "party"
    LANGUAGE = "language"
    NO_EVIDENCE = "no evidence"
    NO_SUCH_PASSAGE = "no such passage"
    QUOTE_NOT_FOUND = "quote not found"
    QUOTE_LENGTH = "quote length"
    TOO_FEW_MESSAGES = "too few messages"
    REPEATED = "repeated"
    TOO_MANY = "too many"
    NOT_TRANSLATED = "not translated"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage as it is stored; ``text`` is what quotes are checked against, never a translation.

    ``message`` is the same for passages of one distinct message, so that a letter sent by many is shown
    once; empty, the passage stands for itself. ``language`` is an ISO code, ``stakeholder`` any word.
    """

    passage_id: str
    text: str
    language: str
    stakeholder: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class ThemeBrief:
    """A theme as it stands, with its passages, the most typical first."""

    theme_id: str
    label: str
    terms: tuple[str, ...]
    passages: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request to a model. ``passages[0]`` was shown as number 1; ``left_out`` more had no room.

    ``messages`` have ``role`` and ``content``. ``version`` names the wording, for provenance.
    ``max_tokens`` is the room that an answer needs. ``language`` is that of the answer.
    """

    version: str
    language: str
    messages: tuple[Mapping[str, str], ...]
    max_tokens: int
    passages: tuple[Evidence, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A quotation that stands in its passage: ``passage.text[start:end] == text``.

    ``passage.text[sentence_start:sentence_end]`` are the whole sentences around it. Show those:
    a few words of "we do not accept that …" can say the opposite of what was written.
    """

    passage_id: str
    start: int
    end: int
    text: str
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer, or a part of one, that was not accepted. ``text`` is safe to show to an officer."""

    reason: Reason
    text: str = ""


@dataclass(frozen=True, slots=True)
class NameProposal:
    """A name for a theme, for an officer to judge. ``dropped`` quotes were not accepted."""

    name: str
    quotes: tuple[CheckedQuote, ...]
    dropped: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence and every quotation that it rests on, at least one."""

    text: str
    quotes: tuple[CheckedQuote, ...]

    @property
    def passage_ids(self) -> tuple[str, ...]:
        """The passages it rests on, each once, in the order of its quotes."""
        return tuple(dict.fromkeys(quote.passage_id for quote in self.quotes))


@dataclass(frozen=True, slots=True)
class SummaryDraft:
    """Sentences whose evidence was found, and those that were dropped, for an officer to judge."""

    sentences: tuple[SummarySentence, ...]
    dropped: tuple[Refusal, ...]

    @property
    def dropped_by_reason(self) -> dict[Reason, int]:
        """How many sentences were dropped for each reason."""
        return dict(Counter(refusal.reason for refusal in self.dropped))


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A text to translate. Languages are ISO codes; ``source_language`` may be ``und``, not determined."""

    unit_id: str
    text: str
    source_language: str
    target_language: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A machine's translation; it is never the sender's wording and must not be quoted as such.

    ``missing_numbers`` stand in the original and not here, ``added_numbers`` the other way round: a
    person should look.
    """

    unit_id: str
    language: str
    text: str
    missing_numbers: tuple[str, ...] = ()
    added_numbers: tuple[str, ...] = ()
    kind: str = "machine"
