"""The key that signs heads: given by the operator, or made on first use in the data folder."""

from __future__ import annotations

import base64
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from colloquia.engines.ledger import KeyPair, read_key
from colloquia.secret_file import kept_secret

FILE = "ledger_key"


class LedgerKeyUnusable(Exception):
    """There is a key and it cannot be read; nothing is signed with another one in its place."""


def signing_key() -> KeyPair:
    """The key in force. Raises LedgerKeyUnusable."""
    return _key(settings.LEDGER_KEY, Path(settings.DATA) / FILE)


@lru_cache(maxsize=4)
def _key(given: str, path: Path) -> KeyPair:
    try:
        return read_key(given or kept_secret(path, _made))
    except (ValueError, OSError) as error:
        place = "LEDGER_KEY" if given else str(path)
        raise LedgerKeyUnusable(
            f"{place} holds no usable key for the ledger: {error} Put the key back from a backup."
        ) from error


def _made() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode() + "\n"
