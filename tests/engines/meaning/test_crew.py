from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from colloquia.engines.meaning.crew import Crew


def test_crew_gives_results_in_order_for_any_number_of_processes():
    with Crew(1) as one, Crew(2) as two:
        assert list(one.map(abs, [-3, 2, -1])) == list(two.map(abs, [-3, 2, -1])) == [3, 2, 1]


SCRIPT = """
import os, sys
from colloquia.engines.meaning.crew import Crew

if __name__ == "__main__":
    with Crew(2) as crew:
        print(*crew.map(os.getenv, ["HOME"] * 2) and [os.getpid()], *crew._pool._processes, flush=True)
        sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_crew_ends_when_its_parent_is_killed(tmp_path: Path):
    script = tmp_path / "parent.py"
    script.write_text(SCRIPT, encoding="utf-8")
    # The workers hold the other end of this pipe; it comes to its end when the last of them has ended.
    reading, writing = os.pipe()
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=writing
    ) as parent:
        os.close(writing)
        started = parent.stdout.readline().split()
        parent.kill()
    assert int(started[0]) == parent.pid
    assert len(started) > 1
    with os.fdopen(reading, "rb") as stderr:
        assert b"Traceback" not in stderr.read()
