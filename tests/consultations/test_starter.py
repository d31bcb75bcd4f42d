"""Loading the illustrative consultation: once, one at a time, and never over what officers did."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from colloquia.accounts.models import User
from colloquia.consultations import services
from colloquia.consultations.models import Consultation, OriginalFile, Run, ThemeInEffect
from colloquia.consultations.services.starter import fingerprint, load_starter, only_one
from tests.consultations.conftest import DOCKET

SLUG = "illustrative"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A starter programme of the docket."""
    folder = tmp_path / "source"
    shutil.copytree(DOCKET, folder)
    (folder / "about.json").write_text('{"title": {"en": "Made up"}, "illustrative": true}')
    return folder


@pytest.fixture
def compute(run_folder: Path) -> Callable[[Path], None]:
    """Fills a folder with results, which differ each time as those of another day would."""
    times: list[int] = []

    def fill(out: Path) -> None:
        shutil.copytree(run_folder, out, dirs_exist_ok=True)
        times.append(1)
        manifest = out / "manifest.json"
        manifest.write_text(manifest.read_text(encoding="utf-8") + "\n" * len(times), encoding="utf-8")

    return fill


@pytest.mark.django_db
def test_loaded_once_and_shown(source: Path, compute: Callable[[Path], None], runs: Path) -> None:
    assert load_starter(source=source, slug=SLUG, compute=compute) is True
    assert load_starter(source=source, slug=SLUG, compute=compute) is False
    consultation = Consultation.objects.get()
    assert (consultation.title("en"), consultation.is_illustrative, consultation.is_public) == (
        "Made up",
        True,
        True,
    )
    assert (Run.objects.count(), consultation.shown_run) == (1, Run.objects.get())


@pytest.mark.django_db
def test_a_changed_source_makes_a_run_that_takes_the_place_of_the_old(
    source: Path, compute: Callable[[Path], None], runs: Path
) -> None:
    load_starter(source=source, slug=SLUG, compute=compute)
    (source / "more.txt").write_text("More")
    assert load_starter(source=source, slug=SLUG, compute=compute) is True
    assert Consultation.objects.get().shown_run == Run.objects.get(number=2)


@pytest.mark.django_db
def test_a_run_that_officers_corrected_stays_the_one_that_is_shown(
    source: Path, compute: Callable[[Path], None], runs: Path, bruno: User
) -> None:
    load_starter(source=source, slug=SLUG, compute=compute)
    run = Run.objects.get()
    theme = ThemeInEffect.objects.filter(run=run, is_parent=False)[0].theme_id
    services.rename_theme(run=run, theme=theme, label="Ours", by=bruno, seen=0)
    (source / "more.txt").write_text("More")
    load_starter(source=source, slug=SLUG, compute=compute)
    assert (Run.objects.count(), Consultation.objects.get().shown_run) == (2, run)


@pytest.mark.django_db
def test_a_failure_leaves_what_was_there_and_nothing_else(
    source: Path, compute: Callable[[Path], None], runs: Path
) -> None:
    def fail(out: Path) -> None:
        (out / "half.parquet").write_bytes(b"PAR1")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        load_starter(source=source, slug=SLUG, compute=fail)
    assert [path for path in runs.iterdir() if path.is_dir()] == []
    assert Consultation.objects.count() == 0


@pytest.mark.django_db
def test_files_that_documents_were_read_from_are_kept_and_no_others(
    source: Path, compute: Callable[[Path], None], runs: Path
) -> None:
    load_starter(source=source, slug=SLUG, compute=compute)
    kept = OriginalFile.objects.select_related("attachment")
    names = {row.attachment.name for row in kept}
    assert names
    assert "about.json" not in names
    assert "responses.csv" not in names
    files = {path.name: path for path in source.rglob("*")}
    assert {row.attachment.path.read_bytes() for row in kept} == {files[name].read_bytes() for name in names}


def test_fingerprint_sees_names_as_well_as_bytes(source: Path) -> None:
    before = fingerprint(source)
    (source / "about.json").rename(source / "about2.json")
    assert fingerprint(source) != before


def hold(path: str, entered: Any, leave: Any) -> None:
    from django.conf import settings

    settings.DATA = Path(path)
    with only_one(lambda: None):
        entered.set()
        leave.wait(30)


@pytest.mark.parametrize("killed", [False, True])
def test_second_load_waits_for_the_first_unless_it_was_killed(
    tmp_path: Path, settings: Any, *, killed: bool
) -> None:
    settings.DATA = tmp_path
    context = multiprocessing.get_context("fork")
    entered, leave = context.Event(), context.Event()
    process = context.Process(target=hold, args=(str(tmp_path), entered, leave))
    process.start()
    assert entered.wait(30)
    if killed:
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    waited: list[bool] = []

    def wait() -> None:
        waited.append(True)
        leave.set()

    with only_one(wait):
        assert waited == [True] * (not killed)
    process.join()
