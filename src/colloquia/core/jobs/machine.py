"""Who a worker process is, so that another on the same machine can tell that it is gone."""

from __future__ import annotations

import os
from pathlib import Path


def machine() -> str:
    """This boot of this machine and its space of process numbers; blank where that cannot be told."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}:{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def process(number: int | None = None) -> str:
    """A process and the moment it began, since numbers are used again; blank where it is gone."""
    number = number or os.getpid()
    try:
        # The name of the program stands in brackets and may hold spaces; the state follows it.
        fields = (
            Path(f"/proc/{number}/stat")
            .read_text(encoding="utf-8", errors="replace")
            .rpartition(")")[2]
            .split()
        )
    except OSError:
        return ""
    is_dead = fields[0] in ("Z", "X")
    return "" if is_dead else f"{number}:{fields[19]}"


def is_gone(its_machine: str, its_process: str) -> bool:
    """True only where the process is known to be gone: on this machine, and not running any more."""
    if not its_machine or not its_process or its_machine != machine():
        return False
    return process(int(its_process.partition(":")[0])) != its_process
