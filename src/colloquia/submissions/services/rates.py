"""How often something may be asked for from one address, so that nobody fills disk or mailboxes."""

from __future__ import annotations

import fcntl
import hashlib
import ipaddress
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

HOUR = 3600
_OWN_NETWORK = 64
"""Bits of an IPv6 address that an operator gives a customer; the rest each chooses at will."""


def within(name: str, key: str, *, most: int, seconds: int = HOUR) -> bool:
    """Count one more; False where there were ``most`` in the present stretch of ``seconds`` already.

    ``key`` (an address of a client or an e-mail address) is kept only as a hash, and only that long.
    """
    held = f"submissions.{name}.{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    now = time.time()
    with _one_at_a_time():
        count, until = cache.get(held) or (0, now + seconds)
        if now >= until:
            count, until = 0, now + seconds
        if count >= most:
            return False
        cache.set(held, (count + 1, until), max(1, round(until - now)))
    return True


def client(address: str) -> str:
    """Whom an address of the network stands for: itself, or for IPv6 the whole network of one customer."""
    with suppress(ValueError):
        parsed = ipaddress.ip_address(address)
        if isinstance(parsed, ipaddress.IPv6Address):
            mapped = parsed.ipv4_mapped
            return str(mapped or ipaddress.ip_network((int(parsed), _OWN_NETWORK), strict=False))
    return address


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A cache reads and writes in two steps; requests at one moment would count as one."""
    descriptor = os.open(Path(settings.DATA) / "rates.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
