"""A program killed in the middle of a correction leaves all of it or nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from colloquia.consultations import services
from colloquia.consultations.models import Correction, Run
from colloquia.core.models import AuditEntry
from tests.consultations.counted import by_hand, snapshot, stored

if TYPE_CHECKING:
    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

# Runs in a process of its own, on the database of the test, and kills itself at one statement.
PROGRAM = """
import os, signal, sys
name, runs, run, by, at, careless = sys.argv[1:]
os.environ["DJANGO_SETTINGS_MODULE"] = "colloquia.settings"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = name
settings.RUNS = runs
import django
django.setup()
from django.db import connection, transaction
from colloquia.accounts.models import User
from colloquia.consultations import services
from colloquia.consultations.models import Correction, Run
run, by = Run.objects.get(pk=run), User.objects.get(pk=by)
written = 0

def killing(execute, sql, params, many, context):
    global written
    if sql.split()[0] in ("INSERT", "UPDATE", "DELETE"):
        written += 1
        if written == int(at):
            os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

with connection.execute_wrapper(killing):
    if careless == "yes":
        Correction.objects.create(run=run, number=1, kind="merge", by=by, question_id="IP-08.q1",
            values={"themes": ["IP-08.q1.t1", "IP-08.q1.t2"], "into": "IP-08.q1.t1", "label": ""})
        Run.objects.filter(pk=run.pk).update(sequence=1)
    else:
        one, two = "IP-08.q1.t1", "IP-08.q1.t2"
        services.merge_themes(run=run, themes=[one, two], into=one, by=by, seen=0)
print("written", written)
"""


def killed_at(run: Run, by: User, runs: Path, statement: int, *, careless: bool = False) -> Any:
    """The correction by another process, killed before its nth write (0: never)."""
    name = str(connection.settings_dict["NAME"])
    answers = [name, str(runs), str(run.pk), str(by.pk), str(statement), "yes" if careless else "no"]
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *answers], capture_output=True, text=True, timeout=120, check=False
    )


def test_killed_at_any_write_nothing_is_half_done(stored_run: Run, bruno: User, runs: Path) -> None:
    before = snapshot(stored_run)
    entries = AuditEntry.objects.count()
    statement = 0
    while True:
        statement += 1
        ended = killed_at(stored_run, bruno, runs, statement)
        if ended.returncode == 0:
            break
        assert ended.returncode == -9, ended.stderr
        stored_run.refresh_from_db()
        assert (stored_run.sequence, stored_run.counted_sequence) == (0, 0)
        assert (Correction.objects.count(), AuditEntry.objects.count()) == (0, entries)
        assert snapshot(stored_run) == before
    assert statement > 4
    stored_run.refresh_from_db()
    assert (stored_run.sequence, stored_run.counted_sequence) == (1, 1)
    assert stored(stored_run) == by_hand(stored_run)
    services.undo(run=stored_run, number=1, by=bruno, seen=1)
    assert snapshot(stored_run) == before


def test_without_one_transaction_half_of_it_stays(stored_run: Run, bruno: User, runs: Path) -> None:
    """The control: writes one by one are caught half done by the same means."""
    ended = killed_at(stored_run, bruno, runs, 2, careless=True)
    assert ended.returncode == -9
    stored_run.refresh_from_db()
    assert (Correction.objects.count(), stored_run.sequence) == (1, 0)
