"""A language as people state it, to its code."""

from __future__ import annotations

import pytest

from colloquia.engines.languages.codes import language_code


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("fr-CA", "fr"),
        ("fr_FR", "fr"),
        ("zh-Hant-TW", "zh"),
        ("French", "fr"),
        (" français ", "fr"),
        ("FRANCAIS", "fr"),
        ("francés", "fr"),
        ("французский", "fr"),
        ("الفرنسية", "fr"),
        ("فرنسية", "fr"),
        ("法语", "fr"),
        ("Französisch", "fr"),
        ("フランス語", "fr"),
        ("English (United Kingdom)", "en"),
        ("Deutsch", "de"),
        ("Swahili", "sw"),
        ("Kiswahili", ""),
        ("ESPAÑOL", "es"),
        ("Русский", "ru"),
        ("العربية", "ar"),
        ("中文", "zh"),
        ("日本語", "ja"),
        ("한국어", "ko"),
        ("ไทย", "th"),
        ("Türkçe", "tr"),
        ("polski", "pl"),
        ("", ""),
        ("  ", ""),
        ("xx", ""),
        ("n/a", ""),
        ("yes", ""),
        ("other", ""),
        ("en fr", ""),
        ("(", ""),
    ],
)
def test_a_stated_language_is_read(stated, code):
    assert language_code(stated) == code
