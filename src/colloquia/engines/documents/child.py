"""The program of a child process: bounds itself, then reads the files it is told to."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO

from colloquia.engines.documents import mediatypes as media
from colloquia.engines.documents import problems
from colloquia.engines.documents.confinement import confine
from colloquia.engines.documents.framing import BrokenFrame, Unpacker, pack, pack_answer
from colloquia.engines.documents.limits import Limits
from colloquia.engines.records import ReadText

REQUEST_BYTES = 1024 * 1024


def main() -> None:
    """Serve requests on standard input until it closes."""
    requests, answers = _private_streams()
    settings = json.loads(sys.argv[1])
    limits = Limits(**{field.name: settings["limits"][field.name] for field in fields(Limits)})
    confine(limits)
    unpacker = Unpacker(REQUEST_BYTES)
    while True:
        data = os.read(requests, 65536)
        if not data:
            return
        unpacker.feed(data)
        try:
            while (received := unpacker.next()) is not None:
                answers.write(_serve(received[0], limits, settings["ocr"], answers))
                answers.flush()
        except BrokenFrame:
            return


def _private_streams() -> tuple[int, BinaryIO]:
    """Move the two pipes out of a library's reach; what it prints goes nowhere."""
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return requests, os.fdopen(answers, "wb", buffering=1024 * 1024)


def _serve(request: dict[str, Any], limits: Limits, ocr: str, answers: BinaryIO) -> bytes:
    def at_page(page: int, slow: bool = False) -> None:
        answers.write(pack({"page": page, "slow": slow}))
        answers.flush()

    _allow(limits)
    name = str(request["name"])
    try:
        from colloquia.engines.documents.reading import read

        answer = read(
            Path(os.fsdecode(bytes.fromhex(request["path"]))),
            name=name,
            limits=limits,
            ocr=ocr,
            skip_pages=frozenset(request["skip"]),
            at_page=at_page,
        )
        return pack_answer(answer)
    except (MemoryError, RecursionError):
        # The parent replaces this child, whose memory can no longer be trusted.
        kind = media.BY_EXTENSION.get(media.extension(name), media.BINARY)
        return pack_answer(ReadText("", kind, status="unreadable", problem=problems.MEMORY))
    finally:
        # A parent that is slow to fetch the answer is no reason to end.
        signal.alarm(0)


def _allow(limits: Limits) -> None:
    """Give this file its own processor time, counted from what the process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + limits.processor_seconds, resource.RLIM_INFINITY))
    # Should the parent be gone, nobody else would end a child that sleeps.
    signal.alarm(limits.wall_seconds + limits.ocr_seconds + 10)
