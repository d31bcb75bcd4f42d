"""Quotes: the sentences of a theme that stand for it, exact substrings at their offsets."""

from __future__ import annotations

from collections.abc import Sequence

from colloquia.engines.passages.sentences import sentence_ends
from colloquia.engines.passages.split import weight
from colloquia.engines.personal_data.placeholders import has_placeholder
from colloquia.engines.themes.terms import terms_of

LONGEST = 360
"""Weighted characters of a quote at most, unless one sentence is longer."""


def cut_quote(text: str, terms: Sequence[str], language: str) -> tuple[int, int]:
    """Span (start, end) of the sentences of ``text`` that say most of ``terms``.

    A short text is quoted whole. Sentences in which something was redacted are quoted only where there
    are no others. Spans begin and end with a character that is not white space.
    """
    if weight(text) <= LONGEST:
        return _trim(text, 0, len(text))
    ends = sentence_ends(text, 0, len(text))
    starts = [0, *ends[:-1]]
    wanted = set(terms)
    sentences = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    redacted = [has_placeholder(sentence) for sentence in sentences]
    values = [
        -len(text) if left_out else len(wanted & terms_of(sentence, language))
        for sentence, left_out in zip(sentences, redacted, strict=True)
    ]
    best, span = float("-inf"), (0, ends[0])
    for first, start in enumerate(starts):
        if not sentences[first].strip():
            continue
        value = 0
        for last in range(first, len(ends)):
            if last > first and weight(text[start : ends[last]]) > LONGEST:
                break
            value += values[last]
            # Of passages that say as much, the longer tells the reader more.
            score = value + weight(text[start : ends[last]]) / (10 * LONGEST)
            if score > best:
                best, span = score, (start, ends[last])
    return _trim(text, *span)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    body = text[start:end]
    left = start + len(body) - len(body.lstrip())
    return left, left + len(body.strip())
