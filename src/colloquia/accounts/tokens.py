"""The tokens of sign-in links."""

from __future__ import annotations

import hashlib
import secrets


def make_token() -> str:
    """A token that cannot be guessed: 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is kept of a link: enough to recognise it, not to make it."""
    return hashlib.sha256(token.encode()).hexdigest()
