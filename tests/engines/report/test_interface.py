"""The report speaks English and Arabic, whole and with right plurals."""

from __future__ import annotations

import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from colloquia.engines.report import interface as module
from colloquia.engines.report.interface import LOCALE, interface

SOURCES = LOCALE.parent
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def messages() -> set[str | tuple[str, str]]:
    found = extract_from_dir(str(SOURCES), method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found}


def catalogue():
    with (LOCALE / "ar.po").open("rb") as source:
        return read_po(source, locale="ar")


def test_arabic_translates_every_string_and_no_other():
    read = catalogue()
    translated = {
        one.id
        for one in read
        if one.id and all(one.string if isinstance(one.string, tuple) else [one.string])
    }
    assert messages() == translated
    assert [one.id for one in read if one.fuzzy and one.id] == []


def test_arabic_keeps_every_placeholder():
    for one in catalogue():
        if not one.id:
            continue
        if isinstance(one.id, str):
            assert set(re.findall(r"{\w+}", one.string)) == set(re.findall(r"{\w+}", one.id)), one.id
        else:
            assert len(one.string) == 6
            for form in one.string[3:]:
                assert set(re.findall(r"{\w+}", form)) == set(re.findall(r"{\w+}", one.id[1])), one.id
            for form in one.string[:3]:
                assert set(re.findall(r"{\w+}", form)) <= set(re.findall(r"{\w+}", one.id[1])), one.id


@pytest.mark.parametrize(
    ("number", "phrase"),
    [
        (0, "لا مساهمات"),
        (1, "مساهمة واحدة"),
        (2, "مساهمتان"),
        (3, "3 مساهمات"),
        (10, "10 مساهمات"),
        (11, "11 مساهمة"),
        (99, "99 مساهمة"),
        (100, "100 مساهمة"),
        (103, "103 مساهمات"),
    ],
)
def test_arabic_counts_in_its_six_forms(number, phrase):
    assert interface("ar").ngettext("{n} submission", "{n} submissions", number).format(n=number) == phrase


def test_english_counts_in_two_forms():
    words = interface("en")
    assert [words.ngettext("{n} problem", "{n} problems", n).format(n=n) for n in (0, 1, 2)] == [
        "0 problems",
        "1 problem",
        "2 problems",
    ]


def test_a_share_is_never_rounded_to_nothing_or_to_everything():
    words = interface("en")
    assert [words.share(part, 1000) for part in (0, 1, 250, 999, 1000)] == [
        "0%",
        "<1%",
        "25%",
        ">99%",
        "100%",
    ]
    assert words.share(1, 0) == "–"


def test_an_unknown_interface_language_is_refused():
    with pytest.raises(ValueError, match="must be one of en, ar; 'fr' was asked for"):
        module.interface("fr")
