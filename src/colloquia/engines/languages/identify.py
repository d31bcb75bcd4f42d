"""Language of each passage: what its letters say, weighed against its document and docket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from colloquia.engines.languages.scripts import certain_language, may_be, script_of

UNDETERMINED = "und"
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "yue": "zh", "wuu": "zh", "lzh": "zh"}
_KEPT = 6
_RANKED = 30
# Two letters of an alphabet may be in any language that it writes.
_FEWEST_LETTERS = 3
_PREVAILING = 0.8
# Japanese without any kana is a title of a few characters at most.
_ENOUGH_HAN = 12
# Fewer may be one: the identifier nearly always says Chinese, so the document must be able to object.
_HAN_TITLE = 0.2
_SCANNED = 3000

Likelihoods = tuple[tuple[str, float], ...]
"""Languages with their probabilities for one text, most likely first; cut to a few."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one text says about its language before its neighbours are asked."""

    likelihoods: Likelihoods
    script: str
    letters: int


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def evidence(text: str) -> Evidence:
    """What ``text`` alone says; ISO 639 codes, Chinese always ``zh``, Norwegian always ``no``."""
    sample = text[:_SCANNED]
    letters = sum(map(str.isalpha, sample))
    script = script_of(sample, letters)
    if not letters:
        return Evidence((), "", 0)
    if letters < _FEWEST_LETTERS and script in {"latin", "cyrillic", "arabic"}:
        return Evidence((), script, letters)
    certain = "zh" if script == "han" and letters >= _ENOUGH_HAN else certain_language(script)
    if certain:
        return Evidence(((certain, 1.0),), script, letters)
    merged: dict[str, float] = defaultdict(float)
    for code, probability in _identifier().rank(sample)[:_RANKED]:
        base = _SAME.get(code, code)
        if may_be(base, script):
            merged[base] += float(probability)
    if script == "han":
        merged["ja"] = max(merged["ja"], _HAN_TITLE * sum(merged.values()))
    total = sum(merged.values())
    if total < 1e-6:
        return Evidence((), script, letters)
    ranked = sorted(merged.items(), key=lambda item: (-item[1], item[0]))[:_KEPT]
    return Evidence(tuple((code, value / total) for code, value in ranked), script, letters)


def languages_of(
    evidences: Sequence[Evidence], documents: Sequence[str], declared: Sequence[str]
) -> list[str]:
    """The language of each passage, ``und`` where nothing tells.

    ``documents[i]`` names the document that passage i stands in, ``declared[i]`` the language
    that the sender stated ("" for none). The probability from the letters is multiplied by
    how common the language is in the rest of the document, in the statement of the sender and
    in the docket; so a heading of three words follows its document, while a long passage in
    another language keeps its own.
    """
    by_document: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    docket: dict[str, float] = defaultdict(float)
    for item, document in zip(evidences, documents, strict=True):
        for code, probability in item.likelihoods:
            by_document[document][code] += probability * item.letters
            docket[code] += probability * min(item.letters, 400)
    total = sum(docket.values()) or 1.0
    common = {code: value / total for code, value in docket.items()}
    return [
        _decide(item, by_document[document], stated, common)
        for item, document, stated in zip(evidences, documents, declared, strict=True)
    ]


def _decide(item: Evidence, document: dict[str, float], stated: str, docket: dict[str, float]) -> str:
    own = {code: probability * item.letters for code, probability in item.likelihoods}
    rest = sum(document.values()) - sum(own.values())

    def prior(code: str) -> float:
        neighbours = max(0.0, document.get(code, 0.0) - own.get(code, 0.0)) / rest if rest > 1 else 0.0
        return 0.02 + docket.get(code, 0.0) + neighbours + (1.0 if code == stated else 0.0)

    candidates = dict(item.likelihoods)
    if item.letters < 60:
        # So little text may hide its language from the letters; let the neighbours name it.
        for code in (stated, max(document, key=lambda key: document[key], default="")):
            if code and may_be(code, item.script):
                candidates.setdefault(code, 0.01)
    if not candidates:
        return _of_docket(docket, item.script) if item.letters else _likeliest(document, stated)
    return max(sorted(candidates), key=lambda code: candidates[code] * prior(code))


def _likeliest(document: dict[str, float], stated: str) -> str:
    return stated or max(document, key=lambda code: document[code], default=UNDETERMINED)


def _of_docket(docket: dict[str, float], script: str) -> str:
    """The language of nearly the whole docket, for an answer such as "No"."""
    main = max(sorted(docket), key=lambda code: docket[code], default="")
    return main if main and docket[main] >= _PREVAILING and may_be(main, script) else UNDETERMINED
