"""Peak memory of this process and its children since the peaks were last forgotten."""

from __future__ import annotations

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

_PROCESSES = Path("/proc")


def forget_peaks() -> None:
    """Begin to measure anew, where the system allows it."""
    for process in _family():
        with suppress(OSError):
            (_PROCESSES / str(process) / "clear_refs").write_text("5")


def peak() -> int:
    """Bytes: the peaks of this process and of its living children, added."""
    found = [size for process in _family() if (size := _high_water(process))]
    if found:
        return sum(found)
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _family() -> list[int]:
    """This process and its children."""
    own = os.getpid()
    found = [own]
    for listed in (_PROCESSES / str(own) / "task").glob("*/children"):
        with suppress(OSError):
            found.extend(int(number) for number in listed.read_text().split())
    return found


def _high_water(process: int) -> int:
    with suppress(OSError):
        for line in (_PROCESSES / str(process) / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0
