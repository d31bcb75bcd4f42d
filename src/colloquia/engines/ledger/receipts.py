"""A receipt: what a sender takes home, and how anybody checks it with no connection to the site."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from colloquia.engines.ledger.canonical import NotCanonical
from colloquia.engines.ledger.entries import commitment, entry, leaf_hash
from colloquia.engines.ledger.heads import TreeHead, verify_head
from colloquia.engines.ledger.proofs import verify_inclusion

VERSION = 1


class ReceiptProblem(ValueError):
    """A receipt does not hold; the message says which part."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt taken apart. ``content`` and ``salt`` open the commitment of the entry at ``index``."""

    content: Any
    salt: bytes
    kind: str
    at: str
    index: int
    proof: tuple[bytes, ...]
    head: TreeHead

    def as_json(self) -> dict[str, Any]:
        """As it is handed out."""
        return {
            "v": VERSION,
            "content": self.content,
            "salt": self.salt.hex(),
            "entry": {"kind": self.kind, "at": self.at},
            "index": self.index,
            "proof": [each.hex() for each in self.proof],
            "head": self.head.as_json(),
        }


def read_receipt(text: str) -> Receipt:
    """A receipt from its file. Raises ReceiptProblem."""
    try:
        raw = json.loads(text)
        head = raw["head"]
        if raw["v"] != VERSION or head["v"] != VERSION:
            raise ReceiptProblem("The receipt is of a version that this program does not know.")
        return Receipt(
            content=raw["content"],
            salt=bytes.fromhex(raw["salt"]),
            kind=str(raw["entry"]["kind"]),
            at=str(raw["entry"]["at"]),
            index=int(raw["index"]),
            proof=tuple(bytes.fromhex(each) for each in raw["proof"]),
            head=TreeHead(
                int(head["size"]),
                str(head["root"]),
                str(head["at"]),
                str(head["key"]),
                str(head["signature"]),
            ),
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        if isinstance(error, ReceiptProblem):
            raise
        raise ReceiptProblem(f"This is not a receipt: {type(error).__name__} {error}.") from error


def verify_receipt(receipt: Receipt, public: bytes) -> None:
    """Check signature, commitment and proof, in this order. Raises ReceiptProblem at the first that fails."""
    if not verify_head(receipt.head, public):
        raise ReceiptProblem("The head in the receipt was not signed with this key.")
    try:
        committed = commitment(receipt.content, receipt.salt)
        leaf = leaf_hash(entry(receipt.kind, receipt.at, committed))
    except (NotCanonical, ValueError) as error:
        raise ReceiptProblem(f"The content of the receipt cannot be hashed: {error}") from error
    root = bytes.fromhex(receipt.head.root)
    if not verify_inclusion(leaf, receipt.index, receipt.head.size, receipt.proof, root):
        raise ReceiptProblem("The content of the receipt does not stand in the ledger under its head.")
