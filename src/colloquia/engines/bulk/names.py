"""Which organisation each submission of a run names, as far as the machine joins names by itself."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colloquia.engines.organisations import Mention, join_alike
from colloquia.engines.organisations.domains import own_domain

if TYPE_CHECKING:
    import pyarrow as pa

_COLUMNS = ("submission_id", "organisation", "country", "stakeholder", "channel", "mail_domain")
_WRITTEN = ("key", "name_key", "body", "name", "country", "domain", "submissions")


def mentions_of(table: Path) -> list[Mention]:
    """Who each submission in ``submissions.parquet`` says it comes from, in order of receipt."""
    import pyarrow.parquet as pq

    held = pq.read_schema(table).names
    columns = [name for name in _COLUMNS if name in held]
    rows: list[dict[str, Any]] = pq.read_table(table, columns=columns).to_pylist()
    return [
        Mention(
            row["submission_id"],
            row["organisation"],
            row["country"],
            # Runs stored before addresses were looked at have no such column.
            row.get("mail_domain", ""),
            stakeholder=row["stakeholder"],
            channel=row["channel"],
        )
        for row in rows
    ]


def resolve(table: Path) -> tuple[pa.Table, pa.Table]:
    """The names in ``submissions.parquet``, by submission and by name as written.

    The first: ``submission_id``, ``organisation_key`` of the name as written, ``organisation_body`` of the
    body that it belongs to. The second, one row for each name as written with the territory and the domain
    that came with it: ``key``, ``name_key`` as folded, ``body``, ``name``, ``country``, ``domain``,
    ``submissions``. Keys stay the same whatever else arrives. Submissions that name none are in neither.
    """
    import pyarrow as pa

    mentions = mentions_of(table)
    places = join_alike(mentions)
    written: Counter[tuple[str, ...]] = Counter()
    resolved = []
    for mention in mentions:
        place = places.get(mention.mention_id)
        if place is None:
            continue
        name, domain = " ".join(mention.name.split()), own_domain(mention.e_mail_domain)
        key = written_key(place.name_key, name, domain)
        country = mention.country.strip().upper()
        written[key, place.name_key, place.body, name, country, domain] += 1
        resolved.append((mention.mention_id, key, place.body))
    kinds = dict.fromkeys(_WRITTEN[:-1], pa.string()) | {"submissions": pa.int32()}
    return _table(
        resolved, dict.fromkeys(("submission_id", "organisation_key", "organisation_body"), pa.string())
    ), _table([(*row, count) for row, count in written.items()], kinds)


def written_key(name_key: str, name: str, domain: str) -> str:
    """A short key of a name as it was written: 20 hexadecimal digits."""
    return hashlib.sha256("\x1f".join((name_key, name, domain)).encode()).hexdigest()[:20]


def _table(rows: list[tuple[Any, ...]], kinds: dict[str, Any]) -> pa.Table:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) if rows else [()] * len(kinds)
    return pa.table(
        {name: pa.array(values, type=kinds[name]) for name, values in zip(kinds, columns, strict=True)}
    )
