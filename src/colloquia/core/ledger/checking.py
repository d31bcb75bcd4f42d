"""The ledger compared with itself: entries, every stored node, every signed head, every opening, the key.

The tree is built again from the entries. A head whose root is that of its first entries continues every
smaller one, so that all of them together are consistent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from colloquia.core.ledger.keys import FILE
from colloquia.core.models import LedgerEntry, LedgerHead, LedgerKey, LedgerNode, LedgerOpening, LedgerSize
from colloquia.core.pieces import PIECE, legible, rows
from colloquia.core.registry import Finding, RecordCheck
from colloquia.engines.ledger import (
    TreeHead,
    commitment,
    entry,
    fold,
    grow,
    key_id,
    leaf_hash,
    node_hash,
    read_key,
    verify_head,
)

_HASH = 32
Tick = Callable[[int], None]


def tree_total() -> int:
    """Entries, nodes and heads."""
    return LedgerEntry.objects.count() + LedgerNode.objects.count() + LedgerHead.objects.count()


def tree_findings(tick: Tick) -> Iterator[Finding]:
    """Differences in entries, nodes and heads; linear in their number, 64 bytes of memory an entry."""
    size = max(LedgerEntry.objects.count(), LedgerNode.objects.filter(level=0).count())
    said = LedgerSize.objects.values_list("size", flat=True).first() or 0
    if said != size:
        yield Finding("Size of the ledger", f"It says {said} entries; there are {size}.")
    leaves = bytearray(size * _HASH)
    yield from _entries(leaves, size, tick)
    yield from _nodes(leaves, size, lambda done: tick(size + done))
    nodes = LedgerNode.objects.count()
    yield from _heads(bytes(leaves), size, lambda done: tick(size + nodes + done))


def opening_findings(tick: Tick) -> Iterator[Finding]:
    """Openings whose salt and content do not give the commitment of their entry."""
    held = 0
    for held, (index, row) in enumerate(
        rows(LedgerOpening.objects.all(), "salt", "content", "entry__commitment"), start=1
    ):
        tick(held)
        try:
            same = row is not None and commitment(row[1], bytes(row[0])) == row[2]
        except ValueError:
            same = False
        if not same:
            yield Finding(f"Opening of entry {index}", "Salt and content do not give its commitment.")
    destroyed = LedgerEntry.objects.count() - held
    if destroyed:
        yield Finding("Openings", f"{destroyed:,} were destroyed, as is right for erased data.", False)


def key_findings(tick: Tick) -> Iterator[Finding]:
    """Public keys that are not what their names say, and a signing key that no head knows."""
    known = set()
    for done, (name, row) in enumerate(rows(LedgerKey.objects.all(), "public"), start=1):
        tick(done)
        try:
            public = LedgerKey(key=name, public=row[0] if row else "").public_bytes()
        except ValueError:
            public = b""
        if len(public) != 32 or key_id(public) != name:
            yield Finding(f"Public key {name}", "What is stored is not the key of this name.")
        else:
            known.add(name)
    yield from _signing_key(known)


def _signing_key(known: set[str]) -> Iterator[Finding]:
    path = Path(settings.DATA) / FILE
    place = "LEDGER_KEY" if settings.LEDGER_KEY else str(path)
    if not settings.LEDGER_KEY and not path.exists():
        if known:
            yield Finding(
                place, "The signing key is not here; put it back before anything is recorded.", False
            )
        return
    try:
        public = read_key(settings.LEDGER_KEY or path.read_text(encoding="ascii")).public
    except (ValueError, OSError):
        yield Finding(place, "It holds no usable signing key. Put it back from a backup.")
        return
    if known and key_id(public) not in known:
        yield Finding(
            place,
            f"The signing key {key_id(public)} has signed no head. Put the right one back; a new one that "
            "you chose becomes known with the next entry.",
        )


def _entries(leaves: bytearray, size: int, tick: Tick) -> Iterator[Finding]:
    """Fill ``leaves`` with the hash of each entry; of two that differ, the one that the tree holds."""
    for start in range(0, size, PIECE):
        end = min(start + PIECE, size)
        held = legible(
            LedgerEntry.objects.filter(pk__gte=start, pk__lt=end), "kind", "at", "commitment", "leaf_hash"
        )
        nodes = LedgerNode.objects.filter(level=0, index__gte=start, index__lt=end)
        kept = {index: bytes(value) for index, value in nodes.values_list("index", "hash")}
        for index in range(start, end):
            row, node = held.get(index), kept.get(index, b"")
            made = leaf_hash(entry(*(str(each) for each in row[:3]))) if row else b""
            given = bytes(row[3]) if row else b""
            leaf = made
            if index not in held:
                yield Finding(f"Entry {index}", "It is missing.")
            elif made != given or row is None:
                yield Finding(f"Entry {index}", "Kind, time and commitment do not give the stored hash.")
            if made != given or row is None:
                leaf = node if node == given or row is None else made
            leaves[index * _HASH : (index + 1) * _HASH] = leaf.ljust(_HASH, b"\0")[:_HASH]
        tick(end)
    for index in LedgerEntry.objects.filter(pk__gte=size).values_list("pk", flat=True):
        yield Finding(f"Entry {index}", f"It stands beyond the {size} that there are.")


def _nodes(leaves: bytearray, size: int, tick: Tick) -> Iterator[Finding]:
    """Every node beside the one computed from the entries, level by level."""
    expected, level, done = leaves, 0, 0
    while True:
        count, place = len(expected) // _HASH, 0
        stored = LedgerNode.objects.filter(level=level).order_by("index").values_list("index", "hash")
        for index, value in stored.iterator(chunk_size=PIECE):
            for missing in range(place, min(index, count)):
                yield Finding(f"Node {missing} of level {level}", "It is missing.")
            if index >= count:
                yield Finding(f"Node {index} of level {level}", "It belongs to no tree of this size.")
            elif bytes(value) != bytes(expected[index * _HASH : (index + 1) * _HASH]):
                yield Finding(f"Node {index} of level {level}", "It is not the hash of what it covers.")
            place, done = index + 1, done + 1
            tick(done)
        for missing in range(place, count):
            yield Finding(f"Node {missing} of level {level}", "It is missing.")
        if count < 2:
            break
        expected, level = _above(expected), level + 1
    beyond = LedgerNode.objects.filter(level__gt=level).values_list("level", "index")
    for higher, index in beyond:
        yield Finding(f"Node {index} of level {higher}", f"It belongs to no tree of {size} entries.")


def _above(level: bytearray) -> bytearray:
    """The level above: whole pairs only."""
    pairs = len(level) // _HASH // 2
    above = bytearray()
    for pair in range(pairs):
        start = 2 * pair * _HASH
        above += node_hash(
            bytes(level[start : start + _HASH]), bytes(level[start + _HASH : start + 2 * _HASH])
        )
    return above


def _heads(leaves: bytes, size: int, tick: Tick) -> Iterator[Finding]:
    """Root and signature of every head; there is one for each size."""
    keys = {row.key: _public(row) for row in LedgerKey.objects.all()}
    peaks: list[tuple[int, bytes]] = []
    for start in range(0, size, PIECE):
        end = min(start + PIECE, size)
        held = legible(LedgerHead.objects.filter(pk__gt=start, pk__lte=end), "root", "at", "key", "signature")
        for index in range(start, end):
            grow(peaks, leaves[index * _HASH : (index + 1) * _HASH])
            place, row = f"Head of {index + 1} entries", held.get(index + 1)
            if row is None:
                yield Finding(place, "It is missing, or not legible.")
                continue
            head = TreeHead(index + 1, *(str(each) for each in row))
            if head.root != fold([value for _level, value in peaks]).hex():
                yield Finding(place, "Its root is not that of the entries.")
            if not verify_head(head, keys.get(head.key, b"")):
                yield Finding(place, f"It was not signed as it stands with the key {head.key}.")
        tick(end)
    for beyond in LedgerHead.objects.filter(pk__gt=size).order_by("pk").values_list("pk", flat=True):
        yield Finding(f"Head of {beyond} entries", f"There are only {size} entries.")


def _public(row: LedgerKey) -> bytes:
    try:
        return row.public_bytes()
    except ValueError:
        return b""


CHECKS = (
    RecordCheck("core.ledger", "Ledger", tree_total, tree_findings, 10),
    RecordCheck("core.ledger_keys", "Keys of the ledger", LedgerKey.objects.count, key_findings, 20),
    RecordCheck("core.ledger_openings", "Openings", LedgerOpening.objects.count, opening_findings, 30),
)
