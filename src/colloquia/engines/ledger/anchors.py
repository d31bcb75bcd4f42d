"""Heads, keys and proofs as they are published, read back from their files."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from colloquia.engines.ledger.heads import TreeHead, head_of, key_id
from colloquia.engines.ledger.receipts import ReceiptProblem


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head from outside, with the proof of consistency where its file holds one."""

    head: TreeHead
    proof: tuple[bytes, ...] | None


def read_keys(text: str) -> dict[str, bytes]:
    """Public keys by their ids, from ``key.json``, PEM, or the base64 of 32 bytes. Raises ReceiptProblem."""
    try:
        if text.lstrip().startswith("{"):
            found = [base64.b64decode(each["public"], validate=True) for each in json.loads(text)["keys"]]
        elif "BEGIN PUBLIC KEY" in text:
            key = load_pem_public_key(text.encode())
            found = [key.public_bytes_raw()] if isinstance(key, Ed25519PublicKey) else []
        else:
            found = [base64.b64decode(text.strip(), validate=True)]
    except (KeyError, TypeError, ValueError, RecursionError, UnsupportedAlgorithm) as error:
        raise ReceiptProblem(f"This is no public key: {type(error).__name__} {error}.") from error
    if not found or any(len(each) != 32 for each in found):
        raise ReceiptProblem("This holds no Ed25519 key of 32 bytes.")
    return {key_id(each): each for each in found}


def read_anchor(text: str) -> Anchor:
    """A head from a file of its own, from ``heads.json`` (its latest) or ``consistency.json``.

    Raises:
        ReceiptProblem: it holds no head.
    """
    try:
        raw = json.loads(text)
        proof = read_proof(text) if "proof" in raw and "old" in raw else None
        return Anchor(head_of(_head(raw)), proof)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        if isinstance(error, ReceiptProblem):
            raise
        raise ReceiptProblem(f"This is no head: {type(error).__name__} {error}.") from error


def read_proof(text: str) -> tuple[bytes, ...]:
    """The hashes of ``consistency.json``, or a bare list of them. Raises ReceiptProblem."""
    try:
        raw = json.loads(text)
        return tuple(bytes.fromhex(each) for each in (raw if isinstance(raw, list) else raw["proof"]))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ReceiptProblem(f"This is no proof: {type(error).__name__} {error}.") from error


def _head(raw: Any) -> Any:
    for name in ("head", "latest"):
        if isinstance(raw.get(name), dict):
            return raw[name]
    return raw
