"""A docket on four plain subjects, written for tests of what one run leaves to the next."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

from colloquia.engines.analysis import Options, analyse
from colloquia.engines.prior import Prior, PriorTheme, ReviewedPassage, text_digest
from colloquia.engines.records import Answer, Incoming, Paper, Question
from colloquia.engines.results import Analysis, Passage

OPTIONS = Options("Subjects", 2026, themes=3, resamples=2, ocr="off")
PAPER = Paper(
    "Two questions",
    (
        Question("Q1", "Should there be more cycle lanes and paths for bicycles?", "I1", "Bicycles"),
        Question("Q2", "How should the public library be run?", "I2", "The library"),
    ),
)
_OPENINGS = ("We ask that", "It would help if", "In my street", "For families", "Every winter", "At last")
_MIDDLES = {
    "bicycles": (
        "bicycle lanes are kept apart from cars so that cycling is safe",
        "cyclists get wider cycle paths and places to park a bicycle",
        "the cycle route by the river is lit and free of parked cars",
    ),
    "library": (
        "the public library stays open on Sundays for readers and students",
        "the library buys more books and keeps its reading room quiet",
        "librarians may lend electronic books to readers at home",
    ),
    "noise": (
        "aircraft do not fly over houses at night because of the noise",
        "the airport pays for windows against the noise of planes",
        "night flights end at ten so that people can sleep without noise",
    ),
    "bread": (
        "the bakery may sell fresh bread before six in the morning",
        "the baker uses flour from the region for bread and rolls",
        "bread that was not sold is given to people who are hungry",
    ),
}


def texts(subject: str) -> list[str]:
    """Eighteen sentences on one subject, no two the same."""
    return [f"{opening} {middle}." for opening, middle in product(_OPENINGS, _MIDDLES[subject])]


def incoming(*subjects: str, question: str | None = None) -> list[Incoming]:
    """One submission for each text, subjects in turn."""
    turns = zip(*(texts(subject) for subject in subjects), strict=True)
    return [
        Incoming(f"R{number}", [Answer(text, f"responses.csv, row {number}", question)])
        for number, text in enumerate((text for turn in turns for text in turn), start=1)
    ]


@cache
def first() -> Analysis:
    """The run that the others go on from: three subjects, three themes."""
    return analyse(incoming("bicycles", "library", "noise"), paper=None, options=OPTIONS)


def prior_of(analysis: Analysis, **changes: object) -> Prior:
    """What a run leaves behind when nobody has corrected it."""
    parents = {theme.parent_id for theme in analysis.themes}
    question = {theme.theme_id: theme.question_id or "" for theme in analysis.themes}
    assignments: dict[str, dict[str, str]] = {}
    for item in analysis.passage_themes:
        assignments.setdefault(question[item.theme_id], {})[item.passage_id] = item.theme_id
    prior = Prior(
        "first",
        tuple(
            PriorTheme(
                theme.theme_id,
                theme.question_id,
                theme.parent_id,
                theme.label,
                theme.terms,
                theme.theme_id in parents,
            )
            for theme in analysis.themes
        ),
        assignments=assignments,
        retired=frozenset(question),
        digests={item.passage_id: text_digest(item.text) for item in analysis.passages},
    )
    return replace(prior, **changes)


def reviewed(passage: Passage, **said: object) -> ReviewedPassage:
    """What an officer said of a passage."""
    return ReviewedPassage(
        passage.passage_id,
        passage.submission_id,
        passage.document_id,
        passage.start,
        passage.end,
        passage.text,
        passage.language,
        **said,
    )


def theme_of(analysis: Analysis, question: str = "") -> dict[str, str]:
    """Text of each passage to its theme of one question."""
    own = {theme.theme_id for theme in analysis.themes if (theme.question_id or "") == question}
    text = {item.passage_id: item.text for item in analysis.passages}
    return {text[item.passage_id]: item.theme_id for item in analysis.passage_themes if item.theme_id in own}
