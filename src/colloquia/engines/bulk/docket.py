"""The submissions of a run as arrays, and how many of them people have read, counted in milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Docket:
    """The submissions of a run, an entry for each in order of receipt; never changed.

    ``place`` is the row by id. ``same`` (n,) is the first row with the very same text, ``message`` (n,) the
    distinct message or -1 without text. ``stakeholder`` and ``language`` (n,) point into their values.
    """

    place: dict[str, int]
    same: Integers
    message: Integers
    stakeholder: Integers
    stakeholders: tuple[str, ...]
    language: Integers
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answering:
    """Which submissions answer which question, as pairs (m,) of places in ``questions`` and of rows."""

    question: Integers
    submission: Integers
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartRead:
    """Of the submissions with a ``value`` ("" where none is stated), how many a person read.

    ``same_text`` were not read, but their very words were, in another submission.
    """

    value: str
    submissions: int
    read: int
    same_text: int


@dataclass(frozen=True, slots=True)
class ReadCounts:
    """How much of a docket was read; ``messages_read`` have at least one submission that was."""

    received: int
    read: int
    read_by_two: int
    same_text: int
    messages: int
    messages_read: int
    questions: tuple[PartRead, ...]
    languages: tuple[PartRead, ...]
    stakeholders: tuple[PartRead, ...]


def count_read(docket: Docket, answering: Answering, readers: Integers) -> ReadCounts:
    """Counts for ``readers`` (n,), the number of people who read each submission."""
    import numpy as np

    read = readers > 0
    texts_read = np.zeros(len(read), dtype=bool)
    texts_read[docket.same[read]] = True
    same_text = texts_read[docket.same] & ~read
    with_text = docket.message >= 0
    messages = np.zeros(len(read), dtype=bool)
    messages[docket.message[with_text]] = True
    messages_read = np.zeros(len(read), dtype=bool)
    messages_read[docket.message[with_text & read]] = True

    def parts(values: Sequence[str], codes: Integers, rows: Integers | None) -> tuple[PartRead, ...]:
        was_read = read if rows is None else read[rows]
        was_same = same_text if rows is None else same_text[rows]
        sizes = [
            np.bincount(chosen, minlength=len(values)).tolist()
            for chosen in (codes, codes[was_read], codes[was_same])
        ]
        return tuple(PartRead(value, *counts) for value, *counts in zip(values, *sizes, strict=True))

    return ReadCounts(
        len(read),
        int(read.sum()),
        int((readers > 1).sum()),
        int(same_text.sum()),
        int(messages.sum()),
        int(messages_read.sum()),
        parts(answering.questions, answering.question, answering.submission),
        parts(docket.languages, docket.language, None),
        parts(docket.stakeholders, docket.stakeholder, None),
    )
