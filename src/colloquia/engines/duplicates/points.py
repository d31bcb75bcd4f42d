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
COVERED = 0.5
"""Mean cosine of sentences to their counterparts from which a text may be a translation."""
IN_ORDER = 0.6
"""How far the counterparts keep the order: 1 wholly, 0 not at all."""
_SCRAP = 30
_SENTENCES = 3
_DRAWS = 16


def point_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand; scraps (a salutation, a number) stay with their neighbour."""
    found: list[tuple[int, int]] = []
    for start, end in split(text, target=10**9):
        begin = start
        for stop in sentence_ends(text, start, end):
            sentence = text[begin:stop]
            left = begin + len(sentence) - len(sentence.lstrip())
            span = (left, left + len(sentence.strip()))
            begin = stop
            if span[0] == span[1]:
                continue
            if found and min(weight(text[slice(*span)]), weight(text[slice(*found[-1])])) < _SCRAP:
                found[-1] = (found[-1][0], span[1])
            else:
                found.append(span)
    return found


def points_of(text: str) -> list[str]:
    """The sentences of a text as ``point_spans`` has them."""
    return [text[start:end] for start, end in point_spans(text)]


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

    def is_shared(self, message: int, fellows: Sequence[int], outsiders: Sequence[int]) -> NDArray[np.bool_]:
        """For each point of ``message`` whether its fellows make it too.

        True where the fellows' median nearest point is nearer than all but ``RARE`` of the
        outsiders' nearest points: so what everybody in the docket says does not count.
        """
        inside = np.median(self.best(message, fellows), axis=1)
        outside = self.best(message, outsiders)
        common: NDArray[np.bool_] = (outside >= inside[:, None]).mean(axis=1) <= RARE
        return common

    def shared(self, message: int, fellows: Sequence[int], outsiders: Sequence[int]) -> float:
        """The part of ``message`` (by length, 0 to 1) whose points its fellows make too."""
        return float(self._held[message][1][self.is_shared(message, fellows, outsiders)].sum())

    def coherence(self, group: Sequence[int], seed: int) -> float:
        """How much better a fellow covers a message than as many sentences drawn from the whole group.

        The mean difference of cosines over the messages of ``group``, in standard errors. In a
        letter every fellow makes every point, so it lies well above nought; among messages on one
        subject, of which each treats another side, about nought or below.
        """
        random = np.random.default_rng(seed)
        differences = []
        for message in group:
            fellows = [other for other in group if other != message]
            pool = np.vstack([self._held[other][0] for other in fellows])
            similarity = self._held[message][0] @ pool.T
            ends = np.cumsum([self.count(other) for other in fellows])
            real = np.maximum.reduceat(similarity, np.r_[0, ends[:-1]], axis=1)
            drawn = np.stack(
                [
                    similarity[:, random.permutation(len(pool))[: self.count(other)]].max(axis=1)
                    for other in fellows
                    for _ in range(_DRAWS)
                ],
                axis=1,
            )
            gain = np.median(real, axis=1) - np.median(drawn, axis=1)
            differences.append(float(gain @ self._held[message][1]))
        spread = float(np.std(differences))
        return float(np.mean(differences) / max(spread, 1e-6) * np.sqrt(len(differences)))

    def added(self, message: int, fellows: Sequence[int], outsiders: Sequence[int]) -> str:
        """The sentences of ``message`` that its fellows do not make, joined by line breaks.

        A sentence near to one of most fellows is theirs too, however common it is.
        """
        text = self.texts[message]
        near = np.median(self.best(message, fellows), axis=1) >= COVERED
        own = ~near & ~self.is_shared(message, fellows, outsiders)
        return "\n".join(
            text[start:end] for (start, end), alone in zip(point_spans(text), own, strict=True) if alone
        )

    def is_translation(self, message: int, other: int) -> bool:
        """Whether two messages say the same sentence by sentence, in the same order."""
        if min(self.count(message), self.count(other)) < _SENTENCES:
            return False
        if max(self.count(message), self.count(other)) > 1.6 * min(self.count(message), self.count(other)):
            return False
        if min(self.covered(message, other), self.covered(other, message)) < COVERED:
            return False
        place = np.argmax(self._held[message][0] @ self._held[other][0].T, axis=1)
        later = np.sign(place[None, :] - place[:, None])[np.triu_indices(len(place), 1)]
        return float(later.mean()) >= IN_ORDER

    def covered(self, message: int, other: int) -> float:
        """Mean cosine of the points of ``message`` to their nearest in ``other``, by length."""
        return float(self.best(message, [other])[:, 0] @ self._held[message][1])
