"""One child process as its parent sees it: start, ask, listen, end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, cast

import colloquia
from colloquia.engines.documents.framing import Unpacker, pack
from colloquia.engines.documents.limits import Limits

PROGRAM = (
    "import sys; sys.path.append(sys.argv.pop()); from colloquia.engines.documents.child import main; main()"
)
_KEPT = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SYSTEMROOT")
_CHUNK = 1024 * 1024
_PATIENCE = 5.0


class Worker:
    """A child with a clean environment in a process group of its own."""

    def __init__(self, limits: Limits, ocr: str, program: str = PROGRAM) -> None:
        self._limits = limits
        self.served = 0
        root = str(Path(colloquia.__file__).resolve().parents[1])
        settings = json.dumps({"limits": asdict(limits), "ocr": ocr})
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", program, settings, root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            close_fds=True,
            cwd="/",
            env={key: os.environ[key] for key in _KEPT if key in os.environ} | {"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self._unpacker = Unpacker(self.answer_bytes)

    @property
    def answer_bytes(self) -> int:
        """The most that an answer can weigh: escaped text, pages, attachments."""
        limits = self._limits
        return 6 * limits.characters + 16 * limits.pages + limits.attachment_bytes + _CHUNK

    @property
    def process_id(self) -> int:
        """The child's process id."""
        return self._process.pid

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when the child answers or ends."""
        return self._answers.fileno()

    def ask(self, path: Path, name: str, skip: Collection[int]) -> None:
        """Send one file to be read; a child that is gone shows when it is listened to."""
        request = {"path": os.fsencode(path.absolute()).hex(), "name": name, "skip": sorted(skip)}
        self.served += 1
        with suppress(BrokenPipeError):
            self._requests.write(pack(request))

    def listen(self) -> list[tuple[dict[str, Any], list[bytes]]] | None:
        """Return the messages that are complete, ``None`` when the child has ended.

        To be called when ``fileno`` is readable. Raises ``BrokenFrame``.
        """
        data = os.read(self.fileno(), _CHUNK)
        if not data:
            return None
        self._unpacker.feed(data)
        messages = []
        while (message := self._unpacker.next()) is not None:
            messages.append(message)
        return messages

    def end(self, *, by_itself: bool = False) -> int:
        """End the child with everything it started, wait for it, and return its exit status.

        ``by_itself`` gives a child whose stream has closed a moment to end in its own way,
        so that the status tells why.
        """
        patience = time.monotonic() + (_PATIENCE if by_itself else 0.0)
        # The child is not reaped before its group is killed, so the group's number stays its own.
        while time.monotonic() < patience and not os.waitid(
            os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG
        ):
            time.sleep(0.002)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        status = self._process.wait()
        self._requests.close()
        self._answers.close()
        return status
