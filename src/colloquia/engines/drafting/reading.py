"""Reads a model's answer and keeps only what its evidence bears; the rest is refused with a reason."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import Any

from colloquia.engines.drafting.answers import object_in
from colloquia.engines.drafting.finding import find_quote, sentences_around
from colloquia.engines.drafting.prompts import MOST_SENTENCES
from colloquia.engines.drafting.records import (
    CheckedQuote,
    Evidence,
    NameProposal,
    Prompt,
    Reason,
    Refusal,
    SummaryDraft,
    SummarySentence,
)
from colloquia.engines.drafting.wording import fault_in, names_a_party, plain_line
from colloquia.engines.passages.split import weight

SHORTEST_NAME, LONGEST_NAME = 4, 90
SHORTEST_SENTENCE, LONGEST_SENTENCE = 15, 360
SHORTEST_QUOTE, LONGEST_QUOTE = 20, 600
"""Weighted characters. A passage or sentence that is shorter may be quoted whole."""
_MOST_QUOTES = 8
_MOST_LOOKED_AT = 50
_SHOWN = 400


def read_name(answer: str, prompt: Prompt, *, parties: Collection[str] = ()) -> NameProposal | Refusal:
    """The name in ``answer`` to ``prompt``, or why it is refused.

    It must rest on quotes from two distinct messages, or one where only one was shown; quotes that are not
    found are dropped. A name that holds one of ``parties`` (states, organisations, persons) is refused.
    """
    found = object_in(answer, "name")
    if found is None or not isinstance(found["name"], str):
        return Refusal(Reason.UNREADABLE, _safe(answer))
    if not found["name"].strip():
        return Refusal(Reason.DECLINED)
    name = _line(found["name"], prompt, SHORTEST_NAME, LONGEST_NAME, parties, is_name=True)
    if isinstance(name, Refusal):
        return name
    quotes, dropped = _quotes(found.get("support"), prompt)
    messages = {passage.message or passage.passage_id for passage in prompt.passages}
    by_id = {passage.passage_id: passage.message or passage.passage_id for passage in prompt.passages}
    if not quotes:
        return dropped[0] if dropped else Refusal(Reason.NO_EVIDENCE, name)
    if len({by_id[quote.passage_id] for quote in quotes}) < min(2, len(messages)):
        return Refusal(Reason.TOO_FEW_MESSAGES, name)
    return NameProposal(name, tuple(quotes), tuple(dropped))


def read_summary(answer: str, prompt: Prompt, *, parties: Collection[str] = ()) -> SummaryDraft | Refusal:
    """The sentences in ``answer`` to ``prompt`` whose every quote was found, and the others with reasons.

    A sentence with one invented quote among true ones is dropped: what part of it the true ones bear
    cannot be told. The whole is refused only where it cannot be read or the model found nothing to say.
    """
    found = object_in(answer, "sentences")
    if found is None or not isinstance(found["sentences"], list):
        return Refusal(Reason.UNREADABLE, _safe(answer))
    if not found["sentences"]:
        return Refusal(Reason.DECLINED)
    kept: list[SummarySentence] = []
    dropped: list[Refusal] = []
    for item in found["sentences"][:_MOST_LOOKED_AT]:
        sentence = _sentence(item, prompt, parties)
        if isinstance(sentence, Refusal):
            dropped.append(sentence)
        elif sentence.text in {earlier.text for earlier in kept}:
            dropped.append(Refusal(Reason.REPEATED, sentence.text))
        elif len(kept) == MOST_SENTENCES:
            dropped.append(Refusal(Reason.TOO_MANY, sentence.text))
        else:
            kept.append(sentence)
    unseen = len(found["sentences"]) - _MOST_LOOKED_AT
    dropped.extend(Refusal(Reason.TOO_MANY) for _ in range(unseen))
    return SummaryDraft(tuple(kept), tuple(dropped))


def _sentence(item: Any, prompt: Prompt, parties: Collection[str]) -> SummarySentence | Refusal:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        return Refusal(Reason.UNREADABLE, _safe(str(item)))
    text = _line(item["text"], prompt, SHORTEST_SENTENCE, LONGEST_SENTENCE, parties, is_name=False)
    if isinstance(text, Refusal):
        return text
    quotes, dropped = _quotes(item.get("support"), prompt)
    if dropped:
        return Refusal(dropped[0].reason, text)
    if not quotes:
        return Refusal(Reason.NO_EVIDENCE, text)
    return SummarySentence(text, tuple(quotes))


def _line(
    text: str, prompt: Prompt, shortest: int, longest: int, parties: Collection[str], *, is_name: bool
) -> str | Refusal:
    line = plain_line(text)
    if line is None:
        return Refusal(Reason.CHARACTERS, _safe(text))
    reason = fault_in(line, language=prompt.language, shortest=shortest, longest=longest, is_name=is_name)
    if reason is None and names_a_party(line, parties):
        reason = Reason.PARTY
    return line if reason is None else Refusal(reason, _safe(line))


def _quotes(support: Any, prompt: Prompt) -> tuple[list[CheckedQuote], list[Refusal]]:
    quotes: list[CheckedQuote] = []
    dropped: list[Refusal] = []
    entries = support if isinstance(support, list) else []
    for entry in entries[:_MOST_QUOTES]:
        checked = _quote(entry, prompt)
        if isinstance(checked, Refusal):
            dropped.append(checked)
        elif checked not in quotes:
            quotes.append(checked)
    dropped.extend(Refusal(Reason.TOO_MANY) for _ in entries[_MOST_QUOTES:])
    return quotes, dropped


def _quote(entry: Any, prompt: Prompt) -> CheckedQuote | Refusal:
    if not isinstance(entry, dict) or not isinstance(entry.get("quote"), str):
        return Refusal(Reason.NO_EVIDENCE)
    passage = _numbered(entry.get("passage"), prompt)
    if passage is None:
        return Refusal(Reason.NO_SUCH_PASSAGE, _safe(entry["quote"]))
    if weight(entry["quote"]) > 2 * LONGEST_QUOTE:
        return Refusal(Reason.QUOTE_LENGTH)
    span = find_quote(entry["quote"], passage.text)
    if span is None:
        return Refusal(Reason.QUOTE_NOT_FOUND, _safe(entry["quote"]))
    start, end = span
    around = sentences_around(passage.text, start, end)
    text = passage.text[start:end]
    whole = end - start >= around[1] - around[0] - 2
    says = any(character.isalpha() for character in text)
    if not says or weight(text) > LONGEST_QUOTE or (weight(text) < SHORTEST_QUOTE and not whole):
        return Refusal(Reason.QUOTE_LENGTH, _safe(text))
    return CheckedQuote(passage.passage_id, start, end, text, *around)


def _numbered(number: Any, prompt: Prompt) -> Evidence | None:
    if isinstance(number, str) and number.isascii() and number.isdigit() and len(number) < 5:
        number = int(number)
    if type(number) is not int or not 1 <= number <= len(prompt.passages):
        return None
    return prompt.passages[number - 1]


def _safe(text: str) -> str:
    """The beginning of what was refused, without signs that could harm a page or a log."""
    return "".join(
        character if unicodedata.category(character)[0] != "C" else " " for character in text[:_SHOWN]
    )
