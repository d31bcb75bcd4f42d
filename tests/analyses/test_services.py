"""Publishing: in one step, never twice at once, and good again after a kill at any moment."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from colloquia.consultations import folders, services


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "files").mkdir(parents=True)
    (folder / "about.json").write_text('{"illustrative": true}')
    (folder / "files" / "letter.txt").write_text("Dear secretariat")
    return folder


def compute(text: str) -> Any:
    def write(out: Path) -> None:
        (out / "analysis.json").write_text(f'{{"title": "{text}"}}')

    return write


def title(folder: Path) -> str:
    return str(folders.read_json(folder, "analysis.json")["title"])


def test_published_analysis_is_current_until_its_source_changes(analyses: Path, source: Path) -> None:
    mark = services.fingerprint(source)
    assert services.is_current("one", mark) is False
    services.publish(slug="one", source=source, mark=mark, compute=compute("first"))
    assert services.is_current("one", mark) is True
    assert title(analyses / "one") == "first"
    assert (analyses / "one" / "about.json").read_text() == '{"illustrative": true}'
    (source / "files" / "letter.txt").write_text("Dear secretariat!")
    assert services.is_current("one", services.fingerprint(source)) is False


def test_fingerprint_sees_names_as_well_as_bytes(source: Path) -> None:
    before = services.fingerprint(source)
    (source / "files" / "letter.txt").rename(source / "files" / "note.txt")
    assert services.fingerprint(source) != before


def test_new_analysis_takes_the_place_of_the_old(analyses: Path, source: Path) -> None:
    for text in ("first", "second"):
        services.publish(slug="one", source=source, mark=text, compute=compute(text))
    assert title(analyses / "one") == "second"
    assert [entry.name for entry in analyses.iterdir()] == ["one"]


def test_failure_leaves_the_old_analysis_and_nothing_else(analyses: Path, source: Path) -> None:
    services.publish(slug="one", source=source, mark="first", compute=compute("first"))

    def fail(out: Path) -> None:
        (out / "analysis.json").write_text("{")
        raise services.AnalysisFailed("no memory")

    with pytest.raises(services.AnalysisFailed, match="no memory"):
        services.publish(slug="one", source=source, mark="second", compute=fail)
    assert title(analyses / "one") == "first"
    assert [entry.name for entry in analyses.iterdir()] == ["one"]


def test_killed_in_the_middle_the_old_stays_and_the_next_call_makes_it_good(
    analyses: Path, source: Path
) -> None:
    services.publish(slug="one", source=source, mark="first", compute=compute("first"))

    def hang(out: Path) -> None:
        (out / "half.parquet").write_text("half")
        time.sleep(60)

    process = multiprocessing.get_context("fork").Process(
        target=services.publish, kwargs={"slug": "one", "source": source, "mark": "second", "compute": hang}
    )
    process.start()
    while not list(analyses.glob(".one.*/half.parquet")):
        time.sleep(0.01)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert title(analyses / "one") == "first"
    assert services.is_current("one", "second") is False
    services.publish(slug="one", source=source, mark="second", compute=compute("second"))
    assert title(analyses / "one") == "second"
    assert [entry.name for entry in analyses.iterdir()] == ["one"]


def hold(path: str, entered: Any, leave: Any) -> None:
    from django.conf import settings

    settings.DATA = Path(path)
    with services.only_one(lambda: None):
        entered.set()
        leave.wait(30)


def test_second_load_waits_for_the_first(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    context = multiprocessing.get_context("fork")
    entered, leave = context.Event(), context.Event()
    process = context.Process(target=hold, args=(str(tmp_path), entered, leave))
    process.start()
    assert entered.wait(30)
    waited = []

    def wait() -> None:
        waited.append(True)
        leave.set()

    with services.only_one(wait):
        assert waited == [True]
    process.join()


def test_lock_is_free_after_its_holder_was_killed(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    context = multiprocessing.get_context("fork")
    entered, leave = context.Event(), context.Event()
    process = context.Process(target=hold, args=(str(tmp_path), entered, leave))
    process.start()
    assert entered.wait(30)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    waited: list[bool] = []
    with services.only_one(lambda: waited.append(True)):
        assert waited == []
