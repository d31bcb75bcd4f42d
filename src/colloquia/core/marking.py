"""Marks stretches of a text without changing it: overlapping and stray offsets cannot lose a character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from colloquia.core.components import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the spans that cover it; a plain stretch has none."""

    text: str
    spans: tuple[Span, ...] = ()


def pieces(text: str, spans: Sequence[Span]) -> list[Piece]:
    """The text, cut wherever a span begins or ends; joined, the pieces are the text."""
    inside = [
        (max(0, span.start), min(len(text), span.end), span)
        for span in spans
        if span.start < min(len(text), span.end)
    ]
    cuts = sorted({0, len(text), *(start for start, _, _ in inside), *(end for _, end, _ in inside)})
    return [
        Piece(
            text[start:end],
            tuple(span for first, last, span in inside if first <= start and end <= last),
        )
        for start, end in pairwise(cuts)
    ]
