"""Checking proofs with nothing but hashes, as RFC 9162 describes it in 2.1.3.2 and 2.1.4.2."""

from __future__ import annotations

from collections.abc import Sequence

from colloquia.engines.ledger.tree import EMPTY_ROOT, node_hash


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that ``leaf`` stands at ``index`` in the tree of ``size`` with this root."""
    if not 0 <= index < size:
        return False
    place, last, value = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            value = node_hash(each, value)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            value = node_hash(value, each)
        place, last = place >> 1, last >> 1
    return last == 0 and value == root


def verify_consistency(old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Whether the proof shows that the tree of ``old`` leaves is the beginning of that of ``size``."""
    if not 0 <= old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    hashes = list(proof)
    if old & (old - 1) == 0:
        hashes.insert(0, old_root)
    if not hashes:
        return False
    place, last = old - 1, size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    earlier = later = hashes[0]
    for each in hashes[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            earlier, later = node_hash(each, earlier), node_hash(each, later)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            later = node_hash(later, each)
        place, last = place >> 1, last >> 1
    return last == 0 and earlier == old_root and later == root
