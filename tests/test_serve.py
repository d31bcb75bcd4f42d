"""``colloquia serve`` as an operator runs it: address, first officer's link, restart, stop, a busy port."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from colloquia.cli import CommandError
from colloquia.commands.serve import require_free_port

PATIENCE_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """A running ``colloquia serve``."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.output = data.with_suffix(".log")
        environment = os.environ | {"COLLOQUIA_DATA": str(data), "PORT": str(self.port), "WEB_WORKERS": "1"}
        environment["GRANIAN_LOG_ACCESS_ENABLED"] = "true"
        environment.pop("DATABASE_URL", None)
        with self.output.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "colloquia", "serve"], env=environment, stdout=file, stderr=file
            )

    def wait_for(self, pattern: str) -> str:
        """What was printed, once it holds the pattern."""
        for _ in range(PATIENCE_SECONDS * 10):
            text = self.output.read_text(encoding="utf-8")
            found = re.search(pattern, text)
            if found:
                return found[0]
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        pytest.fail(f"{pattern} was not printed:\n{self.output.read_text(encoding='utf-8')}")

    def health(self) -> tuple[int, dict[str, object]]:
        """Status and content of /healthz; (0, {}) where nothing answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)
        except OSError:
            return 0, {}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    server = Served(tmp_path / "data")
    yield server
    server.process.terminate()
    server.process.wait(60)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_serve_from_nothing_to_the_end(served: Served) -> None:
    served.wait_for(rf"Colloquia is at http://localhost:{served.port}/")
    link = served.wait_for(r"http://localhost:\d+/accounts/link/[\w-]{43}/").replace("localhost", "127.0.0.1")
    for _ in range(PATIENCE_SECONDS * 10):
        if served.health()[0] == 200:
            break
        time.sleep(0.1)
    assert served.health() == (200, {"ok": True, "checks": {"database": "ok", "worker": "ok", "disk": "ok"}})
    with urllib.request.urlopen(link, timeout=10) as page:
        assert "Become the first officer" in page.read().decode()
    with urllib.request.urlopen(f"http://127.0.0.1:{served.port}/", timeout=10) as page:
        sheet = re.search(r'href="(/static/colloquia/site\.[0-9a-f]{12}\.css)"', page.read().decode())
    assert sheet is not None
    with urllib.request.urlopen(f"http://127.0.0.1:{served.port}{sheet[1]}", timeout=10) as style:
        assert "immutable" in style.headers["Cache-Control"]

    before = children(served.process.pid)
    assert len(before) == 2
    for child in before:
        os.kill(child, signal.SIGKILL)
    served.wait_for(r"the web server ended \(status -9\); starting it again")
    served.wait_for(r"the worker ended \(status -9\); starting it again")
    for _ in range(PATIENCE_SECONDS * 10):
        if served.health()[0] == 200:
            break
        time.sleep(0.1)
    assert served.health()[0] == 200

    second = subprocess.run(
        [sys.executable, "-m", "colloquia", "serve", "--port", str(served.port)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert f"cannot listen on 127.0.0.1 port {served.port}" in second.stderr
    assert "Traceback" not in second.stderr

    served.process.terminate()
    assert served.process.wait(60) == 0
    assert served.health() == (0, {})
    # The addresses of private pages are secrets: no log of them, whatever the environment says.
    assert "GET /" not in served.output.read_text(encoding="utf-8")


def test_free_port_is_accepted_and_a_busy_one_refused() -> None:
    port = free_port()
    require_free_port("127.0.0.1", port)
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(CommandError, match=f"PORT={port + 1}"):
            require_free_port("127.0.0.1", port)


def test_host_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CommandError, match=r"cannot listen on 192\.0\.2\.1 port"):
        require_free_port("192.0.2.1", free_port())
