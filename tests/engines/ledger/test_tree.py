"""The tree against a second, naive implementation after the text of RFC 6962, and against known roots."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.ledger import (
    EMPTY_ROOT,
    NotCanonical,
    canonical,
    commitment,
    consistency_ranges,
    cover,
    fold,
    grown,
    inclusion_ranges,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

Leaves = Sequence[bytes]
VECTORS = [bytes.fromhex(each) for each in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
"""The eight inputs with which implementations of Certificate Transparency are commonly tried."""
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""Roots over the first one and all eight, as those implementations give them."""


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def split(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def naive_root(leaves: Leaves) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return sha(b"\x00" + leaves[0])
    k = split(len(leaves))
    return sha(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:]))


def naive_path(m: int, leaves: Leaves) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_subproof(m: int, leaves: Leaves, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2."""
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole), naive_root(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], False), naive_root(leaves[:k])]


def stored(leaves: Leaves) -> dict[tuple[int, int], bytes]:
    """Every node that is kept when leaves are appended one by one."""
    nodes: dict[tuple[int, int], bytes] = {}
    for size, leaf in enumerate(leaves):
        nodes |= dict(grown(size, leaf_hash(leaf), nodes.__getitem__))
    return nodes


def hashes(nodes: dict[tuple[int, int], bytes], ranges: list[tuple[int, int]]) -> list[bytes]:
    return [fold([nodes[node] for node in cover(start, end)]) for start, end in ranges]


trees = st.integers(1, 200).map(lambda size: [str(place).encode() for place in range(size)])


@pytest.mark.parametrize("size", range(9))
def test_roots_of_the_common_vectors(size: int) -> None:
    root = root_of([leaf_hash(each) for each in VECTORS[:size]])
    assert root == naive_root(VECTORS[:size])
    if size in ROOTS:
        assert root.hex() == ROOTS[size]
    if not size:
        assert root == EMPTY_ROOT


@settings(max_examples=60, deadline=None)
@given(trees, st.data())
def test_proofs_are_those_of_the_standard_and_hold(leaves: list[bytes], data: st.DataObject) -> None:
    nodes, size = stored(leaves), len(leaves)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    root, old_root = naive_root(leaves), naive_root(leaves[:old])
    path = hashes(nodes, inclusion_ranges(index, size))
    assert path == naive_path(index, leaves)
    assert verify_inclusion(leaf_hash(leaves[index]), index, size, path, root) is True
    between = hashes(nodes, consistency_ranges(old, size))
    assert between == naive_subproof(old, leaves, True)
    assert verify_consistency(old, size, between, old_root, root) is True


@settings(max_examples=60, deadline=None)
@given(trees, st.data())
def test_one_flipped_bit_in_any_hash_is_caught(leaves: list[bytes], data: st.DataObject) -> None:
    size = len(leaves)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    path = [leaf_hash(leaves[index]), *naive_path(index, leaves), naive_root(leaves)]
    place = data.draw(st.integers(0, len(path) - 1))
    path[place] = flipped(path[place], data)
    assert verify_inclusion(path[0], index, size, path[1:-1], path[-1]) is False
    between = [naive_root(leaves[:old]), *naive_subproof(old, leaves, True), naive_root(leaves)]
    place = data.draw(st.integers(0, len(between) - 1))
    between[place] = flipped(between[place], data)
    assert verify_consistency(old, size, between[1:-1], between[0], between[-1]) is False


@settings(max_examples=40, deadline=None)
@given(trees, st.data())
def test_a_proof_for_another_place_size_or_length_is_refused(
    leaves: list[bytes], data: st.DataObject
) -> None:
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    leaf, path, root = leaf_hash(leaves[index]), naive_path(index, leaves), naive_root(leaves)
    other = data.draw(st.integers(-1, size + 1).filter(lambda each: each != index))
    assert verify_inclusion(leaf, other, size, path, root) is False
    assert verify_inclusion(leaf, index, size, [*path, root], root) is False
    assert path == [] or verify_inclusion(leaf, index, size, path[:-1], root) is False


def flipped(value: bytes, data: st.DataObject) -> bytes:
    bit = data.draw(st.integers(0, 255))
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=5), inner, max_size=3),
    max_leaves=8,
))  # fmt: skip
def test_canonical_text_says_the_same_and_does_not_depend_on_the_order_of_members(value: object) -> None:
    text = canonical(value)
    assert json.loads(text) == value
    if isinstance(value, dict):
        assert canonical(dict(reversed(value.items()))) == text


@pytest.mark.parametrize("value", [1.0, 2**53, {"é": 1}, "\ud800", {1: 2}, b"x", [float("nan")]])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitment({}, b"short")


def test_the_ledger_imports_no_django() -> None:
    folder = Path(__file__).parents[3] / "src/colloquia/engines/ledger"
    assert [path.name for path in folder.glob("*.py") if "django" in path.read_text()] == []
