"""The site's ledger: entries written in the transaction of the act they record, heads, proofs, receipts."""

from __future__ import annotations

from colloquia.core.ledger.keys import LedgerKeyUnusable
from colloquia.core.ledger.reading import (
    consistency_proof,
    entries,
    entry_of,
    head,
    heads,
    inclusion_proof,
    public_keys,
    receipt,
)
from colloquia.core.ledger.writing import destroy_openings, record

__all__ = [
    "LedgerKeyUnusable",
    "consistency_proof",
    "destroy_openings",
    "entries",
    "entry_of",
    "head",
    "heads",
    "inclusion_proof",
    "public_keys",
    "receipt",
    "record",
]
