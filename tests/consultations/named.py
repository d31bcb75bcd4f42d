"""A run in which bodies stand under several names, by portal and by e-mail: fixtures to import.

Our own words: the docket of ``conftest`` with other senders.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from colloquia.engines.bulk.proposals import look_for_proposals
from colloquia.engines.store.manifest import file_digest

if TYPE_CHECKING:
    from colloquia.consultations.models import Consultation, Run

SENDERS = {
    # source: name, territory, kind, channel, domain of the address
    "R03": ("Kestrel Press Ltd", "GB", "Business", "web form", ""),
    "R04": ("KESTREL PRESS LIMITED", "GB", "Business", "e-mail", "kestrelpress.example"),
    "R05": ("Kestrel Pres", "GB", "Business", "e-mail", "kestrelpress.example"),
    "R07": ("Heron University", "FR", "Academia", "web form", ""),
    "R09": ("Faculty of Law, Heron University", "FR", "Academia", "e-mail", ""),
    "R10": ("Otter Songwriters Union", "KE", "Civil society", "web form", ""),
    "R12": ("Otter Songwriters Union", "UG", "Civil society", "web form", ""),
    "R14": ("Otter Songwriters Unoin", "KE", "Civil society", "e-mail", ""),
}
KESTREL, KESTREL_SLIP = "kestrel press ltd|GB", "kestrel pres|GB"
HERON, FACULTY = "heron university|FR", "faculty of law heron university|FR"
OTTER, OTTER_UGANDA, OTTER_SLIP = (
    "otter songwriters union|KE", "otter songwriters union|UG", "otter songwriters unoin|KE",
)  # fmt: skip


@pytest.fixture(scope="session")
def named_folder(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the docket with these senders, and a manifest that says so."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("named") / "out"
    shutil.copytree(run_folder, folder)
    path = folder / "submissions.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    names = ("organisation", "country", "stakeholder", "channel", "mail_domain")
    for row in rows:
        row.update(zip(names, SENDERS.get(row["source_id"], ()), strict=False))
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    held = manifest["outputs"]["submissions.parquet"]
    digest = file_digest(path)
    manifest["outputs"]["submissions.parquet"] = (
        held | {"sha256": digest} if isinstance(held, dict) else digest
    )
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture
def named_run(consultation: Consultation, named_folder: Path, runs: Path) -> Run:
    """That run, shown to the public, with its proposals looked for."""
    from colloquia.consultations.services import show_run, store_run

    run = store_run(consultation=consultation, folder=named_folder)
    look_for_proposals(run.folder)
    show_run(run=run)
    run.refresh_from_db()
    return run


def fresh(run: Run) -> Run:
    """The run as it is in the database now."""
    return type(run)._default_manager.select_related("consultation").get(pk=run.pk)
