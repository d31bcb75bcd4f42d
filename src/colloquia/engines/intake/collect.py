"""Yields the submissions that an understanding found, one at a time and in a fixed order."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from colloquia.engines.intake.counting import COMPARED, resolve
from colloquia.engines.intake.files import fold_id
from colloquia.engines.intake.ownership import digest
from colloquia.engines.intake.reading import RowReader
from colloquia.engines.intake.rows import Row
from colloquia.engines.records import Incoming, IncomingFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colloquia.engines.intake.files import FoundFile
    from colloquia.engines.intake.understanding import Plan, TableUnderstanding, Understanding


class UnusableInput(ValueError):
    """The inputs were understood with errors, so that nothing can be collected."""


def collect(understanding: Understanding, *, addresses: bool = False) -> Iterator[Incoming]:
    """Yield every submission once: inputs in the order given, rows in order, then files by name.

    Rows that share an id are one submission, at the place of the first. Memory stays bounded: rows of
    repeated ids wait in a temporary file. With ``addresses``, senders' e-mail addresses are kept. Raises
    ``UnusableInput`` where the understanding has errors.
    """
    if understanding.errors:
        raise UnusableInput(
            "\n".join(f"{problem.where}: {problem.message}" for problem in understanding.errors)
        )
    with tempfile.TemporaryDirectory(prefix="colloquia-") as folder:
        waiting = _Waiting(Path(folder) / "rows.sqlite", understanding, addresses=addresses)
        try:
            for kind, place in understanding.plan.order:
                if kind == "table":
                    yield from waiting.submissions(place)
                else:
                    yield from _of_files(understanding.plan.folder_submissions[place])
        finally:
            waiting.close()


def _of_files(groups: list[tuple[str, list[FoundFile]]]) -> Iterator[Incoming]:
    for name, members in groups:
        incoming = Incoming(name)
        for file in members:
            _attach(incoming, file, None)
        yield incoming


def _attach(incoming: Incoming, file: FoundFile, question: str | None) -> None:
    if any(known.path == file.path for known in incoming.files):
        return
    incoming.files.append(IncomingFile(file.name, file.path, question))
    if file.problem:
        incoming.problems.append(f"{file.name} {file.problem}.")


class _Waiting:
    """Rows of repeated ids, kept on disk until the first row of their id comes by."""

    def __init__(self, path: Path, understanding: Understanding, *, addresses: bool = False) -> None:
        self.plan: Plan = understanding.plan
        self.tables = understanding.tables
        self.readers = [RowReader(table, self.plan.questions, addresses=addresses) for table in self.tables]
        self.base: sqlite3.Connection | None = None
        if self.plan.repeated:
            self.base = sqlite3.connect(path)
            self.base.execute("PRAGMA journal_mode = OFF")
            self.base.execute("PRAGMA synchronous = OFF")
            self.base.execute(
                "CREATE TABLE waiting (id TEXT, sequence INTEGER, place INTEGER, number INTEGER, row TEXT)"
            )
            self.base.executemany("INSERT INTO waiting VALUES (?, ?, ?, ?, ?)", self._repeated_rows())
            self.base.execute("CREATE INDEX by_id ON waiting (id, sequence)")

    def close(self) -> None:
        if self.base is not None:
            self.base.close()

    def _rows(self, place: int) -> Iterator[tuple[Row, str]]:
        """Filled rows of a table with their ids."""
        reader = self.readers[place]
        last = self.tables[place].last_heading_row
        for row in self.tables[place].table.rows():
            if row.number > last and not reader.is_blank(row) and not reader.is_heading(row):
                yield row, reader.identify(row)

    def _repeated_rows(self) -> Iterator[tuple[str, int, int, int, str]]:
        sequence = 0
        for place in self._order():
            for row, identifier in self._rows(place):
                if identifier and digest(identifier) in self.plan.repeated:
                    sequence += 1
                    yield identifier, sequence, place, row.number, json.dumps([row.cells, row.problems])

    def _order(self) -> list[int]:
        return [place for kind, place in self.plan.order if kind == "table"]

    def submissions(self, place: int) -> Iterator[Incoming]:
        """The submissions whose first row stands in the table at ``place``."""
        table, reader = self.tables[place], self.readers[place]
        for row, identifier in self._rows(place):
            if self.base is None or not identifier or digest(identifier) not in self.plan.repeated:
                yield self._complete(self._single(row, table, reader), identifier)
                continue
            rows = self.base.execute(
                "SELECT place, number, row FROM waiting WHERE id = ? ORDER BY sequence", (identifier,)
            ).fetchall()
            if (rows[0][0], rows[0][1]) != (place, row.number):
                continue
            merged: Incoming | None = None
            for other, number, text in rows:
                cells, problems = json.loads(text)
                part = self._single(
                    Row(number, cells, tuple(problems)), self.tables[other], self.readers[other]
                )
                merged = part if merged is None else _merge(merged, part)
            if merged is not None:
                yield self._complete(merged, identifier)

    def _single(self, row: Row, table: TableUnderstanding, reader: RowReader) -> Incoming:
        reading = reader.read(row)
        incoming = reading.incoming
        if self.plan.index is not None:
            found = resolve(reading, table, self.plan.index)
            for file, question in found.files:
                _attach(incoming, file, question)
            place = f"{table.name}, row {row.number}"
            incoming.problems.extend(
                f'{place} names the file "{name}", which {reason}.' for name, reason in found.missing
            )
        return incoming

    def _complete(self, incoming: Incoming, identifier: str) -> Incoming:
        for file in self.plan.owned.get(fold_id(identifier), []) if identifier else []:
            _attach(incoming, file, None)
        return incoming


def _merge(first: Incoming, other: Incoming) -> Incoming:
    """Two rows of one submission: answers and files together, of every field the first value that is
    given.
    """
    first.answers.extend(replace(answer) for answer in other.answers)
    for file in other.files:
        if not any(known.path == file.path for known in first.files):
            first.files.append(file)
    first.problems.extend(problem for problem in other.problems if problem not in first.problems)
    first.mail_domain = first.mail_domain or other.mail_domain
    first.mail_address = first.mail_address or other.mail_address
    first.stated_date = first.stated_date or other.stated_date
    for name in COMPARED:
        mine, theirs = getattr(first, name), getattr(other, name)
        if not mine:
            setattr(first, name, theirs)
        elif theirs and theirs != mine:
            sentence = (
                f"the rows of {first.source_id} differ in {name} "
                f'("{mine}" and "{theirs}"); the first was kept.'
            )
            if sentence not in first.problems:
                first.problems.append(sentence)
    for mine, theirs in ((first.closed, other.closed), (first.left_out, other.left_out)):
        for heading, value in theirs.items():
            known = mine.get(heading, "")
            if value not in known.split("; "):
                mine[heading] = f"{known}; {value}" if known else value
    return first
