"""What a caller may choose about a report, and how much is listed before it says "more elsewhere"."""

from __future__ import annotations

from dataclasses import dataclass, field

from colloquia.engines.report.names import Names, PlainNames

# What senders and intake forms call a submission made in a state's own name.
STATE_WORDS = frozenset(
    {
        "state",
        "states",
        "member state",
        "member states",
        "state member",
        "état membre",
        "état",
        "estado miembro",
        "estado",
        "государство-член",
        "государство",
        "成员国",
        "国家",
        "دولة عضو",
        "دولة",
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is listed in HTML and Word; everything is in the tables and Parquet files.

    ``quotes`` is the number of quotations in the whole report, shared fairly between
    questions. Lengths are in characters.
    """

    quotes_per_theme: int = 3
    quotes: int = 900
    leading_themes: int = 8
    themes: int = 2500
    shared_texts: int = 25
    unique_texts: int = 12
    named_members: int = 60
    rows: int = 260
    waiting: int = 200
    problems: int = 200
    sheet_passages: int = 50_000
    shared_length: int = 1500
    unique_length: int = 320
    passage_length: int = 2400


# Word files are read from the first page to the last, so they hold fewer quotations.
WORD_LIMITS = Limits(quotes=240, quotes_per_theme=2, shared_texts=12, unique_texts=6, waiting=80, problems=80)


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is written. ``made_on`` is a date as it shall be shown, for instance 2026-11-22.

    ``notice`` stands under the title (for instance that the data are illustrative).
    ``standing`` replaces the line that this is an informal exchange of views.
    """

    made_on: str
    version: str
    language: str = "en"
    names: Names = field(default_factory=PlainNames)
    run: str = ""
    notice: str = ""
    standing: str = ""
    limits: Limits = field(default_factory=Limits)
    state_words: frozenset[str] = STATE_WORDS
