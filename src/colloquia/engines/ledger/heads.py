"""Signed heads: what the operator says the tree was at a moment, under an Ed25519 key (RFC 8032)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from colloquia.engines.ledger.canonical import canonical

VERSION = 1


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A signing key. ``private`` and ``public`` are the 32 raw bytes."""

    private: bytes
    public: bytes


@dataclass(frozen=True, slots=True)
class TreeHead:
    """A signed head. ``root`` is hexadecimal, ``at`` UTC to the second, ``key`` the id of the public key,
    ``signature`` base64 over the canonical form of the other members with ``v``.
    """

    size: int
    root: str
    at: str
    key: str
    signature: str = ""

    def signed_bytes(self) -> bytes:
        """What the signature is over."""
        return canonical({"at": self.at, "key": self.key, "root": self.root, "size": self.size, "v": VERSION})

    def as_json(self) -> dict[str, Any]:
        """As it is published."""
        return {
            "v": VERSION, "size": self.size, "root": self.root, "at": self.at, "key": self.key,
            "signature": self.signature,
        }  # fmt: skip


def head_of(raw: Mapping[str, Any]) -> TreeHead:
    """A head from what ``as_json`` gave. Raises KeyError, TypeError or ValueError where it is not one."""
    if raw["v"] != VERSION:
        raise ValueError("the head is of a version that this program does not know")
    if not isinstance(raw["size"], int) or isinstance(raw["size"], bool) or raw["size"] < 0:
        raise ValueError("the size of the head is not a whole number")
    return TreeHead(raw["size"], str(raw["root"]), str(raw["at"]), str(raw["key"]), str(raw["signature"]))


def new_key(seed: bytes) -> KeyPair:
    """The key pair of 32 random bytes, which are the private key."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return KeyPair(seed, private.public_key().public_bytes_raw())


def read_key(text: str) -> KeyPair:
    """A key pair from the base64 of its private bytes. Raises ValueError."""
    try:
        return new_key(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError) as error:
        raise ValueError("This is not the base64 of the 32 bytes of an Ed25519 key.") from error


def key_id(public: bytes) -> str:
    """A short name of a public key: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def signed(*, size: int, root: bytes, at: str, key: KeyPair) -> TreeHead:
    """A head with its signature."""
    head = TreeHead(size, root.hex(), at, key_id(key.public))
    signature = Ed25519PrivateKey.from_private_bytes(key.private).sign(head.signed_bytes())
    return TreeHead(head.size, head.root, head.at, head.key, base64.b64encode(signature).decode())


def verify_head(head: TreeHead, public: bytes) -> bool:
    """Whether the head was signed with this key."""
    if head.key != key_id(public):
        return False
    try:
        signature = base64.b64decode(head.signature, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, head.signed_bytes())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def public_pem(public: bytes) -> str:
    """A public key as OpenSSL reads it (RFC 8410)."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
