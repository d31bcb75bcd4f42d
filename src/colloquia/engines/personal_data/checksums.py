"""Check digits of identity numbers. Each function says whose rule it is.

All take strings of ASCII digits (and letters where they say so) without blanks.
"""

from __future__ import annotations

_VERHOEFF_PRODUCT = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_PERMUTATION = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE"


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B: payment cards, Saudi and Emirati ids."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def mod_97(iban: str) -> bool:
    """ISO 13616 with ISO/IEC 7064 MOD 97-10: letters and digits, the first four moved to the end."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def verhoeff(digits: str) -> bool:
    """J. Verhoeff, Error Detecting Decimal Codes (1969); used by UIDAI for Aadhaar numbers."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = int(_VERHOEFF_PRODUCT[check][int(_VERHOEFF_PERMUTATION[place % 8][int(digit)])])
    return check == 0


def ean_13(digits: str) -> bool:
    """GS1 check digit over 13 digits; the Swiss AHV number (OASI, since 2008) uses it."""
    return sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(digits)) % 10 == 0


def nir(number: str) -> bool:
    """INSEE: 13 characters and the key 97 − (n mod 97); Corsica 2A counts as 19, 2B as 18."""
    plain = number[:13].upper().replace("2A", "19").replace("2B", "18")
    return plain.isdigit() and 97 - int(plain) % 97 == int(number[13:])


def dni(number: str) -> bool:
    """Spanish Ministry of the Interior: the letter is the number modulo 23; X, Y, Z count as 0, 1, 2."""
    digits = number[:-1].upper().translate(str.maketrans("XYZ", "012"))
    return _SPANISH[int(digits) % 23] == number[-1].upper()


def resident_id(number: str) -> bool:
    """GB 11643-1999 with ISO/IEC 7064 MOD 11-2: 17 digits and a digit or X."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17].upper()


def my_number(digits: str) -> bool:
    """Japanese Ministry of Internal Affairs, Ordinance 85 of 2014, article 5: 11 digits and a check digit."""
    body = [int(digit) for digit in reversed(digits[:11])]
    total = sum(digit * (place + 2 if place < 6 else place - 4) for place, digit in enumerate(body))
    return (0 if total % 11 <= 1 else 11 - total % 11) == int(digits[11])


def cpf(digits: str) -> bool:
    """Receita Federal: two check digits modulo 11 over nine digits; equal digits are not given."""
    if len(set(digits)) == 1:
        return False
    for size in (9, 10):
        total = sum(int(digit) * (size + 1 - place) for place, digit in enumerate(digits[:size]))
        if total * 10 % 11 % 10 != int(digits[size]):
            return False
    return True


def snils(digits: str) -> bool:
    """Pension Fund of Russia: weights 9 to 1, modulo 101, 100 counts as 0."""
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:9]))
    return total % 101 % 100 == int(digits[9:])


def inn(digits: str) -> bool:
    """Federal Tax Service of Russia, order MMV-7-6/435: two check digits modulo 11 and 10, for persons."""
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    first = sum(int(d) * w for d, w in zip(digits, weights[1:], strict=False)) % 11 % 10
    second = sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11 % 10
    return (first, second) == (int(digits[10]), int(digits[11]))


def steuer_id(digits: str) -> bool:
    """German Federal Central Tax Office, ISO/IEC 7064 MOD 11,10; the first digit is not 0."""
    product = 10
    for digit in digits[:10]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return digits[0] != "0" and (11 - product) % 10 == int(digits[10])


def nif(digits: str) -> bool:
    """Portuguese tax authority: weights 9 to 2, modulo 11; 10 and 11 count as 0."""
    check = 11 - sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:8])) % 11
    return (0 if check >= 10 else check) == int(digits[8])


def nhs(digits: str) -> bool:
    """NHS Data Dictionary: weights 10 to 2, modulo 11; 10 is not given."""
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check != 10 and check % 11 == int(digits[9])


def hong_kong(number: str) -> bool:
    """Identity card of Hong Kong: one or two letters, six digits and a check digit, A for ten; modulo 11."""
    values = [int(character, 36) for character in number[:-1]]
    values = [36] * (8 - len(values)) + values
    last = int(number[-1], 36)
    return last <= 10 and (sum(w * v for w, v in zip(range(9, 1, -1), values, strict=True)) + last) % 11 == 0
