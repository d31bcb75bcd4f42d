"""How often something may be asked for from one address, so that nobody fills disk or mailboxes."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

HOUR = 3600


def within(name: str, key: str, *, most: int, seconds: int = HOUR) -> bool:
    """Count one more; False where there were ``most`` in the present stretch of ``seconds`` already.

    ``key`` (an address of a client or an e-mail address) is kept only as a hash, and only that long.
    """
    held = f"submissions.{name}.{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    if cache.add(held, 1, seconds):
        return True
    count = cache.get(held, 0)
    if count >= most:
        return False
    try:
        cache.incr(held)
    except ValueError:  # it ran out between the two
        cache.add(held, 1, seconds)
    return True
