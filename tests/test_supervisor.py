"""The children of ``serve``: restarted when they die, stopped together, given up when they keep failing."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from colloquia import supervisor
from colloquia.supervisor import Child, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_told_to_stop_it_ends_its_children_and_gives_zero() -> None:
    children = [Child("one", SLEEP), Child("two", SLEEP)]
    pids: list[int] = []

    def announce() -> bool:
        pids.extend(child.process.pid for child in children if child.process)
        os.kill(os.getpid(), signal.SIGTERM)
        return True

    assert Supervisor(children).run(announce) == 0
    assert len(pids) == 2
    assert [is_gone(pid) for pid in pids] == [True, True]


def test_dead_child_is_started_again(tmp_path: Path) -> None:
    child = Child("worker", SLEEP)
    seen: list[int] = []

    def announce() -> bool:
        if child.process is not None and child.process.pid not in seen:
            seen.append(child.process.pid)
            os.kill(os.getpid() if len(seen) == 2 else child.process.pid, signal.SIGTERM)
        return False

    assert Supervisor([child]).run(announce) == 0
    assert len(seen) == 2


def test_child_that_keeps_failing_ends_the_whole(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "MOST_SHORT_LIVES", 2)
    assert (
        Supervisor([Child("web server", [sys.executable, "-c", "raise SystemExit(3)"])]).run(lambda: True)
        == 1
    )
    assert "the web server keeps failing (status 3); giving up." in capfd.readouterr().err


def test_child_that_does_not_listen_is_ended(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 0.5)
    stubborn = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    child = Child("worker", [sys.executable, "-c", stubborn])
    pids: list[int] = []

    def announce() -> bool:
        if "deaf" in capfd.readouterr().out:
            assert child.process is not None
            pids.append(child.process.pid)
            os.kill(os.getpid(), signal.SIGINT)
        return False

    assert Supervisor([child]).run(announce) == 0
    assert is_gone(pids[0])


@pytest.mark.skipif(sys.platform != "linux", reason="a signal on the parent's death exists on Linux only")
def test_child_ends_when_its_parent_is_killed() -> None:
    code = (
        "import subprocess, sys, time\n"
        "from colloquia.supervisor import end_with_parent\n"
        "sleep = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
        "child = subprocess.Popen(sleep, preexec_fn=end_with_parent)\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)"
    )
    import subprocess

    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    gone = threading.Event()
    for _ in range(200):
        state = Path(f"/proc/{pid}/stat")
        if is_gone(pid) or not state.exists() or " Z " in state.read_text():
            gone.set()
            break
        time.sleep(0.05)
    assert gone.is_set()
