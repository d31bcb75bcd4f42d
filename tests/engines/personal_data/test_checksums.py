"""Check digits, by published examples, and that a changed digit is noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from colloquia.engines.personal_data import checksums

EXAMPLES = [
    (checksums.luhn, "4111111111111111"),
    (checksums.mod_97, "CH9300762011623852957"),
    (checksums.verhoeff, "234123412346"),
    (checksums.ean_13, "7569217076985"),
    (checksums.nir, "255081416802538"),
    (checksums.dni, "12345678Z"),
    (checksums.dni, "X1234567L"),
    (checksums.resident_id, "11010519491231002X"),
    (checksums.my_number, "123456789018"),
    (checksums.cpf, "52998224725"),
    (checksums.snils, "11223344595"),
    (checksums.inn, "500100732259"),
    (checksums.steuer_id, "86095742719"),
    (checksums.nif, "123456789"),
    (checksums.nhs, "9434765919"),
]


@pytest.mark.parametrize(("check", "number"), EXAMPLES)
def test_published_examples(check: Callable[[str], bool], number: str) -> None:
    assert check(number)
    at = 5
    changed = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    assert not check(changed)
