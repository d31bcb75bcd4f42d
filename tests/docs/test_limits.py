"""Limits that pages state are those of the program."""

from __future__ import annotations

import pytest

from colloquia.engines.analysis import Options
from colloquia.engines.duplicates import similar
from colloquia.engines.languages import identify
from colloquia.engines.meaning import batches
from colloquia.engines.passages.split import TARGET
from colloquia.engines.questions import mapping
from colloquia.engines.themes import core
from tests.docs.pages import page

_RESAMPLES = {8: "eight"}[Options(title="", year=2026).resamples]


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("explanation/themes.md", f"at most {core.CORE:,} passages"),
        ("explanation/themes.md", f"is repeated {_RESAMPLES} times"),
        ("decisions/0008-themes-by-average-linkage.md", f"Beyond {core.CORE:,} distinct passages"),
        ("explanation/questions.md", f"from a score of **{mapping.CUT}** on"),
        ("explanation/questions.md", f"the machine needs **{mapping.OWN_CUT}**"),
        ("reference/tables.md", f"left out: {mapping.CUT}, or {mapping.OWN_CUT} for"),
        ("explanation/passages.md", f"aims at {TARGET} characters"),
        ("explanation/languages.md", f"the first {identify._SCANNED:,} characters"),
        ("explanation/reproducibility.md", f"in batches of {batches.BATCH}"),
        ("explanation/similar-messages.md", f"Messages under {similar.SHORTEST} characters"),
        ("explanation/similar-messages.md", f"Messages over {similar.LONGEST:,} characters"),
    ],
)
def test_page_states_the_limit_of_the_program(name: str, stated: str) -> None:
    assert stated in " ".join(page(name).split())
