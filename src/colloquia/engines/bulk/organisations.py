"""The organisations of a run as they are in effect: listed, looked up by name, and counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from colloquia.engines.bulk.database import open_database
from colloquia.engines.bulk.reading import Bulk
from colloquia.engines.bulk.records import Filters
from colloquia.engines.organisations.settling import Known

_ALL = Filters()
# The spelling used most; of several those not in capitals alone, then by the alphabet.
_NAME = "mode(organisation ORDER BY organisation = upper(organisation), organisation)"


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation in effect. ``key`` is that of filters and decisions, ``written_key`` of a name of it
    that never changes. ``name`` is the spelling used most. The others are values as stated, sorted.
    """

    key: str
    written_key: str
    name: str
    submissions: int
    spellings: tuple[str, ...]
    countries: tuple[str, ...]
    stakeholders: tuple[str, ...]
    channels: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name as senders wrote it, with the territory and the domain that came with it.

    ``organisation`` is the key in effect, ``body`` that of the machine.
    """

    key: str
    name_key: str
    body: str
    organisation: str
    name: str
    country: str
    domain: str
    submissions: int


@dataclass(frozen=True, slots=True)
class NameCounts:
    """How names became organisations. ``submissions`` name one; ``names`` differ as written.

    ``bodies`` are what the machine made of the names, ``organisations`` what is in effect.
    """

    submissions: int
    names: int
    bodies: int
    organisations: int


def known_names(folder: Path, keys: Collection[str]) -> Known:
    """What the run in ``folder`` knows of keys of any kind."""
    if not keys:
        return Known()
    with open_database(folder).cursor() as cursor:
        rows = cursor.execute(
            """SELECT key, name_key, body FROM organisations
WHERE list_contains($keys, key) OR list_contains($keys, name_key)""",
            {"keys": sorted(set(keys))},
        ).fetchall()
    wanted = set(keys)
    return Known(
        {key: name_key for key, name_key, _ in rows if key in wanted},
        {name_key: body for _, name_key, body in rows},
    )


class OrganisationsBulk(Bulk):
    """A run's bulk under one overlay, as those need it who look after names."""

    def listing(
        self, *, search: str = "", also: Sequence[str] = (), limit: int = 50, offset: int = 0
    ) -> tuple[list[OrganisationRow], int]:
        """A page of organisations, those with most submissions first, and the number of all.

        ``search`` is found in any of the names as written, whatever its case; organisations with a key in
        ``also`` are listed too. ``limit`` 0 gives them all.
        """
        where = ""
        if search:
            where = """AND (list_contains($also, body) OR body IN (
  SELECT body FROM chosen WHERE contains(lower(organisation), lower($search))))"""
        parameters: dict[str, Any] = {"search": search, "also": list(also)} if search else {}
        page = f" LIMIT {int(limit)} OFFSET {int(offset)}" if limit else ""
        # Counted first, and looked at only where they are shown: there may be as many as submissions.
        query = f"""WITH {self._statement(_ALL).chosen()}, counted AS (
  SELECT body, count(*) AS submissions, min(row) AS first FROM chosen WHERE body <> '' {where} GROUP BY body)
SELECT body, (SELECT count(*) FROM counted) FROM counted ORDER BY submissions DESC, first{page}"""
        rows = self._ask(query, parameters)
        if not rows:
            return [], self.listing(search=search, also=also, limit=1)[1] if offset else 0
        held = self.by_key(key for key, _ in rows)
        return [held[key] for key, _ in rows], int(rows[0][1])

    def by_key(self, keys: Iterable[str]) -> dict[str, OrganisationRow]:
        """Organisations in effect by key; unknown keys are absent."""
        statement = self._statement(Filters(organisations=tuple(dict.fromkeys(keys))))
        if not statement.filters.organisations:
            return {}
        lists = ", ".join(
            f"list_sort(list(DISTINCT {name}) FILTER ({name} <> ''))"
            for name in ("organisation", "country", "stakeholder", "channel", "language")
        )
        query = f"""WITH {statement.chosen()}
SELECT body, arg_min(organisation_key, row), {_NAME}, count(*), {lists}
FROM chosen GROUP BY body"""
        return {row[0]: _row(row) for row in self._ask(query, statement.parameters)}

    def written(self, keys: Iterable[str]) -> list[WrittenName]:
        """The names as written of organisations in effect, those of most submissions first."""
        statement = self._statement(Filters(organisations=tuple(dict.fromkeys(keys))))
        query = f"""WITH {statement.chosen()}, used AS (SELECT DISTINCT organisation_key, body FROM chosen)
SELECT o.key, o.name_key, o.body, used.body, o.name, o.country, o.domain, o.submissions
FROM organisations o JOIN used ON used.organisation_key = o.key ORDER BY o.submissions DESC, o.name, o.key"""
        return [WrittenName(*row) for row in self._ask(query, statement.parameters)]

    def of_written(self, written_keys: Iterable[str]) -> dict[str, str]:
        """The key in effect by key of a name as written; unknown ones are absent."""
        statement = self._statement(_ALL)
        query = f"""WITH {statement.chosen()}
SELECT DISTINCT organisation_key, body FROM chosen WHERE list_contains($keys, organisation_key)"""
        rows = self._ask(query, {"keys": list(written_keys)})
        return {str(key): str(body) for key, body in rows}

    def named(self, name: str) -> tuple[str, ...]:
        """Keys of the organisations of which a name as written is this one, whatever its case and spaces."""
        statement = self._statement(_ALL)
        query = f"""WITH {statement.chosen()}
SELECT DISTINCT body FROM chosen
WHERE body <> '' AND lower(regexp_replace(organisation, '\\s+', ' ', 'g')) = $name ORDER BY 1"""
        return tuple(str(row[0]) for row in self._ask(query, {"name": " ".join(name.split()).lower()}))

    def samples(self, keys: Iterable[str], limit: int = 3) -> dict[str, list[str]]:
        """The first few submissions of organisations, by key."""
        statement = self._statement(Filters(organisations=tuple(dict.fromkeys(keys))))
        query = f"""WITH {statement.chosen()}
SELECT body, list(submission_id ORDER BY row)[:{int(limit)}] FROM chosen WHERE body <> '' GROUP BY body"""
        return {str(key): list(ids) for key, ids in self._ask(query, statement.parameters)}

    def name_counts(self) -> NameCounts:
        """How names became organisations."""
        statement = self._statement(_ALL)
        query = f"""WITH {statement.chosen()}
SELECT count(*), count(DISTINCT c.organisation), count(DISTINCT o.body), count(DISTINCT c.body)
FROM chosen c JOIN organisations o ON o.key = c.organisation_key WHERE c.body <> ''"""
        return NameCounts(*(int(value) for value in self._ask(query, statement.parameters)[0]))


def _row(row: Sequence[Any]) -> OrganisationRow:
    return OrganisationRow(*row[:4], *(tuple(values or ()) for values in row[4:9]))
