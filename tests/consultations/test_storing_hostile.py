"""Folders that nobody's analysis left, and a disk that fills up while a run is stored."""

from __future__ import annotations

import errno
import json
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from colloquia.consultations import filters, services
from colloquia.consultations.models import Consultation, Run
from colloquia.core import queries as core
from tests.consultations.test_storing import copy_of, resealed

pytestmark = pytest.mark.django_db


def without_column(table: str, column: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        import pyarrow.parquet as pq

        path = folder / f"{table}.parquet"
        pq.write_table(pq.read_table(path).drop_columns([column]), path)
        resealed(folder, path.name)

    return change


def numbers_as_text(folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / "submissions.parquet"
    table = pq.read_table(path)
    column = pa.array(["x"] * len(table))
    pq.write_table(table.set_column(table.column_names.index("message"), "message", column), path)
    resealed(folder, path.name)


def twice(folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / "submissions.parquet"
    table = pq.read_table(path)
    pq.write_table(pa.concat_tables([table, table]), path)
    resealed(folder, path.name)


def no_table(folder: Path) -> None:
    (folder / "passages.parquet").write_bytes(b"not a table")
    resealed(folder, "passages.parquet")


def linked(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).rename(folder.parent / name)
        (folder / name).symlink_to(folder.parent / name)

    return change


def pipe(folder: Path) -> None:
    (folder / "passages.parquet").unlink()
    os.mkfifo(folder / "passages.parquet")


def list_for_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("[1]", encoding="utf-8")


def outputs_in_a_list(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"outputs": []}', encoding="utf-8")


def no_themes(folder: Path) -> None:
    analysis = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))
    del analysis["themes"]
    (folder / "analysis.json").write_text(json.dumps(analysis), encoding="utf-8")
    resealed(folder, "analysis.json")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without_column("passages", "language"), "has no column “language” of the right kind"),
        (without_column("group_members", "unique_text"), "has no column “unique_text” of the right kind"),
        (without_column("quotes", "passage_id"), "has no column “passage_id” of the right kind"),
        (numbers_as_text, "has no column “message” of the right kind"),
        (twice, "has the same submission_id twice"),
        (no_table, "is no Parquet table"),
        (linked("passages.parquet"), "is a link or no file"),
        (linked("manifest.json"), "is a link or no file"),
        (pipe, "is a link or no file"),
        (list_for_manifest, "holds no whole analysis"),
        (outputs_in_a_list, "is not what the manifest says"),
        (no_themes, "does not say its themes"),
    ],
)
def test_folder_that_no_analysis_left_is_refused_and_nothing_stays(
    consultation: Consultation,
    run_folder: Path,
    runs: Path,
    tmp_path: Path,
    change: Callable[[Path], None],
    said: str,
) -> None:
    folder = copy_of(run_folder, tmp_path)
    change(folder)
    with pytest.raises(services.RunNotWhole, match=said):
        services.store_run(consultation=consultation, folder=folder)
    assert Run.objects.count() == 0


def test_run_that_an_earlier_program_left_without_addresses_is_stored(
    consultation: Consultation, run_folder: Path, runs: Path, tmp_path: Path
) -> None:
    folder = copy_of(run_folder, tmp_path)
    without_column("submissions", "mail_domain")(folder)
    assert services.store_run(consultation=consultation, folder=folder).is_complete


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """As on a full disk, no file grows beyond ``size`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_full_disk_leaves_nothing_that_keeps_it_full(
    consultation: Consultation, run_folder: Path, runs: Path, tmp_path: Path
) -> None:
    folder = copy_of(run_folder, tmp_path)
    with (folder / "vectors.npy").open("r+b") as file:
        file.truncate(64 << 20)
    with files_of_at_most(32 << 20), pytest.raises(OSError, match="File too large") as caught:
        services.store_run(consultation=consultation, folder=folder)
    assert caught.value.errno == errno.EFBIG
    assert [path.name for path in Path(settings.RUNS).iterdir() if path.is_dir()] == []
    assert Run.objects.count() == 0
    assert services.store_run(consultation=consultation, folder=folder).is_complete


def test_address_longer_than_its_column_is_refused(consultation: Consultation) -> None:
    with pytest.raises(ValidationError, match="more than 80 characters"):
        services.create_consultation(slug="x" * 81, titles={"en": "Too long"})


def test_run_of_another_database_with_the_same_key_is_not_counted_as_this_one(
    stored_run: Run, run_folder: Path, tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    profile = core.profile()
    whole = filters.docket(stored_run, profile)["language"][1]
    name = stored_run.folder_name
    (stored_run.folder).rename(tmp_path / "gone")
    other = copy_of(run_folder, tmp_path)
    for table in ("submissions", "group_members", "documents"):
        path = other / f"{table}.parquet"
        pq.write_table(pq.read_table(path).slice(0, 9), path)
    other.rename(stored_run.folder.with_name("another"))
    Run.objects.filter(pk=stored_run.pk).update(folder_name="another", version="another")
    stored_run.refresh_from_db()
    found = filters.docket(stored_run, profile)["language"][1]
    assert (name == "another", whole, found) == (False, 28, 9)
