"""A consultation with a stored run: a tiny docket, analysed once by the engines for all tests."""

from __future__ import annotations

import argparse
import datetime
import fcntl
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.consultations.kept import KeptRuns

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User
    from colloquia.consultations.models import Consultation, Run


DOCKET = Path(__file__).parent / "docket"
"""Our own words. A letter sent word for word, the same edited, another reworded by several and translated by
one; two states, organisations, individuals; a language that is not supported, a file that cannot be read.
"""


def analyse_docket(out: Path, *more: str) -> Path:
    """What ``colloquia analyse`` leaves of the docket, with vectors and both languages of the report."""
    from colloquia.analysis_job import AnalysisJob
    from colloquia.commands.analyse import configure

    parser = argparse.ArgumentParser()
    configure(parser)
    options = ["--jobs", "1", "--ocr", "off", "--keep-vectors", "--report-language", "en,ar"]
    paper = ["--questions", str(DOCKET / "paper.yaml"), "--out", str(out)]
    AnalysisJob(parser.parse_args([str(DOCKET / "responses.csv"), *paper, *options, *more])).run()
    return out


def analysed_once(factory: pytest.TempPathFactory, name: str, *more: str) -> Path:
    """What ``analyse_docket`` gives, computed by one of the processes of a test run for all of them."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    shared = factory.getbasetemp().parent if worker else factory.getbasetemp()
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        out = shared / name
        return out if (out / "manifest.json").exists() else analyse_docket(out, *more)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The docket analysed, persons named in the report."""
    return analysed_once(tmp_path_factory, "docket")


@pytest.fixture
def runs(tmp_path: Path, settings: Any) -> Path:
    """An empty folder of runs, used by the site during the test."""
    folder = tmp_path / "runs"
    settings.RUNS = folder
    return folder


@pytest.fixture
def consultation(db: None) -> Consultation:
    """The consultation ``example``, not shown yet."""
    from colloquia.consultations.services import create_consultation

    row = create_consultation(
        slug="example",
        titles={"en": "An example", "ar": "مثال"},
        notes={"en": "Nobody holds these views.", "ar": "لا أحد يتبنى هذه الآراء."},
        is_illustrative=True,
        paper="ip-policy-and-ai",
        state_stakeholders=["Member state"],
    )
    row.closed_on = datetime.date(2026, 2, 15)
    row.save(update_fields=["closed_on"])
    return row


@pytest.fixture(scope="session")
def kept_runs(tmp_path_factory: pytest.TempPathFactory) -> KeptRuns:
    """Runs that were stored once by this process, to be put back as they were in later tests."""
    return KeptRuns(tmp_path_factory.mktemp("kept-runs"))


@pytest.fixture
def hidden_run(consultation: Consultation, run_folder: Path, runs: Path, kept_runs: KeptRuns) -> Run:
    """Run 1, which officers alone see."""
    return kept_runs.stored(consultation, run_folder)


@pytest.fixture
def stored_run(hidden_run: Run) -> Run:
    """Run 1, which the public sees."""
    from colloquia.consultations.services import show_run

    show_run(run=hidden_run)
    hidden_run.refresh_from_db()
    return hidden_run


@pytest.fixture
def second_run(stored_run: Run, run_folder: Path, tmp_path: Path) -> Run:
    """Run 2 of the same results, another run since its manifest says another time."""
    from colloquia.consultations.services import store_run

    folder = tmp_path / "again"
    shutil.copytree(run_folder, folder)
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return store_run(
        consultation=stored_run.consultation,
        folder=folder,
        prior=stored_run,
        prior_sequence=stored_run.sequence,
    )


@pytest.fixture
def officer(client: Client, bruno: User) -> Client:
    """A browser in which an officer is signed in."""
    client.force_login(bruno)
    return client


@pytest.fixture
def olga(db: None) -> User:
    """A second officer, without the administrator's rights."""
    from colloquia.accounts.models import User

    return User.objects.create_user("olga@secretariat.example", name="Olga", is_officer=True)
