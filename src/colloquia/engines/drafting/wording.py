"""What a machine's words may not be: mark-up, invisible signs, counts told as facts, positions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path

from colloquia.engines.drafting.records import Reason
from colloquia.engines.languages.scripts import may_be, script_of
from colloquia.engines.passages.split import weight

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
"""Languages of drafts: those whose words for counts and positions are known."""
_HEADING = re.compile(r"\[(\w\w) (who|kinds|count|position)\]")
_MARKUP = re.compile(
    r"[<>{}|\\`^~*_#]|\]\(|&#?\w+;|(?:https?|ftp)://|(?:javascript|mailto):|www\.|\w@\w|^\s*(?:[-+•]|\d+[.)])\s",
    re.IGNORECASE,
)
_SHARE = re.compile(r"[%٪‰％﹪]")
_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0640]")
_MOST_MARKS = 3


def plain_line(text: str) -> str | None:
    """``text`` on one line, or None where it holds signs that no draft needs.

    Those are controls, directional and other invisible signs, half pairs, private and unassigned
    code points, and heaps of accents.
    """
    signs: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        if character in "\t\r\n" or category == "Zs":
            signs.append(" ")
        elif category[0] == "C" or category[0] == "Z":
            return None
        else:
            signs.append(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > _MOST_MARKS:
            return None
    return " ".join("".join(signs).split())


def fault_in(line: str, *, language: str, shortest: int, longest: int, is_name: bool) -> Reason | None:
    """The first reason for which ``line`` cannot stand; None where it can.

    ``shortest`` and ``longest`` are weighted characters, see ``colloquia.engines.passages.split.weight``.
    """
    if not shortest <= weight(line) <= longest:
        return Reason.LENGTH
    if _MARKUP.search(line):
        return Reason.MARKUP
    if not in_script_of(language, line):
        return Reason.LANGUAGE
    known = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", line))
    if _SHARE.search(line) or any(pattern.search(known) for pattern in _patterns("count")):
        return Reason.COUNTED
    if is_name and any(pattern.search(known) for pattern in _patterns("position")):
        return Reason.POSITION
    return None


def claims_in(text: str) -> tuple[str, ...]:
    """Words that tell how many hold a view, or that somebody is for or against; each once, as written.

    What a machine's draft may not say at all, a person is asked to look at once more.
    """
    known = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text))
    patterns = (_SHARE, *_patterns("count"), *_patterns("position"))
    found = sorted((match.start(), match[0]) for each in patterns for match in each.finditer(known))
    return tuple(dict.fromkeys(words for _start, words in found))


def in_script_of(language: str, text: str) -> bool:
    """Whether ``text`` is written as ``language`` is; the languages of one script are not told apart."""
    letters = sum(character.isalpha() for character in text)
    return letters > 0 and may_be(language, script_of(text, letters))


def names_a_party(line: str, parties: Collection[str]) -> bool:
    """Whether ``line`` holds one of the names as whole words; short names in capitals only as such."""
    if not parties:
        return False
    exact, folded = _party_patterns(frozenset(parties))
    known = unicodedata.normalize("NFKC", line)
    return bool((exact and exact.search(known)) or (folded and folded.search(known.casefold())))


@lru_cache(maxsize=4)
def _party_patterns(parties: frozenset[str]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    names = {unicodedata.normalize("NFKC", " ".join(name.split())) for name in parties}
    short = {name for name in names if 1 < len(name) <= 4 and name.isupper()}
    long = {name.casefold() for name in names - short if len(name) > 1}
    return _any_of(short), _any_of(long)


def _any_of(names: set[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    choices = "|".join(_bounded(re.escape(name), name) for name in sorted(names, key=lambda n: (-len(n), n)))
    return re.compile(choices)


def _bounded(pattern: str, sample: str) -> str:
    script = script_of(sample, sum(character.isalpha() for character in sample))
    if script in {"han", "kana", "thai"}:
        return pattern
    before = r"(?<!\w)(?:[وفبلك]?(?:ال|ل)?)" if script == "arabic" else r"(?<!\w)"
    return rf"{before}(?:{pattern})(?!\w)"


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    stands_for: dict[str, str] = {}
    lines: dict[str, list[str]] = {}
    language = heading = ""
    for line in Path(__file__).with_name("claims.txt").read_text(encoding="utf-8").splitlines():
        found = _HEADING.fullmatch(line)
        if found:
            language, heading = found[1], found[2]
            stands_for = stands_for if heading != "who" else {}
        elif line and not line.startswith("#"):
            whole = line
            for name, words in stands_for.items():
                whole = whole.replace(name, words)
            if heading in {"who", "kinds"}:
                stands_for[f"{{{heading}}}"] = whole
            elif heading == kind:
                lines.setdefault(language, []).append(whole)
    samples = {"zh": "字", "ar": "كل"}
    return tuple(
        re.compile(_bounded("|".join(choices), samples.get(code, "a")), re.IGNORECASE)
        for code, choices in sorted(lines.items())
    )
