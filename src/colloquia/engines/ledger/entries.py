"""What one entry of the ledger says: that an act of some kind took place, and a commitment to its content."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from colloquia.engines.ledger.canonical import canonical

VERSION = 1
SALT_BYTES = 32


def commitment(content: Any, salt: bytes) -> str:
    """HMAC-SHA256 of the canonical content under its salt, in hexadecimal.

    Without the salt nobody can try out what the content may have been. Raises NotCanonical, or
    ValueError for a salt of another length than 32 bytes.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"A salt has {SALT_BYTES} bytes, not {len(salt)}.")
    return hmac.new(salt, canonical(content), hashlib.sha256).hexdigest()


def entry(kind: str, at: str, committed: str) -> bytes:
    """The bytes of an entry.

    Args:
        kind: the act, for instance ``submission.received``.
        at: UTC, to the second, ``2026-11-26T07:20:31Z``.
        committed: what ``commitment`` gave.
    """
    return canonical({"at": at, "commitment": committed, "kind": kind, "v": VERSION})


def leaf_hash(data: bytes) -> bytes:
    """SHA-256 of an entry as a leaf of the tree (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()
