"""The folded form of a name: two names with the same one are written alike.

Case, width, spaces, punctuation, quotation marks and accents go; nothing goes that tells names apart in its
script.
"""

from __future__ import annotations

import re
import unicodedata

from colloquia.engines.duplicates.folding import COMPACT_RANGES
from colloquia.engines.organisations.words import DATA, read_sections

_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ٱ": "ا", "ـ": None, "ך": "כ", "ם": "מ", "ן": "נ",
        "ף": "פ", "ץ": "צ", "&": " and ", "™": " ", "®": " ", "©": " ", "§": " ",
    }
)  # fmt: skip
_APOSTROPHES = "'’‘ʼʹ´`′＇"
_ELISION = re.compile(rf"(?<!\w)(l|d|qu|dell|nell|sull|all|dall|un)[{_APOSTROPHES}](?=\w)")
_APOSTROPHE = re.compile(rf"[{_APOSTROPHES}]")
_DOTTED = re.compile(r"(?<!\w)(?:\w\.){2,}(?:\w(?!\w))?|(?<!\w)\w(?:\.\w)+(?![\w.])")
_COMPACT = "".join(f"{chr(first)}-{chr(last)}" for first, last in COMPACT_RANGES)
COMPACT = re.compile(f"[{_COMPACT}]")
"""A character of a script that is written without spaces."""
_SPACE_INSIDE_COMPACT = re.compile(f"(?<=[{_COMPACT}]) (?=[{_COMPACT}])")
_BRACKETED = {"(株)": "株式会社", "(有)": "有限会社", "(주)": "주식회사", "(유)": "유한회사"}
_DIAERESIS, _BREVE = "\u0308", "\u0306"
LONGEST = 300
"""Characters that are read of a name; what is longer is prose."""


class _Separators(dict[int, int]):
    """Code point to itself, or to a space if it is no part of a word; filled as met."""

    def __missing__(self, code: int) -> int:
        folded = code if _is_part_of_word(chr(code)) else 0x20
        self[code] = folded
        return folded


_SEPARATORS = _Separators()


def fold(name: str) -> str:
    """Words of the folded name joined by one space; none between Han, kana and Hangul characters."""
    text = name[:LONGEST]
    if text.isascii():
        text = text.lower().replace("&", " and ")
    else:
        text = unicodedata.normalize("NFKC", text.translate(_LETTERS)).casefold()
        for bracketed, form in _BRACKETED.items():
            text = text.replace(bracketed, form)
        text = _without_accents(text).translate(_LETTERS)
    if not text.isalnum():
        if not text.isascii() or "'" in text or "`" in text:
            text = _APOSTROPHE.sub("", _ELISION.sub(r"\1 ", text))
        if "." in text:
            text = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text)
        text = " ".join(text.translate(_SEPARATORS).split())
    if not text.isascii() and COMPACT.search(text):
        text = _SPACE_INSIDE_COMPACT.sub("", text)
    return text


def _without_accents(text: str) -> str:
    """Drop accents that do not make another letter: й, ї and the marks of kana and Indic scripts stay."""
    kept: list[str] = []
    base = ""
    for mark in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(mark) or (ord(mark) >= 0x0900 and not 0x1AB0 <= ord(mark) <= 0x1DFF):
            base = mark
            kept.append(mark)
        elif "\u0400" <= base <= "\u052f" and (mark == _BREVE or (mark == _DIAERESIS and base not in "еЕ")):
            kept.append(mark)
    return unicodedata.normalize("NFC", "".join(kept))


def _is_part_of_word(mark: str) -> bool:
    return mark.isalnum() or mark == "+" or (mark > "\x7f" and unicodedata.category(mark)[0] == "M")


_VARIANTS = {ord(pair[0]): pair[1] for pair in read_sections(DATA / "character_variants.txt")[""]}
_DIGRAPHS = re.compile(r"(?<=[a-z])?(?:ae|oe|ue)")


def plain(text: str) -> str:
    """A folded text without differences of spelling: written-out umlauts, old and new forms of characters."""
    return _DIGRAPHS.sub(lambda found: found[0][0], text) if text.isascii() else text.translate(_VARIANTS)


_LATIN = (
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t "
    "у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=i є=e ґ=g α=a β=v γ=g δ=d ε=e ζ=z "
    "η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o"
)
_LATIN_TABLE = str.maketrans(dict(pair.split("=") for pair in _LATIN.split()))


_LOOSE = re.compile(r"(kh|ts|ks|j|yo|y)|(.)(?=\2)")
_LOOSE_FOR = {"kh": "h", "ts": "c", "ks": "x", "j": "i", "yo": "e", "y": "i"}


def loose(text: str) -> str:
    """A Latin text without the differences between usual ways of transliterating."""
    once = _LOOSE.sub(lambda found: _LOOSE_FOR.get(found[1] or "", ""), text)
    return re.sub(r"i+", "i", once)


def latin(text: str) -> str:
    """A folded Cyrillic or Greek text in Latin letters; "" for a text in other scripts."""
    turned = text.translate(_LATIN_TABLE)
    return turned if turned != text and turned.isascii() else ""
