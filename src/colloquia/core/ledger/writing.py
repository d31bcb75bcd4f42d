"""Appending to the ledger, and destroying what opens an entry."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from colloquia.core.ledger.keys import signing_key
from colloquia.core.models import (
    LedgerEntry,
    LedgerHead,
    LedgerKey,
    LedgerNode,
    LedgerOpening,
    LedgerSize,
)
from colloquia.engines.ledger import (
    KeyPair,
    Node,
    commitment,
    cover,
    entry,
    fold,
    grown,
    key_id,
    leaf_hash,
    signed,
)

_ONE = 1


def record(
    kind: str, *, about: models.Model, content: dict[str, Any], at: datetime | None = None
) -> LedgerEntry:
    """Append an entry within the caller's transaction, and sign the head that includes it.

    Whoever else appends waits until that transaction ends, so call this late in a short one. If it is
    rolled back, entry and head never were.

    Args:
        kind: the act, ``submission.received``; it stands in the ledger in the open.
        about: the object; with it the opening can be found and destroyed.
        content: what is committed to: ids, hashes, numbers and words that JSON knows.
        at: the time of the act; now, where none is given.
    """
    key = signing_key()
    moment = _seconds(at or timezone.now())
    salt = secrets.token_bytes(32)
    committed = commitment(content, salt)
    leaf = leaf_hash(entry(kind, moment, committed))
    with transaction.atomic():
        LedgerSize.objects.get_or_create(pk=_ONE)
        row = LedgerSize.objects.select_for_update().get(pk=_ONE)
        index = row.size
        written = LedgerEntry.objects.create(
            index=index, kind=kind, at=moment, commitment=committed, leaf_hash=leaf
        )
        LedgerOpening.objects.create(
            entry=written,
            salt=salt,
            content=content,
            about_type=about._meta.label_lower,
            about_id=str(about.pk),
        )
        new = _grow(index, leaf)
        row.size = index + 1
        row.save(update_fields=["size"])
        _sign(row.size, new, key, _seconds(timezone.now()))
    return written


def destroy_openings(about: models.Model, *, keep: Iterable[str] = ()) -> int:
    """Destroy salt and content of every entry about an object, except those of the kinds to ``keep``.

    Gives their number. The ledger stays whole.
    """
    found = LedgerOpening.objects.filter(about_type=about._meta.label_lower, about_id=str(about.pk)).exclude(
        entry__kind__in=list(keep)
    )
    return found.delete()[0]


def _grow(index: int, leaf: bytes) -> dict[Node, bytes]:
    """Store the nodes that leaf ``index`` completes; gives them with the peaks of the tree."""
    peaks = _stored(cover(0, index))
    subtrees = dict(peaks)
    new = grown(index, leaf, subtrees.__getitem__)
    LedgerNode.objects.bulk_create(
        [LedgerNode(level=level, index=place, hash=value) for (level, place), value in new]
    )
    return subtrees | dict(new)


def _stored(nodes: list[Node]) -> dict[Node, bytes]:
    if not nodes:
        return {}
    wanted = models.Q()
    for level, place in nodes:
        wanted |= models.Q(level=level, index=place)
    rows = LedgerNode.objects.filter(wanted).values_list("level", "index", "hash")
    return {(level, place): bytes(value) for level, place, value in rows}


def _sign(size: int, known: dict[Node, bytes], key: KeyPair, at: str) -> None:
    root = fold([known[node] for node in cover(0, size)])
    head = signed(size=size, root=root, at=at, key=key)
    identifier = key_id(key.public)
    if not LedgerKey.objects.filter(pk=identifier).exists():
        LedgerKey.objects.create(key=identifier, public=base64.b64encode(key.public).decode(), first_used=at)
    LedgerHead.objects.create(size=size, root=head.root, at=at, key=head.key, signature=head.signature)


def _seconds(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
