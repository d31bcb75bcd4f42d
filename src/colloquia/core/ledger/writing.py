"""Appending to the ledger, and destroying what opens an entry."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction
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
        index = _locked_size()
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
        LedgerSize.objects.filter(pk=_ONE).update(size=index + 1)
        _sign(index + 1, new, key, _seconds(timezone.now()))
    return written


def destroy_openings(about: models.Model, *, keep: Iterable[str] = ()) -> int:
    """Destroy salt and content of every entry about an object, except those of the kinds to ``keep``.

    Gives their number. The ledger stays whole.
    """
    found = LedgerOpening.objects.filter(about_type=about._meta.label_lower, about_id=str(about.pk)).exclude(
        entry__kind__in=list(keep)
    )
    return found.delete()[0]


def _locked_size() -> int:
    """The number of entries; whoever else appends waits from here on. One query but for the first entry."""
    size = LedgerSize.objects.select_for_update().filter(pk=_ONE).values_list("size", flat=True)
    found = size.first()
    if found is None:
        LedgerSize.objects.get_or_create(pk=_ONE)
        found = size.get()
    return found


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
    # Up to one pair a level: put together by hand it takes a tenth of the time of the same from Q objects.
    quote = connection.ops.quote_name
    table, level, place, value = (
        quote(name) for name in (LedgerNode._meta.db_table, "level", "index", "hash")
    )
    pairs = " OR ".join([f"({level}=%s AND {place}=%s)"] * len(nodes))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {level}, {place}, {value} FROM {table} WHERE {pairs}",  # noqa: S608 -- names are the model's
            [number for node in nodes for number in node],
        )
        return {(row[0], row[1]): bytes(row[2]) for row in cursor.fetchall()}


def _sign(size: int, known: dict[Node, bytes], key: KeyPair, at: str) -> None:
    root = fold([known[node] for node in cover(0, size)])
    head = signed(size=size, root=root, at=at, key=key)
    identifier = key_id(key.public)
    if not LedgerKey.objects.filter(pk=identifier).exists():
        LedgerKey.objects.create(key=identifier, public=base64.b64encode(key.public).decode(), first_used=at)
    LedgerHead.objects.create(size=size, root=head.root, at=at, key=head.key, signature=head.signature)


def _seconds(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
