"""What a run leaves to the next one comes back from disk as it was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from colloquia.engines.prior import text_digest
from colloquia.engines.store import (
    next_prior,
    prior_of_run,
    read_prior,
    write_manifest,
    write_prior,
    write_tables,
)
from tests.engines.analysis.subjects import first, prior_of, reviewed


def corrected():
    one, two, *_ = first().passages
    said = (
        reviewed(one, themes={"": "T2", "Q1": ""}, questions={"Q1": True, "Q2": False}),
        reviewed(two, not_opinion=True),
    )
    prior = prior_of(first(), reviewed=said, retired=frozenset({"T1", "T2", "T3", "T9"}))
    return replace(
        prior, themes=(replace(prior.themes[0], by_officer=True, label="عنوان"), *prior.themes[1:])
    )


def test_everything_comes_back_as_it_was_written(tmp_path):
    write_prior(corrected(), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["prior.json", "prior.parquet"]
    assert read_prior(tmp_path) == corrected()


def test_a_passage_in_no_theme_keeps_its_digest(tmp_path):
    prior = replace(corrected(), assignments={})
    write_prior(prior, tmp_path)
    assert read_prior(tmp_path) == prior


def test_the_same_prior_gives_the_same_bytes(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        write_prior(corrected(), tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes()


def test_a_stored_run_that_nobody_corrected_is_read_from_its_tables(tmp_path):
    write_tables(first(), tmp_path)
    write_manifest(tmp_path, {"run": "first"})
    assert prior_of_run(tmp_path) == read_prior(tmp_path) == prior_of(first())


def test_the_run_after_next_keeps_officers_words_and_every_id_ever_given():
    left = next_prior(first(), "second", corrected())
    assert left.run == "second"
    assert left.reviewed == corrected().reviewed
    assert left.retired == {"T1", "T2", "T3", "T9"}
    assert [theme.by_officer for theme in left.themes] == [
        theme.theme_id == corrected().themes[0].theme_id for theme in left.themes
    ]
    assert left.assignments == prior_of(first()).assignments


def test_a_folder_without_anything_to_learn_from_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="holds nothing to learn from"):
        read_prior(tmp_path)


@pytest.mark.parametrize("damage", ["{", '{"schema": "other/2"}', '{"schema": "colloquia.prior/1"}', "[]"])
def test_a_damaged_file_is_named(tmp_path, damage):
    write_prior(corrected(), tmp_path)
    (tmp_path / "prior.json").write_text(damage, encoding="utf-8")
    with pytest.raises(ValueError, match=r"prior\.json cannot be used: .*Write it again"):
        read_prior(tmp_path)


def test_a_digest_is_the_same_of_a_text_and_of_what_was_stored_of_it():
    assert text_digest("a\ud800b") == text_digest("a\ufffdb") != text_digest("ab")


def test_the_file_names_its_schema(tmp_path):
    write_prior(corrected(), tmp_path)
    assert json.loads((tmp_path / "prior.json").read_text(encoding="utf-8"))["schema"] == "colloquia.prior/1"
