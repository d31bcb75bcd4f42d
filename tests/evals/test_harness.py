"""The command that prints the evaluations: rows, intervals, and what it does without the data."""

from __future__ import annotations

import json
import math
import re
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from evals import clusters, cross_lingual, dockets, harness, languages, question_mapping, stability
from evals.rows import Row, absent, bootstrap
from evals.similar_letters import Docket, Tally

MODULES = tuple(name for name in harness.NAMES if (Path(harness.__file__).parent / f"{name}.py").exists())


@pytest.mark.parametrize("name", MODULES)
def test_every_evaluation_is_importable_and_has_rows(name: str) -> None:
    assert callable(import_module(f"evals.{name}").rows)


def test_bootstrap_is_the_same_for_the_same_seed() -> None:
    values = np.random.default_rng(3).random(60)
    assert bootstrap(values, seed=5) == bootstrap(values, seed=5)
    assert bootstrap(values, seed=5) != bootstrap(values, seed=6)


def test_bootstrap_interval_of_a_mean_is_about_two_standard_errors() -> None:
    values = np.random.default_rng(1).normal(10.0, 2.0, 400)
    low, high = bootstrap(values, seed=0)
    error = values.std() / 20
    assert low == pytest.approx(values.mean() - 1.96 * error, abs=0.25 * error)
    assert high == pytest.approx(values.mean() + 1.96 * error, abs=0.25 * error)


def test_bootstrap_resamples_whole_rows() -> None:
    pairs = np.array([[1, 1], [0, 1], [1, 1], [1, 1]])
    assert bootstrap(pairs, lambda part: float(part[:, 1].mean())) == (1.0, 1.0)


def test_bootstrap_of_one_value_has_no_interval() -> None:
    assert all(math.isnan(bound) for bound in bootstrap([0.5]))


def test_verdict_says_by_how_much_a_target_is_missed() -> None:
    assert harness.verdict(Row("t", "d", "m", 0.93, target=0.95)) == "missed by 0.020"
    assert harness.verdict(Row("t", "d", "m", 0.95, target=0.95)) == "met"
    assert harness.verdict(Row("t", "d", "m", 0.03, target=0.01, at_most=True)) == "missed by 0.020"
    assert harness.verdict(Row("t", "d", "m", 0.005, target=0.01, at_most=True)) == "met"
    assert harness.verdict(Row("t", "d", "m", 0.5)) == ""
    assert harness.verdict(absent("t", "d", "m", 0.5)) == "not run"


def test_cells_print_counts_whole_and_shares_to_three_places() -> None:
    row = Row("t", "d", "m", 38.0, target=35.0)
    assert harness.cells(row) == ("t", "d", "m", "38", "", "≥ 35", "met", "")
    share = Row("t", "d", "m", 0.12345, 0.1, 0.2, 0.01, at_most=True, note="n")
    assert harness.cells(share) == (
        "t", "d", "m", "0.123", "0.100 – 0.200", "≤ 0.010", "missed by 0.113", "n",
    )  # fmt: skip


def test_rows_of_another_record_are_read_by_name() -> None:
    found = SimpleNamespace(
        task="t", detail="d", measure="m", value=None, low=None, high=None, target=0.9, note="why"
    )
    row = harness.as_row(found)
    assert (row.data, row.measured, row.target, row.note) == ("d", False, 0.9, "why")


def test_an_evaluation_that_breaks_off_becomes_a_row() -> None:
    def broken(shared: Path, seed: int) -> list[Row]:
        raise ValueError("no such column")

    rows, failed = harness.run("clusters", lambda name: SimpleNamespace(rows=broken), Path(), 0)
    assert failed is True
    assert [(row.task, row.note) for row in rows] == [("clusters", "broke off: ValueError: no such column")]


def test_absent_data_leaves_rows_that_say_so(tmp_path: Path) -> None:
    found = [*cross_lingual.rows(tmp_path, 0), *clusters.rows(tmp_path, 0), *stability.rows(tmp_path, 0)]
    assert {row.note for row in found} == {"not run: data absent"}
    assert [row.task for row in found] == ["cross-lingual", "cross-lingual", "clusters", "stability"]


def test_command_without_the_data_prints_what_it_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "rows.json"
    only = ["--only", "languages", "--only", "clusters"]
    status = harness.main([*only, "--shared", str(tmp_path / "none"), "--json", str(written)])
    printed = capsys.readouterr()
    assert status == 0
    assert "rows that need it are not run" in printed.err
    rows = json.loads(written.read_text(encoding="utf-8"))["rows"]
    assert {row["data"] for row in rows if row["value"] is None} == {"SDG targets", clusters.DATA}
    assert all(row["value"] is not None for row in rows if row["data"] == "informal sentences")
    assert "informal sentences" in printed.out


def test_first_words_counts_characters_where_words_are_not_spaced() -> None:
    assert languages.first_words("one two three four", "en", 3) == "one two three"
    assert languages.first_words("one two", "en", 3) == ""
    assert languages.first_words("著作権と人工知能について", "ja", 3) == "著作権と人工"


def test_docket_keeps_a_letter_before_others_with_the_same_text() -> None:
    docket = Docket.of([{"text": "Same text.", "letter": "a"}], ["Other."], ["same text", "Third."])
    assert (docket.texts, docket.truth) == (["Same text.", "Other.", "Third."], ["a", "background", ""])


def test_tally_counts_recall_flags_and_purity() -> None:
    docket = Docket(
        ["a1", "a2", "b1", "b2", "back", "other1", "other2"], ["a", "a", "b", "b", "background", "", ""]
    )
    tally = Tally()
    tally.add(docket, [[0, 1, 2, 5]])
    values = {row.measure: row.value for row in tally.rows("d", 0)}
    assert values == {"recall": 0.75, "others flagged": 0.5, "background flagged": 0.0}
    assert [row.value for row in tally.purity("d", 0)] == [0.5, pytest.approx(1 / 3)]


def test_bcubed_of_a_perfect_clustering_is_one() -> None:
    gold = np.array([[1, 0], [1, 0], [0, 1]], dtype=bool)
    assert clusters.bcubed(gold, np.array([4, 4, 9])).tolist() == [[1.0, 1.0]] * 3


def test_bcubed_counts_pairs_that_share_any_label() -> None:
    gold = np.array([[1, 1], [1, 0], [0, 1]], dtype=bool)
    found = clusters.bcubed(gold, np.array([0, 0, 0]))
    assert found[:, 0] == pytest.approx([1.0, 2 / 3, 2 / 3])
    assert found[0, 1] == pytest.approx((1 / 2 + 1 + 1) / 3)


def test_rows_in_no_theme_are_clusters_of_their_own() -> None:
    assert clusters.apart(np.array([0, -1, 1, -1])).tolist() == [0, 2, 1, 3]


def test_resample_keeps_all_passages_of_a_message_or_none() -> None:
    owners = np.array([0, 0, 1, 2, 2, 2, *range(3, 10)])
    kept = stability.resample(owners, 10, seed=4)
    gone = set(owners.tolist()) - set(owners[kept].tolist())
    assert len(gone) == 1
    assert kept.tolist() == [row for row, owner in enumerate(owners) if int(owner) not in gone]
    assert stability.resample(owners, 10, seed=4).tolist() == kept.tolist()


def test_distinct_leaves_out_empty_and_repeated_texts() -> None:
    assert dockets.distinct(["One.", "  one ", "", None, "Two"]) == ["One.", "Two"]


def test_message_vectors_are_of_length_one_and_encoded_once() -> None:
    text = "A short message about the patent office.\n\nA second paragraph about music."
    vectors = dockets.message_vectors([text, "Another message."])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)
    assert dockets.message_vectors([text]).tolist() == vectors[:1].tolist()


def test_question_mapping_measures_both_sets(tmp_path: Path) -> None:
    found = question_mapping.rows(tmp_path, 0)
    assert {row.data.split(",")[0] for row in found} == {"held_out", "development"}
    assert all(row.measured and 0.0 <= row.value <= 1.0 for row in found)
    assert all(row.low <= row.value <= row.high for row in found)


def test_documentation_names_every_evaluation_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(harness.__file__).parents[1] / "docs" / "reference" / "evaluation.md").read_text(
        encoding="utf-8"
    )
    with pytest.raises(SystemExit):
        harness.main(["--help"])
    options = set(re.findall(r"--[a-z]+", capsys.readouterr().out)) - {"--help"}
    assert [name for name in (*harness.NAMES, *sorted(options)) if f"`{name}" not in page] == []


def test_markdown_has_a_line_for_each_row() -> None:
    lines = harness.markdown([Row("t", "d", "m", 0.5, target=0.4), absent("t", "e", "m")]).splitlines()
    assert lines[2:] == [
        "| t | d | m | 0.500 |  | ≥ 0.400 | met |  |",
        "| t | e | m |  |  |  | not run | not run: data absent |",
    ]
