"""Taking in results of an analysis: whole or not at all, once, and never a quotation that is not there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from colloquia.consultations import services
from colloquia.consultations.models import Consultation, MachineQuote, MachineTheme, Run, ThemeInEffect
from colloquia.consultations.queries import bulk_of
from colloquia.engines.store.manifest import file_digest


def copy_of(folder: Path, tmp_path: Path) -> Path:
    target = tmp_path / "copy"
    shutil.copytree(folder, target)
    return target


def resealed(folder: Path, name: str) -> None:
    """Say in the manifest what a changed file now is."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    entry = manifest["outputs"][name]
    if isinstance(entry, dict):
        entry["sha256"] = file_digest(folder / name)
    else:
        manifest["outputs"][name] = file_digest(folder / name)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_a_run_is_stored_with_what_the_machine_found(stored_run: Run, run_folder: Path) -> None:
    analysis = json.loads((run_folder / "analysis.json").read_text(encoding="utf-8"))
    assert MachineTheme.objects.filter(run=stored_run).count() == len(analysis["themes"])
    assert stored_run.funnel == analysis["funnel"]
    live = ThemeInEffect.objects.filter(run=stored_run, is_parent=False)
    counted = {row.theme_id: (row.submissions, row.messages) for row in live}
    told = {
        row["theme_id"]: (row["submissions"], row["distinct_messages"])
        for row in analysis["themes"]
        if row["theme_id"] in counted
    }
    assert counted == told
    assert stored_run.counted_sequence == 0


def test_the_same_results_again_give_the_run_that_there_is(stored_run: Run, run_folder: Path) -> None:
    again = services.store_run(consultation=stored_run.consultation, folder=run_folder)
    assert (again.pk, Run.objects.count()) == (stored_run.pk, 1)


def test_every_stored_quotation_stands_in_its_passage(stored_run: Run) -> None:
    quotes = list(MachineQuote.objects.filter(run=stored_run))
    passages = bulk_of(stored_run).passages_by_id([quote.passage_id for quote in quotes])
    assert len(quotes) > 5
    assert [passages[q.passage_id].text[q.start : q.end] for q in quotes] == [q.text for q in quotes]


def test_an_invented_quotation_is_refused_though_the_manifest_vouches_for_it(
    consultation: Consultation, run_folder: Path, runs: Path, tmp_path: Path
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = copy_of(run_folder, tmp_path)
    table = pq.read_table(folder / "quotes.parquet")
    rows = table.to_pylist()
    rows[0]["text"] = rows[0]["text"][:-1] + "!"
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), folder / "quotes.parquet")
    resealed(folder, "quotes.parquet")
    with pytest.raises(services.RunNotWhole, match=f"The quotation {rows[0]['quote_id']} does not stand"):
        services.store_run(consultation=consultation, folder=folder)
    assert Run.objects.count() == 0


@pytest.mark.parametrize("name", ["passages.parquet", "analysis.json", "themes.parquet"])
def test_an_altered_or_missing_file_is_refused_by_name(
    consultation: Consultation, run_folder: Path, runs: Path, tmp_path: Path, name: str
) -> None:
    folder = copy_of(run_folder, tmp_path)
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(services.RunNotWhole, match="is not what the manifest says"):
        services.store_run(consultation=consultation, folder=folder)
    (folder / name).unlink()
    with pytest.raises(services.RunNotWhole):
        services.store_run(consultation=consultation, folder=folder)
    assert Run.objects.count() == 0
    assert not [path for path in runs.glob("*") if path.is_dir()]


def test_what_an_interrupted_storing_left_is_cleared_by_the_next(
    consultation: Consultation, run_folder: Path, runs: Path
) -> None:
    run = services.store_run(consultation=consultation, folder=run_folder)
    themes = MachineTheme.objects.filter(run=run).count()
    # As a kill between the batches of rows leaves it: rows, folder, and no mark that all is there.
    Run.objects.filter(pk=run.pk).update(is_complete=False)
    MachineQuote.objects.filter(run=run).delete()
    again = services.store_run(consultation=consultation, folder=run_folder)
    assert again.is_complete
    assert Run.objects.count() == 1
    assert MachineTheme.objects.filter(run=again).count() == themes
    assert MachineQuote.objects.filter(run=again).count() > 0


def test_numbers_follow_one_another(second_run: Run) -> None:
    assert list(Run.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert second_run.prior is not None
    assert second_run.prior.number == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_store_the_same_make_one_run(
    consultation: Consultation, run_folder: Path, runs: Path
) -> None:
    found: list[Any] = []

    def store() -> None:
        try:
            found.append(services.store_run(consultation=consultation, folder=run_folder).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=store) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), Run.objects.filter(is_complete=True).count()) == (3, 1, 1)


def test_killed_while_copying_nothing_is_shown_and_the_next_call_stores_it(
    run_folder: Path, tmp_path: Path, migrated: Path
) -> None:
    """The command itself, killed as soon as it begins to copy."""
    shutil.copytree(migrated, tmp_path / "data")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["COLLOQUIA_DATA"] = str(tmp_path / "data")
    command = [sys.executable, "-m", "colloquia", "consultation"]
    store = [*command, "store", str(run_folder), "example", "--title", "An example", "--show"]
    process = subprocess.Popen(store, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not list((tmp_path / "data" / "runs").glob(".*.part")):
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    listed = subprocess.run([*command, "list"], env=environment, capture_output=True, text=True, check=True)
    assert "shown" not in listed.stdout
    again = subprocess.run(store, env=environment, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stderr) == (0, "")
    listed = subprocess.run([*command, "list"], env=environment, capture_output=True, text=True, check=True)
    assert "run 1  Draft, shown" in listed.stdout
