"""Unguessable addresses of drafts and receipts. A token is derived, so that it can be mailed again."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings


def token(purpose: str, key: object, *, issue: int = 1) -> str:
    """The token of an object for one purpose, 43 characters; another ``issue`` makes the earlier one void.

    Keep only ``digest(token)``, and find the object by it: then tokens stay good when SECRET_KEY changes.
    """
    message = f"{purpose}\x00{key}\x00{issue}".encode()
    value = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def digest(given: str) -> str:
    """What is kept of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()
