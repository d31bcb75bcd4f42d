"""The migrations make, from nothing, the tables that the models describe, on the database of the tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.conftest import beside
from tests.described import tables

ROOT = Path(__file__).resolve().parents[1]
DESCRIBE = """
import json
from colloquia.outcomes.models import OutcomeTerm
from tests.described import tables
print(json.dumps({"tables": tables(), "terms": list(OutcomeTerm.objects.values_list("code", flat=True))}))
"""


def manage(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "colloquia", "manage", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.django_db(transaction=True)
def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path, request: Any) -> None:
    if connection.vendor == "postgresql":
        url = beside(os.environ["DATABASE_URL"], request.getfixturevalue("migrated_on_server"))
        environment = {"COLLOQUIA_DATA": str(tmp_path), "DATABASE_URL": url}
    else:
        environment = {"COLLOQUIA_DATA": str(request.getfixturevalue("migrated"))}
    made = json.loads(manage("shell", "--no-imports", "-c", DESCRIBE, **environment))
    assert made["tables"] == tables()
    assert made["terms"] == ["reflected", "noted", "covered-elsewhere", "outside-scope"]
