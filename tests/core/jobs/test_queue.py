"""Enqueuing by name: only known tasks, only plain values, in the transaction of the change."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from colloquia.core.jobs import UnknownTask, enqueue, names, periodic, schedules, task
from colloquia.core.jobs.worker import Worker
from colloquia.core.models import Schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch):
    """An own set of tasks: one that notes its calls, one that fails."""
    made = []
    monkeypatch.setattr(names, "_tasks", {})
    monkeypatch.setattr(names, "_periods", {})

    @task("tests.note")
    def note(*arguments):
        made.append(arguments)

    @task("tests.fail")
    def fail():
        raise ZeroDivisionError

    @periodic("tests.hourly", every=timedelta(hours=1))
    def hourly():
        made.append("hourly")

    return made


def work():
    worker = Worker(batch=True)
    while worker.step():
        pass


def statuses():
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_a_task_runs_with_its_arguments(calls):
    enqueue("tests.note", "S-2026-00001", 7)
    schedules.keep_table(now=timezone.now() + timedelta(days=1))
    work()
    assert (calls, statuses()) == ([("S-2026-00001", 7)], ["SUCCESSFUL"])


def test_a_task_that_fails_keeps_its_reason_and_the_next_one_runs(calls):
    failed = enqueue("tests.fail", priority=5)
    enqueue("tests.note", 1)
    schedules.keep_table(now=timezone.now() + timedelta(days=1))
    work()
    row = DBTaskResult.objects.get(pk=failed)
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.ZeroDivisionError")
    assert calls == [(1,)]


def test_unknown_names_and_objects_are_refused_at_once(calls):
    with pytest.raises(UnknownTask, match=r"There is no task “tests\.nothing”; there are tests\.fail"):
        enqueue("tests.nothing")
    with pytest.raises(TypeError, match="A task takes ids, not a Schedule"):
        enqueue("tests.note", Schedule())
    assert DBTaskResult.objects.count() == 0


def test_a_name_belongs_to_one_task(calls):
    with pytest.raises(ValueError, match="the name of another task"):
        task("tests.note")(lambda: None)


def test_a_task_shares_the_fate_of_the_change(calls):
    with transaction.atomic():
        enqueue("tests.note", 1)
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 0


def test_a_task_for_later_waits(calls):
    enqueue("tests.note", 1, run_after=timezone.now() + timedelta(hours=1))
    schedules.keep_table(now=timezone.now() + timedelta(days=1))
    work()
    assert (calls, statuses()) == ([], ["READY"])


def test_periodic_tasks_are_enqueued_when_due_and_missed_ones_once(calls):
    now = timezone.now()
    schedules.keep_table(now=now)
    assert schedules.enqueue_due(now=now) == 1
    assert schedules.enqueue_due(now=now + timedelta(minutes=59)) == 0
    assert schedules.enqueue_due(now=now + timedelta(hours=30)) == 1
    assert schedules.enqueue_due(now=now + timedelta(hours=30)) == 1
    assert schedules.enqueue_due(now=now + timedelta(hours=30, minutes=30)) == 0


def test_a_paused_schedule_rests_and_one_that_is_gone_is_removed(calls):
    now = timezone.now()
    schedules.keep_table(now=now)
    Schedule.objects.update(is_enabled=False)
    Schedule.objects.create(name="tests.old", every=timedelta(hours=1), next_due=now)
    schedules.keep_table(now=now)
    assert list(Schedule.objects.values_list("name", "is_enabled")) == [("tests.hourly", False)]
    assert schedules.enqueue_due(now=now) == 0
