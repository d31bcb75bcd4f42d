"""Do messages make the same points? Sentence by sentence, against how common each point is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.passages.sentences import sentence_ends
from colloquia.engines.passages.split import split, weight

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]

RARE = 0.05
"""A point is shared where at most this part of the other messages comes as close to it."""
_SCRAP = 30


def points_of(text: str) -> list[str]:
    """The sentences of a text; scraps (a salutation, a number) stay with their neighbour."""
    found: list[str] = []
    for start, end in split(text, target=10**9):
        begin = start
        for stop in sentence_ends(text, start, end):
            sentence = text[begin:stop].strip()
            begin = stop
            if not sentence:
                continue
            if found and (weight(sentence) < _SCRAP or weight(found[-1]) < _SCRAP):
                found[-1] += " " + sentence
            else:
                found.append(sentence)
    return found


@dataclass(slots=True)
class Points:
    """The sentences of messages as vectors, encoded once when they are first asked for."""

    texts: Sequence[str]
    encode: Encode
    _held: dict[int, tuple[Vectors, NDArray[np.float64]]] = field(default_factory=dict)

    def load(self, messages: Sequence[int]) -> None:
        """Encode the sentences of ``messages`` in one call."""
        missing = [message for message in dict.fromkeys(messages) if message not in self._held]
        sentences = [points_of(self.texts[message]) or [self.texts[message]] for message in missing]
        if not missing:
            return
        vectors = self.encode([sentence for part in sentences for sentence in part])
        begin = 0
        for message, part in zip(missing, sentences, strict=True):
            weights = np.array([weight(sentence) for sentence in part])
            self._held[message] = (vectors[begin : begin + len(part)], weights / max(1.0, weights.sum()))
            begin += len(part)

    def count(self, message: int) -> int:
        """How many points a loaded message makes."""
        return len(self._held[message][1])

    def best(self, message: int, others: Sequence[int]) -> Vectors:
        """Cosine of each point of ``message`` to the nearest point of each other: (points, others)."""
        parts = [self._held[other][0] for other in others]
        starts = np.cumsum([0] + [len(part) for part in parts[:-1]])
        similarity = self._held[message][0] @ np.vstack(parts).T
        nearest: Vectors = np.maximum.reduceat(similarity, starts, axis=1)
        return nearest

    def shared(self, message: int, fellows: Sequence[int], outsiders: Sequence[int]) -> float:
        """The part of ``message`` (by length, 0 to 1) whose points its fellows make too.

        A point counts where the fellows' median nearest point is nearer than all but ``RARE``
        of the outsiders' nearest points: so what everybody in the docket says does not count.
        """
        inside = np.median(self.best(message, fellows), axis=1)
        outside = self.best(message, outsiders)
        common = (outside >= inside[:, None]).mean(axis=1)
        return float(self._held[message][1][common <= RARE].sum())

    def covered(self, message: int, other: int) -> float:
        """Mean cosine of the points of ``message`` to their nearest in ``other``, by length."""
        return float(self.best(message, [other])[:, 0] @ self._held[message][1])
