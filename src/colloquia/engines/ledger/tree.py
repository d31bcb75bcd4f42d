"""The tree as perfect subtrees: what to store when it grows, and which stored nodes a root or proof needs.

A node is ``(level, index)``: it covers the leaves from ``index * 2**level`` on, ``2**level`` of them.
Appending stores two nodes a leaf on average; a root or proof needs at most ``2 * log2(size)``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

Node = tuple[int, int]
EMPTY_ROOT = hashlib.sha256(b"").digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of an inner node (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def cover(start: int, end: int) -> list[Node]:
    """The perfect subtrees that cover the leaves ``start`` to ``end`` (exclusive), largest first.

    ``start`` must be a multiple of the largest power of two that is at most ``end - start``, which holds
    for every range of this module.
    """
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def fold(hashes: Sequence[bytes]) -> bytes:
    """The hash over neighbouring perfect subtrees, given in the order of ``cover``."""
    if not hashes:
        return EMPTY_ROOT
    result = hashes[-1]
    for each in reversed(hashes[:-1]):
        result = node_hash(each, result)
    return result


def grown(size: int, leaf: bytes, stored: Callable[[Node], bytes]) -> list[tuple[Node, bytes]]:
    """The nodes to store when ``leaf`` is appended to a tree of ``size`` leaves; the leaf's own comes first.

    ``stored`` gives the hash of a node that is stored already.
    """
    node, value = (0, size), leaf
    new = [(node, value)]
    while node[1] % 2:
        value = node_hash(stored((node[0], node[1] - 1)), value)
        node = (node[0] + 1, node[1] // 2)
        new.append((node, value))
    return new


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """The ranges of leaves whose hashes prove that leaf ``index`` is in a tree of ``size``, lowest first.

    Raises ValueError where there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}.")
    ranges = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(old: int, size: int) -> list[tuple[int, int]]:
    """The ranges whose hashes prove that the tree of ``old`` leaves is the beginning of that of ``size``.

    In the order of RFC 6962, 2.1.2. Empty where both are the same or the old tree was empty.
    Raises ValueError where ``old`` is larger.
    """
    if not 0 <= old <= size:
        raise ValueError(f"A tree of {size} leaves has no earlier state of {old}.")
    if old in (0, size):
        return []
    ranges: list[tuple[int, int]] = []
    start, end, whole = 0, size, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, whole = middle, False
    if not whole:
        ranges.append((start, end))
    return ranges[::-1]


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over hashes of leaves, computed from nothing else; linear in their number."""
    peaks: list[tuple[int, bytes]] = []
    for leaf in leaves:
        grow(peaks, leaf)
    return fold([value for _level, value in peaks])


def grow(peaks: list[tuple[int, bytes]], leaf: bytes) -> None:
    """Append a leaf to the peaks ``(level, hash)`` of a tree, largest first; ``fold`` of them is its root."""
    level, value = 0, leaf
    while peaks and peaks[-1][0] == level:
        value = node_hash(peaks.pop()[1], value)
        level += 1
    peaks.append((level, value))


def _split(count: int) -> int:
    """The largest power of two smaller than ``count``."""
    return 1 << ((count - 1).bit_length() - 1)
