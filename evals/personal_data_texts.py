"""Sentences with made-up personal data, each with the place of what was planted in it."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from colloquia.engines.personal_data import checksums
from evals.dockets import DATA

PLANTED = re.compile(r"\{([^}]*)\}")
_DOMAINS = ("example.org", "mail.example.com", "example.co.uk", "beispiel.example", "пример.example")
_COUNTRIES = {
    "en": ("ssn", "aadhaar", "card", "iban"),
    "fr": ("nir", "ahv", "iban", "card"),
    "es": ("dni", "nie", "card", "iban"),
    "ar": ("emirates", "egyptian", "card"),
    "ru": ("snils", "card"),
    "zh": ("resident", "card"),
    "de": ("ahv", "iban"),
    "ja": ("my_number",),
    "ko": ("korean",),
    "pt": ("cpf", "card"),
}


@dataclass(frozen=True)
class Planted:
    """A sentence with personal data of one kind at ``spans``."""

    language: str
    category: str
    text: str
    spans: tuple[tuple[int, int], ...]


def sentences(part: str, seed: int, each: int = 40) -> Iterator[Planted]:
    """``each`` sentences of a part for every language and kind, drawn by seed."""
    told = json.loads((DATA / "personal_data.json").read_text(encoding="utf-8"))[part]
    for language, kinds in told.items():
        for category, templates in {**kinds, "identity": _COUNTRIES[language]}.items():
            if category == "names":
                continue
            draw = random.Random(f"{seed} {part} {language} {category}")
            for number in range(each):
                template = templates[number % len(templates)]
                if category == "identity":
                    template = f"No. {{{_identity(template, draw)}}}."
                    if language == "ja":
                        template = template.replace("No.", "マイナンバー：")
                yield _filled(language, category, template, kinds["names"], draw)


def _filled(language: str, category: str, template: str, names: list[str], draw: random.Random) -> Planted:
    text, spans, at = "", [], 0
    for found in PLANTED.finditer(template):
        text += template[at : found.start()]
        value = _value(found[1], names, draw, fixed=category == "identity")
        spans.append((len(text), len(text) + len(value)))
        text += value
        at = found.end()
    return Planted(language, category, text + template[at:], tuple(spans))


def _value(given: str, names: list[str], draw: random.Random, *, fixed: bool) -> str:
    if fixed:
        return given
    if given == "x":
        return draw.choice(names)
    if given == "e":
        local = draw.choice(("jane.doe", "m_dupont", "ivan-petrov", "info42", "a+b", "王小明"))
        return f"{local}@{draw.choice(_DOMAINS)}"
    return re.sub("#", lambda _found: str(draw.randint(0, 9)), given)


def _identity(kind: str, draw: random.Random) -> str:
    """A number with right check digits, in one of its usual spellings; check digits are tried out."""
    made = {
        "ssn": lambda: f"{draw.randint(100, 665)}-{draw.randint(10, 99)}-{draw.randint(1000, 9999)}",
        "aadhaar": lambda: _spaced(_tried(f"{draw.randint(2, 9)}{_digits(draw, 10)}", checksums.verhoeff), 4),
        "card": lambda: _spaced(_tried(f"4{_digits(draw, 14)}", checksums.luhn), draw.choice((4, 16))),
        "iban": lambda: _iban(draw),
        "nir": lambda: _nir(draw),
        "ahv": lambda: _dotted(_tried(f"756{_digits(draw, 9)}", checksums.ean_13)),
        "dni": lambda: _lettered(_digits(draw, 8)),
        "nie": lambda: _lettered(draw.choice("XYZ") + _digits(draw, 7)),
        "emirates": lambda: _emirates(draw),
        "egyptian": lambda: f"2{draw.randint(50, 99)}{_day(draw)}01{_digits(draw, 5)}",
        "snils": lambda: _snils(_digits(draw, 9)),
        "resident": lambda: _resident(draw),
        "my_number": lambda: _tried(_digits(draw, 11), checksums.my_number),
        "korean": lambda: f"8{draw.randint(0, 9)}{_day(draw)}-{draw.randint(1, 2)}{_digits(draw, 6)}",
        "cpf": lambda: _cpf(_digits(draw, 9)),
    }  # fmt: skip
    return str(made[kind]())


def _digits(draw: random.Random, count: int) -> str:
    return "".join(str(draw.randint(0, 9)) for _ in range(count))


def _tried(begun: str, check: object, width: int = 1) -> str:
    for last in range(10**width):
        number = f"{begun}{last:0{width}d}"
        if callable(check) and check(number):
            return number
    raise ValueError(begun)


def _spaced(number: str, size: int) -> str:
    return " ".join(number[at : at + size] for at in range(0, len(number), size))


def _dotted(number: str) -> str:
    return f"{number[:3]}.{number[3:7]}.{number[7:11]}.{number[11:]}"


def _day(draw: random.Random) -> str:
    """Month and day, four digits."""
    return f"0{draw.randint(1, 9)}1{draw.randint(0, 9)}"


def _emirates(draw: random.Random) -> str:
    number = _tried(f"784{draw.randint(1950, 2010)}{_digits(draw, 7)}", checksums.luhn)
    return f"{number[:3]}-{number[3:7]}-{number[7:14]}-{number[14]}"


def _iban(draw: random.Random) -> str:
    country, size = draw.choice((("CH", 17), ("DE", 18), ("FR", 23)))
    body = _digits(draw, size)
    whole = next(
        f"{country}{n:02d}{body}" for n in range(2, 99) if checksums.mod_97(f"{country}{n:02d}{body}")
    )
    return _spaced(whole, draw.choice((4, 40)))


def _nir(draw: random.Random) -> str:
    body = (
        f"{draw.randint(1, 2)}{_digits(draw, 2)}0{draw.randint(1, 9)}7{draw.randint(1, 5)}{_digits(draw, 6)}"
    )
    number = _tried(body, checksums.nir, 2)
    cuts = (0, 1, 3, 5, 7, 10, 13, 15)
    return draw.choice((number, " ".join(number[a:b] for a, b in itertools.pairwise(cuts))))


def _lettered(number: str) -> str:
    return next(number + letter for letter in "TRWAGMYFPDXBNJZSQVHLCKE" if checksums.dni(number + letter))


def _snils(number: str) -> str:
    whole = _tried(number, checksums.snils, 2)
    return f"{whole[:3]}-{whole[3:6]}-{whole[6:9]} {whole[9:]}"


def _resident(draw: random.Random) -> str:
    begun = f"110105{draw.randint(1950, 2005)}0{draw.randint(1, 9)}1{draw.randint(0, 9)}{_digits(draw, 3)}"
    return next(begun + last for last in "0123456789X" if checksums.resident_id(begun + last))


def _cpf(number: str) -> str:
    whole = _tried(number if len(set(number)) > 1 else "123456789", checksums.cpf, 2)
    return f"{whole[:3]}.{whole[3:6]}.{whole[6:9]}-{whole[9:]}"
