"""A site of its own with one stored run, for benchmarks of pages and corrections."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.docket import write_docket


def results_of(size: int, folder: Path) -> Path:
    """A docket of ``size`` comments, analysed with the questions of the illustrative consultation."""
    write_docket(folder / "docket.csv", size, seed=size)
    paper = Path(__file__).parent.parent / "content" / "illustrative" / "paper.yaml"
    command = [
        sys.executable, "-m", "colloquia", "analyse", str(folder / "docket.csv"), "--questions", str(paper),
        "--out", str(folder / "out"),
    ]  # fmt: skip
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in {0, 3}:
        raise SystemExit(done.stderr)
    return folder / "out"


@contextmanager
def stored_run(size: int, results: Path | None) -> Iterator[tuple[Any, Any]]:
    """The run of ``results``, or of a docket that is made and analysed, and an officer who works on it."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["COLLOQUIA_DATA"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "colloquia.settings"
        folder = results or results_of(size, Path(name))
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from colloquia.accounts.models import User
        from colloquia.consultations import services
        from colloquia.core.services import load_reference_data
        from colloquia.issues.services import load_starter

        settings.STORAGES["staticfiles"] = {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
        call_command("migrate", verbosity=0)
        load_reference_data()
        load_starter(Path(settings.CONTENT) / "papers")
        officer = User.objects.create_superuser("officer@bench.example", name="Officer")
        consultation = services.create_consultation(slug="bench", titles={"en": "Bench"}, by=officer)
        run = services.store_run(consultation=consultation, folder=folder, by=officer)
        services.show_run(run=run, by=officer)
        print(
            f"{run.funnel.get('received', 0):,} submissions, {os.cpu_count()} cores, "
            f"load {os.getloadavg()[0]:.1f} at the start\n"
        )
        yield run, officer


def at(values: list[float], part: float) -> float:
    """The value at a part of the sorted values."""
    return sorted(values)[min(int(part * len(values)), len(values) - 1)]
