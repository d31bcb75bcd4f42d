"""What a dead worker leaves running is run again, three times at most."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from colloquia.core.jobs import enqueue, leases, machine
from colloquia.core.jobs.queries import tasks_by_status, worker_heartbeat
from colloquia.core.models import TaskLease

pytestmark = pytest.mark.django_db
LATER = timedelta(seconds=61)


@pytest.fixture
def row():
    enqueue("core.prune_tasks")
    return leases.claim("first")


def status():
    return DBTaskResult.objects.get().status


def test_claim_takes_a_task_once(row):
    assert (row.status, row.worker_ids) == ("RUNNING", ["first"])
    assert leases.claim("second") is None
    assert TaskLease.objects.get().worker_id == "first"


def test_a_live_lease_is_respected_and_renewed(row):
    now = timezone.now()
    assert leases.reap(now=now + timedelta(seconds=50)) == (0, 0)
    leases.renew("first", now=now + timedelta(seconds=50))
    assert leases.reap(now=now + timedelta(seconds=100)) == (0, 0)
    assert worker_heartbeat() == now + timedelta(seconds=50)


def test_a_lease_that_ran_out_gives_the_task_back(row):
    assert leases.reap(now=timezone.now() + LATER) == (1, 0)
    assert (status(), TaskLease.objects.count()) == ("READY", 0)
    assert leases.claim("second").worker_ids == ["first", "second"]


def test_a_task_that_lost_its_lease_row_is_given_back_too(row):
    TaskLease.objects.all().delete()
    assert leases.reap() == (0, 0)
    assert leases.reap(now=timezone.now() + LATER) == (1, 0)


def test_after_three_more_attempts_the_task_is_given_up_with_the_reason(row):
    for attempt in range(3):
        assert leases.reap(now=timezone.now() + LATER) == (1, 0)
        leases.claim(f"again-{attempt}")
    assert leases.reap(now=timezone.now() + LATER) == (0, 1)
    row.refresh_from_db()
    assert (row.status, row.exception_class_path) == ("FAILED", "colloquia.core.jobs.leases.WorkerDied")
    assert row.traceback == "The worker died 4 times while it ran this task; it is not tried again."
    assert tasks_by_status() == {"FAILED": 1}


def test_a_process_that_is_gone_does_not_hold_the_task_until_the_lease_ends(row):
    TaskLease.objects.update(process="999999999:1")
    assert leases.reap() == (1, 0)


def test_a_process_on_another_machine_is_waited_for(row):
    TaskLease.objects.update(process="999999999:1", machine="elsewhere")
    assert leases.reap() == (0, 0)


def test_this_process_is_not_gone():
    assert machine.is_gone(machine.machine(), machine.process()) is False
    assert machine.is_gone("", "") is False


def test_an_outcome_that_comes_too_late_is_dropped(row):
    leases.reap(now=timezone.now() + LATER)
    leases.claim("second")
    assert leases.finish(row, "first", None) is False
    assert status() == "RUNNING"
    assert leases.finish(DBTaskResult.objects.get(), "second", None) is True
    assert status() == "SUCCESSFUL"


def test_release_gives_the_task_back_without_counting_the_attempt(row):
    leases.release(row, "first")
    row.refresh_from_db()
    assert (row.status, row.worker_ids, TaskLease.objects.count()) == ("READY", [], 0)


def test_no_worker_was_ever_seen():
    assert worker_heartbeat() is None


def test_a_look_at_an_empty_queue_is_one_read(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert leases.claim("first") is None


def test_reaping_costs_two_queries_however_many_tasks_run(django_assert_num_queries):
    for count in (1, 3):
        while DBTaskResult.objects.running().count() < count:
            enqueue("core.prune_tasks")
            leases.claim("first")
        with django_assert_num_queries(2):
            assert leases.reap() == (0, 0)
