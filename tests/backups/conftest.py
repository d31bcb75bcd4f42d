"""A site with three submissions, whose data folder is its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from colloquia.core.models import Attachment
from colloquia.submissions.models import Submission
from colloquia.submissions.records import FileIn
from tests.submissions.conftest import (  # noqa: F401 -- fixtures
    NAMED,
    attach,
    call,
    make_call,
    questions,
    receive,
    territories,
)

Send = Callable[[str], Submission]


@pytest.fixture(autouse=True)
def recorded_migrations(request: pytest.FixtureRequest, settings: Any) -> None:
    """A backup says up to which migrations the database is; tables made from the models know of none."""
    if not request.node.get_closest_marker("django_db"):
        return
    settings.MIGRATION_MODULES = {}
    request.getfixturevalue("transactional_db")
    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        recorder.ensure_schema()
        executor = MigrationExecutor(connection)
        for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes()):
            recorder.record_applied(migration.app_label, migration.name)


@pytest.fixture
def send(
    settings: Any,
    tmp_path: Path,
    receive: Callable[..., Submission],  # noqa: F811 -- the fixture
    attach: Callable[..., Attachment],  # noqa: F811 -- the fixture
) -> Send:
    """Seals a submission with a file of its own."""
    settings.DATA, settings.ATTACHMENTS = tmp_path / "data", tmp_path / "data" / "attachments"
    settings.DATA.mkdir()
    return lambda label: receive(files=(FileIn(attach("annex.txt", f"A file of {label}.".encode())),))


@pytest.fixture
def data(send: Send) -> Path:
    """The data folder of a site with three submissions, a run, a profile, keys, and what is made again."""
    for number in range(3):
        send(str(number))
    folder = Path(django_settings.DATA)
    (folder / "secret_key").write_text("k" * 50)
    for name in ("runs/small-1/manifest.json", "naming-profiles/abc/en.csv", "cache/x", "static/y"):
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text(name)
    return folder
