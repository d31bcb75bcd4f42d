"""The key that signs heads: given by the operator, or made on first use in the data folder."""

from __future__ import annotations

import base64
import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from colloquia.engines.ledger import KeyPair, read_key

FILE = "ledger_key"


class LedgerKeyUnusable(Exception):
    """There is a key and it cannot be read; nothing is signed with another one in its place."""


def signing_key() -> KeyPair:
    """The key in force. Raises LedgerKeyUnusable."""
    return _key(settings.LEDGER_KEY, Path(settings.DATA) / FILE)


@lru_cache(maxsize=4)
def _key(given: str, path: Path) -> KeyPair:
    try:
        return read_key(given or _kept(path))
    except (ValueError, OSError) as error:
        place = "LEDGER_KEY" if given else str(path)
        raise LedgerKeyUnusable(
            f"{place} holds no usable key for the ledger: {error} Put the key back from a backup."
        ) from error


def _kept(path: Path) -> str:
    """The text of the key file. Two processes that start at once agree on one: it is linked into place."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(base64.b64encode(secrets.token_bytes(32)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")
