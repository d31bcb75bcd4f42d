"""The site's ledger: entries written in the transaction of the act they record, heads, proofs, receipts."""

from __future__ import annotations

from colloquia.core.ledger.keys import LedgerKeyUnusable
from colloquia.core.ledger.reading import (
    consistency_proof,
    entries,
    entry_at,
    entry_of,
    head,
    heads,
    inclusion_proof,
    known_keys,
    public_keys,
    receipt,
    size,
)
from colloquia.core.ledger.writing import destroy_openings, record

__all__ = [
    "LedgerKeyUnusable",
    "consistency_proof",
    "destroy_openings",
    "entries",
    "entry_at",
    "entry_of",
    "head",
    "heads",
    "inclusion_proof",
    "known_keys",
    "public_keys",
    "receipt",
    "record",
    "size",
]
