"""What one run of ``colloquia analyse`` makes of its arguments."""

from __future__ import annotations

import pytest

from colloquia.analysis_job import text_in


@pytest.mark.parametrize(
    ("given", "english", "arabic"),
    [
        ([], "", ""),
        (["Made up"], "Made up", "Made up"),
        (["en=Made up", "ar=مختلق"], "Made up", "مختلق"),
        (["ar=مختلق"], "", "مختلق"),
        (["Made up", "ar=مختلق"], "Made up", "مختلق"),
        (["a=b", "en=c=d"], "c=d", "a=b"),
    ],
)
def test_a_text_goes_into_the_report_of_its_language(given: list[str], english: str, arabic: str) -> None:
    assert (text_in("en", given), text_in("ar", given)) == (english, arabic)
