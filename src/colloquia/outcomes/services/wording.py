"""Officers' words before they are kept: no verdict on what anybody said, and doubtful ones confirmed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from colloquia.core.queries import profile
from colloquia.engines.citing import sentences_of
from colloquia.engines.jurisdictions.mentions import territory_named_in
from colloquia.outcomes.services.refusals import OutcomeDoubted, OutcomeRefused
from colloquia.outcomes.verdicts import verdicts_in

_SAID = r"(?:positions?|proposals?|views|requests?|suggestions?)"
_SOMEBODYS = re.compile(
    rf"\b(?i:{_SAID}) (?i:of|by|from|made by)\b|\w+(?:['’]s|s['’]) (?i:{_SAID})\b"
    r"|\b(?!(?:The|This|That|These|Those|An?|Each|Every|No|Any|Our|Its|Their|Such|One|Some|All|Drafting)\b)"
    rf"[A-Z]\w+ {_SAID}\b"
    r"|\b(?i:positions?|propositions?|demandes?|avis) (?i:de|du|des|d['’])"
    r"|\b(?i:posición|posiciones|propuestas?|solicitud(?:es)?) (?i:del?)\b"
    r"|\b(?i:позици[яиюей]+|предложени[еяюем]+) (?!в\b|о\b|об\b|по\b|и\b)\w"
    r"|(?<!\w)[وف]?[بكل]?(?:موقف|مواقف|مقترح|مقترحات|اقتراح|اقتراحات) \w"
    r"|的(?:立场|立場|提案|主张|主張|建议|建議)"
)
_POSITION = re.compile(
    rf"\b{_SAID}\b|\bpropositions?\b|\bposición|\bposiciones\b|\bpropuestas?\b|\bпозици|\bпредложени"
    r"|موقف|مقترح|اقتراح|立场|立場|提案|主张|主張",
    re.IGNORECASE,
)

_AFTER_A_NUMBER = re.compile(r"(?<=\d\.)\s+(?=[^\W\d_])")
"""Where “paragraph 3.” ends a sentence; to ``sentences_of`` it may be the number of an item in a list."""


def refuse_verdicts(reasons: Mapping[str, str]) -> None:
    """Refuse reasons in which a sentence gives a verdict on a state or on somebody's position.

    ``reasons`` are texts by language. Raises OutcomeRefused with each such sentence.
    """
    faults = []
    for sentence in _sentences(reasons):
        words = verdicts_in(sentence)
        whose = (_state_in(sentence) or _found(_SOMEBODYS, sentence)) if words else ""
        if whose:
            faults.append(_verdict(sentence, words[0], whose))
    if faults:
        raise OutcomeRefused(*faults)


def refuse_states_and_verdicts(texts: Mapping[str, str]) -> None:
    """Refuse a consideration that names a state, or gives a verdict on a position. Raises OutcomeRefused."""
    faults = []
    for sentence in _sentences(texts):
        if state := _state_in(sentence):
            faults.append(
                _(
                    "“%(sentence)s” names “%(name)s”. A consideration names no state and gives no verdict. "
                    "Speak of the matter itself, or leave the sentence out."
                )
                % {"sentence": sentence, "name": state}
            )
        elif (words := verdicts_in(sentence)) and (whose := _found(_POSITION, sentence)):
            faults.append(_verdict(sentence, words[0], whose))
    if faults:
        raise OutcomeRefused(*faults)


def ask_about_words(texts: Mapping[str, str], kept: Collection[str]) -> None:
    """Ask for a second look at words that may give a verdict. Raises OutcomeDoubted.

    ``kept`` are those that the officer has looked at and keeps.
    """
    words = dict.fromkeys(word for text in texts.values() for word in verdicts_in(text))
    if not set(words) <= set(kept):
        raise OutcomeDoubted(tuple(words))


def _sentences(texts: Mapping[str, str]) -> Iterator[str]:
    for text in texts.values():
        for paragraph in re.split(r"\n\s*\n", text):
            for sentence in sentences_of(paragraph):
                yield from _AFTER_A_NUMBER.split(sentence)


def _state_in(sentence: str) -> str:
    return territory_named_in(sentence, profile())


def _found(pattern: re.Pattern[str], sentence: str) -> str:
    match = pattern.search(sentence)
    return match[0] if match else ""


def _verdict(sentence: str, word: str, whose: str) -> str:
    return _(
        "“%(sentence)s” gives a verdict: “%(word)s” of “%(whose)s”. What a state or anybody else said is "
        "never accepted or refused. Say what became of the point in the paper instead, for instance “It is "
        "covered in paragraph 12”."
    ) % {"sentence": sentence, "word": word, "whose": whose}
