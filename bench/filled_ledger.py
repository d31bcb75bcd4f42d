"""Entries of the ledger in bulk, with a signed head each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def write_ledger(acts: list[tuple[str, Any, dict[str, Any], datetime]]) -> None:
    """Append entries as ``core.ledger.record`` does, with a signed head each, all at once. Into an empty
    ledger.
    """
    import base64
    import secrets

    from django.db import transaction

    from colloquia.core.ledger.keys import signing_key
    from colloquia.core.models import (
        LedgerEntry,
        LedgerHead,
        LedgerKey,
        LedgerNode,
        LedgerOpening,
        LedgerSize,
    )
    from colloquia.engines.ledger import commitment, cover, entry, fold, grown, key_id, leaf_hash, signed

    key = signing_key()
    nodes: dict[tuple[int, int], bytes] = {}
    entries, openings, heads = [], [], []
    for index, (kind, about, content, at) in enumerate(acts):
        salt, moment = secrets.token_bytes(32), at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        committed = commitment(content, salt)
        leaf = leaf_hash(entry(kind, moment, committed))
        written = LedgerEntry(index=index, kind=kind, at=moment, commitment=committed, leaf_hash=leaf)
        entries.append(written)
        openings.append(
            LedgerOpening(
                entry=written, salt=salt, content=content, about_type=about._meta.label_lower,
                about_id=str(about.pk),
            )
        )  # fmt: skip
        nodes.update(grown(index, leaf, nodes.__getitem__))
        root = fold([nodes[node] for node in cover(0, index + 1)])
        head = signed(size=index + 1, root=root, at=moment, key=key)
        heads.append(
            LedgerHead(size=head.size, root=head.root, at=head.at, key=head.key, signature=head.signature)
        )
    with transaction.atomic():
        public = base64.b64encode(key.public).decode()
        LedgerKey.objects.create(key=key_id(key.public), public=public, first_used=heads[0].at)
        LedgerEntry.objects.bulk_create(entries, batch_size=1000)
        LedgerOpening.objects.bulk_create(openings, batch_size=1000)
        LedgerNode.objects.bulk_create(
            [LedgerNode(level=level, index=place, hash=value) for (level, place), value in nodes.items()],
            batch_size=1000,
        )
        LedgerHead.objects.bulk_create(heads, batch_size=1000)
        LedgerSize.objects.update_or_create(pk=1, defaults={"size": len(acts)})
