"""Heads, proofs and receipts, from what is stored. A proof needs one query, whatever the size."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet

from colloquia.core.models import LedgerEntry, LedgerHead, LedgerKey, LedgerNode
from colloquia.engines.ledger import (
    Node,
    Receipt,
    TreeHead,
    consistency_ranges,
    cover,
    fold,
    inclusion_ranges,
)


def entries() -> QuerySet[LedgerEntry]:
    """Every entry, in order."""
    return LedgerEntry.objects.order_by("index")


def entry_of(about: models.Model, kind: str) -> LedgerEntry | None:
    """The latest entry of this kind about an object, with its opening; None once that was destroyed."""
    return (
        LedgerEntry.objects.filter(
            kind=kind, opening__about_type=about._meta.label_lower, opening__about_id=str(about.pk)
        )
        .select_related("opening")
        .order_by("-index")
        .first()
    )


def entry_at(index: int) -> LedgerEntry | None:
    """The entry at a place, with its opening where that was not destroyed; None where there is none."""
    return LedgerEntry.objects.filter(pk=index).select_related("opening").first()


def heads() -> QuerySet[LedgerHead]:
    """Every signed head, latest first."""
    return LedgerHead.objects.order_by("-size")


def head(size: int | None = None) -> TreeHead | None:
    """The signed head of a size, or the latest; None where there is none."""
    found = heads().filter(pk=size).first() if size is not None else heads().first()
    return found.as_head() if found else None


def public_keys() -> dict[str, bytes]:
    """The public keys under which heads were signed, by their ids."""
    return {row.key: row.public_bytes() for row in known_keys()}


def known_keys() -> list[LedgerKey]:
    """Every key under which heads were signed, the first used first."""
    return list(LedgerKey.objects.order_by("first_used", "key"))


def size() -> int:
    """The number of entries under the latest head."""
    return heads().values_list("size", flat=True).first() or 0


def inclusion_proof(index: int, size: int) -> list[bytes]:
    """The hashes which prove that entry ``index`` is in the tree of ``size``. Raises ValueError."""
    return _proof(inclusion_ranges(index, size))


def consistency_proof(old: int, size: int) -> list[bytes]:
    """The hashes which prove that the tree of ``old`` entries begins that of ``size``. Raises ValueError."""
    return _proof(consistency_ranges(old, size))


def receipt(entry: LedgerEntry, size: int | None = None) -> Receipt:
    """A receipt of an entry under the head that was signed with it, or that of another size.

    Raises LookupError where salt and content were destroyed, or there is no such head.
    """
    under = head(size if size is not None else entry.index + 1)
    opening = getattr(entry, "opening", None)
    if under is None or opening is None:
        raise LookupError(f"Entry {entry.index} cannot be opened, or no head of this size was signed.")
    return Receipt(
        content=opening.content,
        salt=bytes(opening.salt),
        kind=entry.kind,
        at=entry.at,
        index=entry.index,
        proof=tuple(inclusion_proof(entry.index, under.size)),
        head=under,
    )


def _proof(ranges: list[tuple[int, int]]) -> list[bytes]:
    covers = [cover(start, end) for start, end in ranges]
    wanted: set[Node] = {node for nodes in covers for node in nodes}
    if not wanted:
        return []
    condition = models.Q()
    for level, place in wanted:
        condition |= models.Q(level=level, index=place)
    stored = {
        (level, place): bytes(value)
        for level, place, value in LedgerNode.objects.filter(condition).values_list("level", "index", "hash")
    }
    return [fold([stored[node] for node in nodes]) for nodes in covers]
