"""Real exports are understood without a single ``--map``."""

from __future__ import annotations

from pathlib import Path

import pytest

from colloquia.engines.intake import collect, understand

DATA = Path(__file__).parents[4] / "shared" / "data" / "consultations"
CASES = [
    ("aipubcom-args.csv", 2916, 9883),
    ("ottensen_de_12labels.csv", 697, 1394),
    ("polis/vtaiwan.uberx.csv", 197, 197),
    ("polis/american-assembly.bowling-green.csv", 896, 896),
    ("deliberation/GenAI.json", 231, 231),
    ("themefinder-gambling_XS/q1/responses.jsonl", 100, 100),
]


@pytest.mark.parametrize(("name", "submissions", "answers"), CASES)
def test_real_export_is_understood_without_help(name, submissions, answers):
    path = next((base / name for base in (DATA, DATA.parents[2] / name) if (base / name).exists()), None)
    if path is None:
        pytest.skip(f"{name} is not in ../shared/data/consultations")

    understanding = understand([path])
    assert understanding.problems == []
    assert (understanding.submissions, understanding.answers) == (submissions, answers)
    items = list(collect(understanding))
    assert (len(items), sum(len(item.answers) for item in items)) == (submissions, answers)
