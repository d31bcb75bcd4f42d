"""A receipt: what a sender takes home, and how anybody checks it with no connection to the site."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from colloquia.engines.ledger.canonical import NotCanonical
from colloquia.engines.ledger.entries import commitment, entry, leaf_hash
from colloquia.engines.ledger.heads import TreeHead, head_of, verify_head
from colloquia.engines.ledger.proofs import verify_consistency, verify_inclusion

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

    def entry_bytes(self) -> bytes:
        """The entry that the receipt claims to stand in the ledger.

        Raises:
            ReceiptProblem: content or salt cannot be committed to.
        """
        try:
            return entry(self.kind, self.at, commitment(self.content, self.salt))
        except (NotCanonical, ValueError) as error:
            raise ReceiptProblem(f"The content of the receipt cannot be hashed: {error}") from error


def read_receipt(text: str) -> Receipt:
    """A receipt from its file. Raises ReceiptProblem."""
    try:
        raw = json.loads(text)
        if raw["v"] != VERSION:
            raise ReceiptProblem("The receipt is of a version that this program does not know.")
        return Receipt(
            content=raw["content"],
            salt=bytes.fromhex(raw["salt"]),
            kind=str(raw["entry"]["kind"]),
            at=str(raw["entry"]["at"]),
            index=int(raw["index"]),
            proof=tuple(bytes.fromhex(each) for each in raw["proof"]),
            head=head_of(raw["head"]),
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        if isinstance(error, ReceiptProblem):
            raise
        raise ReceiptProblem(f"This is not a receipt: {type(error).__name__} {error}.") from error


def verify_receipt(receipt: Receipt, public: bytes) -> None:
    """Check signature, commitment and proof, in this order. Raises ReceiptProblem at the first that fails."""
    if not verify_head(receipt.head, public):
        raise ReceiptProblem("The head in the receipt was not signed with this key.")
    verify_content(receipt)


def verify_content(receipt: Receipt) -> None:
    """Check that the content stands in the tree of the receipt's own head, whoever signed it.

    Raises:
        ReceiptProblem: it does not.
    """
    leaf = leaf_hash(receipt.entry_bytes())
    if not verify_inclusion(leaf, receipt.index, receipt.head.size, receipt.proof, root_bytes(receipt.head)):
        raise ReceiptProblem("The content of the receipt does not stand in the ledger under its head.")


def verify_heads(one: TreeHead, other: TreeHead, proof: Sequence[bytes]) -> None:
    """Check that the smaller of two trees is the beginning of the larger. Signatures are not looked at.

    Raises:
        ReceiptProblem: it is not, or the proof is not one for these two.
    """
    small, large = sorted((one, other), key=lambda head: head.size)
    if small.size == large.size and small.root != large.root:
        raise ReceiptProblem(
            f"Two heads of {small.size} entries have different roots: the ledger was rewritten."
        )
    if not verify_consistency(small.size, large.size, proof, root_bytes(small), root_bytes(large)):
        raise ReceiptProblem(
            f"The ledger of {large.size} entries is not shown to continue that of {small.size}: "
            "the proof is of other heads, or the ledger was rewritten."
        )


def root_bytes(head: TreeHead) -> bytes:
    """The root of a head. Raises ReceiptProblem where it is no hash."""
    try:
        root = bytes.fromhex(head.root)
    except ValueError:
        root = b""
    if len(root) != 32:
        raise ReceiptProblem(f"The root of the head of {head.size} entries is not 64 hexadecimal digits.")
    return root
