"""A site of its own on a real database file or server, for tests that need more than one process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import beside

PROLOGUE = "import django\ndjango.setup()\n"


@dataclass
class Site:
    """A data folder with its database, and a way to run Python in processes that use them."""

    folder: Path
    environment: dict[str, str]
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, script: str) -> subprocess.Popen[str]:
        """Start a process that runs the script after Django is set up."""
        process = subprocess.Popen(
            [sys.executable, "-c", PROLOGUE + textwrap.dedent(script)],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def run(self, script: str) -> str:
        """Run the script to its end; gives what it printed."""
        process = self.start(script)
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        return output.strip()


@pytest.fixture
def site(migrated: Path, tmp_path: Path) -> Iterator[Site]:
    """A site on SQLite."""
    folder = tmp_path / "data"
    shutil.copytree(migrated, folder)
    yield from _closing(Site(folder, os.environ | {"COLLOQUIA_DATA": str(folder), "DATABASE_URL": ""}))


@pytest.fixture
def site_on_this_database(request: Any, tmp_path: Path, db: None) -> Iterator[Site]:
    """A site on the kind of database that the tests run on: a copied file, or a new one on the server."""
    from django.db import connection

    folder = tmp_path / "data"
    if connection.vendor == "sqlite":
        shutil.copytree(request.getfixturevalue("migrated"), folder)
        yield from _closing(Site(folder, os.environ | {"COLLOQUIA_DATA": str(folder), "DATABASE_URL": ""}))
        return
    import psycopg

    name = f"core_{uuid.uuid4().hex}"
    template = request.getfixturevalue("migrated_on_server")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    url = beside(os.environ["DATABASE_URL"], name)
    environment = os.environ | {"COLLOQUIA_DATA": str(folder), "DATABASE_URL": url}
    yield from _closing(Site(folder, environment))


def _closing(site: Site) -> Iterator[Site]:
    try:
        yield site
    finally:
        for process in site.started:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Wait until something is so, at most two minutes; busy machines are slow to start a process."""

    def wait(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 120
        while not condition():
            assert time.monotonic() < deadline, "it did not happen within two minutes"
            time.sleep(0.05)

    return wait
