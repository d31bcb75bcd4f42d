"""A real worker process: killed in a task, told to stop, and watched by the health page."""

import json
import signal

import pytest

TASKS = """
import os, time
from pathlib import Path
from django.conf import settings
from colloquia.core.jobs import enqueue, task, worker
from colloquia.core.jobs.worker import Worker
from colloquia.core.models import Schedule
folder = Path(settings.DATA)

@task("tests.once_stuck")
def once_stuck():
    with (folder / "began").open("a") as file:
        file.write("x")
    if (folder / "began").read_text() == "x":
        time.sleep(3600)
    (folder / "done").write_text("done")

@task("tests.short")
def short():
    (folder / "began").write_text("x")
    time.sleep(1.5)
    (folder / "done").write_text("done")
"""
STATE = """
import json
from django_tasks_db.models import DBTaskResult
from colloquia.core.jobs.queries import worker_heartbeat
row = DBTaskResult.objects.get(args_kwargs__args__0__startswith="tests.")
print(json.dumps([row.status, len(row.worker_ids), worker_heartbeat() is not None]))
"""


def state(site):
    return json.loads(site.run(STATE))


def kill_in_the_middle(site, eventually):
    site.run(TASKS + 'enqueue("tests.once_stuck")')
    process = site.start(TASKS + "Worker().run()")
    eventually((site.folder / "began").exists)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert state(site) == ["RUNNING", 1, True]


def test_a_task_whose_worker_was_killed_runs_again_to_success(site, eventually):
    kill_in_the_middle(site, eventually)
    site.run(TASKS + "Worker(batch=True).run()")
    assert (site.folder / "done").read_text() == "done"
    assert state(site) == ["SUCCESSFUL", 2, True]


def test_without_the_reaper_it_would_be_stuck_for_ever(site, eventually):
    """The negative control."""
    kill_in_the_middle(site, eventually)
    site.run(TASKS + "Worker(batch=True, with_reaper=False).run()")
    assert (site.folder / "done").exists() is False
    assert state(site) == ["RUNNING", 1, True]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_the_task_at_hand(site, eventually, number):
    site.run(TASKS + 'enqueue("tests.short")')
    process = site.start(TASKS + "raise SystemExit(worker.run())")
    eventually((site.folder / "began").exists)
    process.send_signal(number)
    assert process.wait(timeout=120) == 0
    assert state(site) == ["SUCCESSFUL", 1, True]


def test_told_to_stop_in_a_long_task_it_gives_the_task_back(site, eventually):
    site.run(TASKS + 'enqueue("tests.once_stuck")')
    process = site.start(TASKS + "worker.PATIENCE = 0.5\nraise SystemExit(worker.run())")
    eventually((site.folder / "began").exists)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=120) == 0
    assert state(site) == ["READY", 0, True]
