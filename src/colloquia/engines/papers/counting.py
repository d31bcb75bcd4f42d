"""Numbers as Word writes them in lists: decimal, roman, letters, in several scripts."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ALPHABETS = {
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}
_CHINESE = "零一二三四五六七八九"
_CHINESE_FORMATS = frozenset(
    {"chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
     "japaneseCounting", "ideographDigital"}
)  # fmt: skip


def written(number: int, form: str) -> str:
    """A number in a format of Word; an unknown format is written in decimal digits, a bullet not at all."""
    if form in {"none", "bullet"}:
        return ""
    if number < 1:
        return str(number)
    if form in {"lowerRoman", "upperRoman"} and number < 4000:
        text = roman(number)
        return text.upper() if form == "upperRoman" else text
    if form in _ALPHABETS:
        letters = _ALPHABETS[form]
        turns, place = divmod(number - 1, len(letters))
        # After z come aa, bb, cc.
        return letters[place] * min(turns + 1, 10)
    if form in _CHINESE_FORMATS and number < 100:
        tens, ones = divmod(number, 10)
        head = "" if not tens else ("十" if tens == 1 else f"{_CHINESE[tens]}十")
        return head + (_CHINESE[ones] if ones else "")
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


def roman(number: int) -> str:
    """A number from 1 to 3999 in small roman numerals."""
    parts = []
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        parts.append(sign * times)
    return "".join(parts)
