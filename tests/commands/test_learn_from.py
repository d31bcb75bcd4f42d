"""``colloquia analyse --learn-from`` as a person runs it: themes go on from run to run, and it is told."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from colloquia.engines.store import prior_of_run, read_prior, write_prior
from tests.commands.test_analyse import colloquia, results


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inputs")
    subjects = ("bicycle lanes kept apart from cars", "a library that is open on Sundays")
    rows = [
        f"R{number},Please give us {subject} in part {number} of the town."
        for number, subject in enumerate(subjects * 9)
    ]
    (folder / "responses.csv").write_text("\n".join(["id,text", *rows]) + "\n", encoding="utf-8")
    return folder / "responses.csv"


def analyse(inputs, out, *more):
    return colloquia("analyse", inputs, "--questions", "none", "--themes", "2", "--out", out, *more)


@pytest.fixture(scope="module")
def runs(inputs, tmp_path_factory):
    """A first run, what an officer left of it, and the run that goes on from there."""
    folder = tmp_path_factory.mktemp("runs")
    first = analyse(inputs, folder / "one", "--keep-vectors")
    assert first.returncode == 0, first.stderr
    prior = prior_of_run(folder / "one")
    themes = tuple(
        replace(theme, label=f"Officer's {theme.theme_id}", by_officer=True) for theme in prior.themes
    )
    (folder / "left").mkdir()
    write_prior(replace(prior, themes=themes), folder / "left")
    second = analyse(inputs, folder / "two", "--learn-from", folder / "left")
    assert second.returncode == 0, second.stderr
    return folder, second.stdout


def summary(folder):
    return json.loads((folder / "analysis.json").read_text(encoding="utf-8"))


def test_the_next_run_keeps_ids_and_officers_labels_and_says_so(runs):
    folder, told = runs
    ids = [theme["theme_id"] for theme in summary(folder / "one")["themes"]]
    themes = summary(folder / "two")["themes"]
    assert [(theme["theme_id"], theme["label"], theme["continues"]) for theme in themes] == [
        (name, f"Officer's {name}", name) for name in ids
    ]
    assert f"0 of 0 corrections hold, {len(ids)} themes continue, 0 are new, 0 ended." in told
    assert summary(folder / "two")["carried"]["continued"] == ids
    assert "carried" not in summary(folder / "one")


def test_the_manifest_names_what_was_learned_from(runs):
    folder, _ = runs
    manifest = json.loads((folder / "two" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["learn_from"] == "left"
    assert {"left/prior.json", "left/prior.parquet"} <= set(manifest["inputs"])
    first = json.loads((folder / "one" / "manifest.json").read_text(encoding="utf-8"))
    assert first["parameters"]["keep_vectors"] is True
    assert "learn_from" not in first["parameters"]


def test_vectors_are_written_where_they_were_asked_for(runs):
    folder, _ = runs
    assert np.load(folder / "one" / "vectors.npy").shape == (18, 512)
    assert not (folder / "two" / "vectors.npy").exists()


def test_a_third_run_goes_on_from_the_second_as_it_stands(runs, inputs, tmp_path):
    folder, _ = runs
    assert read_prior(folder / "two").themes[0].by_officer is True
    assert analyse(inputs, tmp_path / "three", "--learn-from", folder / "two").returncode == 0
    assert summary(tmp_path / "three")["themes"] == summary(folder / "two")["themes"]


def test_any_number_of_processes_gives_the_same_bytes(runs, inputs, tmp_path):
    folder, _ = runs
    assert analyse(inputs, tmp_path / "two", "--learn-from", folder / "left", "--jobs", "2").returncode == 0
    assert results(tmp_path / "two") == results(folder / "two")


def test_a_folder_with_nothing_to_learn_from_is_refused(inputs, tmp_path):
    (tmp_path / "empty").mkdir()
    found = analyse(inputs, tmp_path / "out", "--learn-from", tmp_path / "empty")
    assert found.returncode == 1
    assert "holds nothing to learn from" in found.stderr
    assert "--learn-from takes the folder of an earlier run." in found.stderr
    assert not (tmp_path / "out").exists()
