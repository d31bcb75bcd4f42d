"""The ledger: a Merkle tree after RFC 6962 over canonical JSON entries, with signed heads and proofs.

An entry holds a salted commitment and nothing personal, so that the tree stays whole when what was
committed to is destroyed.
"""

from __future__ import annotations

from colloquia.engines.ledger.canonical import NotCanonical, canonical
from colloquia.engines.ledger.entries import commitment, entry, leaf_hash
from colloquia.engines.ledger.heads import (
    KeyPair,
    TreeHead,
    head_of,
    key_id,
    new_key,
    public_pem,
    read_key,
    signed,
    verify_head,
)
from colloquia.engines.ledger.proofs import verify_consistency, verify_inclusion
from colloquia.engines.ledger.receipts import (
    Receipt,
    ReceiptProblem,
    read_receipt,
    verify_content,
    verify_heads,
    verify_receipt,
)
from colloquia.engines.ledger.tree import (
    EMPTY_ROOT,
    Node,
    consistency_ranges,
    cover,
    fold,
    grow,
    grown,
    inclusion_ranges,
    node_hash,
    root_of,
)

__all__ = [
    "EMPTY_ROOT",
    "KeyPair",
    "Node",
    "NotCanonical",
    "Receipt",
    "ReceiptProblem",
    "TreeHead",
    "canonical",
    "commitment",
    "consistency_ranges",
    "cover",
    "entry",
    "fold",
    "grow",
    "grown",
    "head_of",
    "inclusion_ranges",
    "key_id",
    "leaf_hash",
    "new_key",
    "node_hash",
    "public_pem",
    "read_key",
    "read_receipt",
    "root_of",
    "signed",
    "verify_consistency",
    "verify_content",
    "verify_head",
    "verify_heads",
    "verify_inclusion",
    "verify_receipt",
]
