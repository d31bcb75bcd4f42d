"""Identity numbers: by their form and check digits, some only behind a word that announces them.

Numbers whose form is common and whose check digit is weak (one in ten numbers passes) need the word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from colloquia.engines.personal_data import checksums
from colloquia.engines.personal_data.records import Finding

_REACH = 40
# Numbers stand right beside Han, kana and Hangul; other letters, and more digits, make them something else.
_EDGE = r"(?<![0-9A-Za-z_À-ɏЀ-ӿ؀-ۿ.,/-])"
_AFTER = r"(?![0-9A-Za-z_À-ɏЀ-ӿ؀-ۿ]|[.,/-]\d)"

# ISO 13616: the registry's length of an IBAN by country (SWIFT IBAN registry).
IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29,
    "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29,
    "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28,
    "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20,
    "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22,
    "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25,
    "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25,
    "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip
_IBAN = re.compile(r"(?<![0-9A-Za-z_])[A-Z]{2}\d\d(?=[ A-Z0-9])")


def _holds_date(year: int, month: str, day: str) -> bool:
    try:
        date(year, int(month), int(day))
    except ValueError:
        return False
    return True


def _card(digits: str) -> bool:
    """ISO/IEC 7812 issuers of cards, by their first digits."""
    issued = digits[0] == "4" or 51 <= int(digits[:2]) <= 55 or 2221 <= int(digits[:4]) <= 2720
    issued = issued or digits[:2] in {"34", "37", "35", "36", "38", "62", "65"} or digits[:4] == "6011"
    return issued and checksums.luhn(digits)


def _chinese(number: str) -> bool:
    born = number[6:14]
    return _holds_date(int(born[:4]), born[4:6], born[6:]) and checksums.resident_id(number)


def _egyptian(digits: str) -> bool:
    """Civil Status Organisation: century, date of birth, governorate (01 to 35, or 88: born abroad)."""
    year = {"2": 1900, "3": 2000}[digits[0]] + int(digits[1:3])
    place = int(digits[7:9])
    return _holds_date(year, digits[3:5], digits[5:7]) and (1 <= place <= 35 or place == 88)


def _korean(digits: str) -> bool:
    """Resident Registration Act: date of birth, then 1 to 8; since October 2020 without a check digit."""
    century = {"1": 1900, "2": 1900, "5": 1900, "6": 1900}.get(digits[6], 2000)
    return digits[6] in "12345678" and _holds_date(century + int(digits[:2]), digits[2:4], digits[4:6])


def _social_security(digits: str) -> bool:
    """Social Security Administration, POMS RM 10201.035: what is never given. There is no check digit."""
    never = digits[:3] in {"000", "666"} or digits[0] == "9" or digits[3:5] == "00" or digits[5:] == "0000"
    return not never


def _aadhaar(digits: str) -> bool:
    """UIDAI: twelve digits, the first from 2 on, Verhoeff. Three years in a row are years."""
    years = all(1500 <= int(digits[at : at + 4]) <= 2099 for at in (0, 4, 8))
    return digits[0] >= "2" and not years and checksums.verhoeff(digits)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of number: its shape, what must hold for its characters, and words that must precede."""

    name: str
    shape: re.Pattern[str]
    holds: Callable[[str], bool]
    cue: re.Pattern[str] | None = None


def _kind(name: str, shape: str, holds: Callable[[str], bool], cue: str = "") -> _Kind:
    return _Kind(
        name,
        re.compile(_EDGE + shape + _AFTER),
        holds,
        re.compile(cue, re.IGNORECASE) if cue else None,
    )


KINDS = (
    _kind("card", r"\d{4}(?P<s>[ -]?)\d{4}(?P=s)\d{4}(?P=s)\d{4}", _card),
    _kind("card.amex", r"3[47]\d{2}(?P<s>[ -]?)\d{6}(?P=s)\d{5}", _card),
    _kind("ch.ahv", r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d\d", checksums.ean_13),
    _kind(
        "fr.nir",
        r"[1-478] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d",
        checksums.nir,
    ),
    _kind("es.dni", r"\d{2}[. ]?\d{3}[. ]?\d{3}[ -]?[A-HJ-NP-TV-Z]", checksums.dni),
    _kind("es.nie", r"[XYZ][ -]?\d{7}[ -]?[A-HJ-NP-TV-Z]", checksums.dni),
    _kind("cn.resident", r"[1-9]\d{5}(?:19|20)\d{9}[\dXx]", _chinese),
    _kind("hk.identity", r"[A-Z]{1,2}\d{6} ?\([0-9A]\)", checksums.hong_kong),
    _kind("br.cpf", r"\d{3}\.\d{3}\.\d{3}-\d\d", checksums.cpf),
    _kind("br.cpf", r"\d{11}", checksums.cpf, r"\bcpf\b"),
    _kind("ae.emirates", r"784-?(?:19|20)\d\d-?\d{7}-?\d", checksums.luhn),
    _kind("eg.national", r"[23]\d{13}", _egyptian),
    _kind("kr.resident", r"\d{6}-[1-8]\d{6}", _korean),
    _kind("us.ssn", r"\d{3}(?P<s>[- ])\d\d(?P=s)\d{4}", _social_security),
    _kind("in.aadhaar", r"[2-9]\d{3} \d{4} \d{4}", _aadhaar),
    _kind("ru.snils", r"\d{3}-\d{3}-\d{3}[ -]\d\d", checksums.snils),
    _kind("ru.inn", r"\d{12}", checksums.inn, r"инн"),
    _kind(
        "jp.my_number", r"\d{4}[ -]?\d{4}[ -]?\d{4}", checksums.my_number, r"マイナンバ|my number|個人番号"
    ),
    _kind("sa.national", r"[12]\d{9}", checksums.luhn, r"هوية|إقامة|اقامة|السجل المدني|national id|iqama"),
    _kind("de.tax", r"\d{2} ?\d{3} ?\d{3} ?\d{3}", checksums.steuer_id, r"steuer|idnr"),
    _kind("pt.nif", r"\d{3} ?\d{3} ?\d{3}", checksums.nif, r"\bnif\b|contribuinte"),
    _kind("gb.nhs", r"\d{3} ?\d{3} ?\d{4}", checksums.nhs, r"\bnhs\b"),
    _kind("gb.nino", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]", bool),
)


def identities(text: str) -> Iterator[Finding]:
    """Identity numbers in a plain text."""
    yield from _ibans(text)
    for kind in KINDS:
        for found in kind.shape.finditer(text):
            characters = re.sub(r"[^0-9A-Za-z]", "", found[0])
            announced = kind.cue is None or kind.cue.search(
                text, max(0, found.start() - _REACH), found.start()
            )
            if announced and kind.holds(characters):
                yield Finding(*found.span(), "identity", f"identity.{kind.name}")


def _ibans(text: str) -> Iterator[Finding]:
    """Account numbers: country, then as many letters and digits as it has, with single blanks between."""
    for begun in _IBAN.finditer(text):
        wanted = IBAN_LENGTHS.get(begun[0][:2], 0)
        taken, at = "", begun.start()
        while len(taken) < wanted and at < len(text):
            character = text[at]
            if character.isascii() and (character.isdigit() or character.isupper()):
                taken += character
            elif character != " " or text[at - 1] == " ":
                break
            at += 1
        ended = at == len(text) or not (text[at].isascii() and text[at].isalnum())
        if wanted and len(taken) == wanted and ended and checksums.mod_97(taken):
            yield Finding(begun.start(), at, "identity", "identity.iban")
