"""The pass over all rows that counts, checks and claims files, before any document is opened."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from colloquia.engines.intake.attachments import points_to_attachment
from colloquia.engines.intake.files import fold_id
from colloquia.engines.intake.ownership import Identifiers
from colloquia.engines.intake.reading import PLAIN_FIELDS, RowReader
from colloquia.engines.intake.rows import Tally
from colloquia.engines.results import Problem

if TYPE_CHECKING:
    from colloquia.engines.intake.files import FileIndex, FoundFile
    from colloquia.engines.intake.questions import QuestionFinder
    from colloquia.engines.intake.reading import RowReading
    from colloquia.engines.intake.understanding import TableUnderstanding

COMPARED = ("person", *PLAIN_FIELDS, "date")
LISTED = 10
REPEATED = "repeats the headings; left out."
PREVIEWS = frozenset(("survey preview", "preview", "spam", "test"))


@dataclass(slots=True)
class Counter:
    """Running counts over all tables."""

    index: FileIndex
    questions: QuestionFinder
    identifiers: Identifiers = field(default_factory=Identifiers)
    without_id: int = 0
    answers: int = 0
    attached: set[tuple[int, str]] = field(default_factory=set)
    claimed: dict[str, str] = field(default_factory=dict)
    pointing: list[tuple[str, str, str]] = field(default_factory=list)
    told: dict[str, array[int]] = field(default_factory=dict)
    keys: array[int] = field(default_factory=lambda: array("Q"))
    problems: list[Problem] = field(default_factory=list)
    anonymous: int = 0

    def count(self, table: TableUnderstanding) -> None:
        """Read every row of a table and add what it holds to the counts."""
        reader = RowReader(table, self.questions)
        answers = bool(table.of_role("text") or table.of_role("attachment"))
        self.identifiers.begin(table.name, details=not answers)
        tallies: dict[str, Tally] = {}
        for row in table.table.rows():
            if row.number <= table.last_heading_row:
                continue
            if reader.is_blank(row):
                table.blank_rows += 1
                continue
            if reader.is_heading(row):
                table.repeated_headings += 1
                tallies.setdefault(REPEATED, Tally(LISTED)).add(str(row.number))
                continue
            table.rows += 1
            reading = reader.read(row)
            self._add(table, reading, row.number, tallies)
        for sentence, tally in tallies.items():
            kind = "missing attachment" if sentence.startswith("names the file") else "row"
            self.problems.append(
                Problem(
                    kind, f"{table.name}, {'row' if tally.count == 1 else 'rows'} {tally.places()}", sentence
                )
            )

    def known_identifiers(self, table: TableUnderstanding, labels: Collection[str]) -> tuple[int, int]:
        """How many of a table's ids stand in the tables counted so far or begin a file's name, of how many
        rows.
        """
        reader = RowReader(table, self.questions)
        known = rows = 0
        for row in table.table.rows():
            if row.number > table.last_heading_row and not reader.is_blank(row):
                label = fold_id(reader.identify(row))
                rows += 1
                known += bool(label) and (label in labels or self.identifiers.holds(label))
        return known, rows

    def _add(
        self, table: TableUnderstanding, reading: RowReading, number: int, tallies: dict[str, Tally]
    ) -> None:
        incoming = reading.incoming

        def note(sentence: str) -> None:
            tallies.setdefault(sentence, Tally(LISTED)).add(str(number))

        table.answers += len(incoming.answers)
        self.answers += len(incoming.answers)
        if reading.identifier:
            key = self.identifiers.add(reading.identifier)
            self._tell(reading, key)
        else:
            self.without_id += 1
            self.anonymous += 1
            key = self.anonymous
            if table.of_role("id"):
                note(
                    "has no id; it is a submission "
                    "of its own, named by file "
                    "and row. Give it an id if it belongs to another row."
                )
        start = f"{table.name}, row {number} "
        for problem in incoming.problems:
            note(problem.removeprefix(start))
        if reading.unmatched_question:
            note(
                "names the question "
                f'"{reading.unmatched_question[:80]}", '
                "which the paper does not have or which is not one "
                "question; the answer was kept without a question. Write the id of the question."
            )
        found = resolve(reading, table, self.index)
        for file, _question in found.files:
            self.attached.add((key, str(file.path)))
            self.claimed.setdefault(str(file.path), incoming.source_id)
        for name, reason in found.missing:
            note(f'names the file "{name[:120]}", which {reason}.')
        if not reading.named and any(points_to_attachment(answer.text) for answer in incoming.answers):
            self.pointing.append(
                (reading.identifier, f"{table.name}, row {number}", incoming.answers[0].text.strip()[:60])
            )

    def _tell(self, reading: RowReading, key: int) -> None:
        """Remember eight bytes per row and field, to find rows of one submission that contradict each
        other.
        """
        self.keys.append(key)
        for name in COMPARED:
            column = self.told.setdefault(name, array("Q"))
            value = getattr(reading.incoming, name)
            column.append(hash(value) & 0xFFFF_FFFF_FFFF_FFFF if value else 0)

    def contradictions(self) -> list[Problem]:
        """Fields on which rows with one id differ, with the number of submissions concerned."""
        problems: list[Problem] = []
        keys = np.frombuffer(self.keys, dtype=np.uint64) if self.keys else np.empty(0, dtype=np.uint64)
        for name, column in self.told.items():
            values = np.frombuffer(column, dtype=np.uint64)
            filled = values != 0
            pairs = np.unique(np.stack([keys[filled], values[filled]], axis=1), axis=0)
            _ids, counts = np.unique(pairs[:, 0], return_counts=True)
            differing = int((counts > 1).sum())
            if differing:
                message = (
                    f"{differing:,} submissions "
                    "have several rows "
                    "that differ here; the first value was kept. "
                    "Correct the rows if another one is true."
                )
                problems.append(Problem("contradiction", f"field {name}", message))
        return problems


@dataclass(slots=True)
class Resolved:
    """Files that a row names: those found, with their question, and those missing, with the reason."""

    files: list[tuple[FoundFile, str | None]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)


def resolve(reading: RowReading, table: TableUnderstanding, index: FileIndex) -> Resolved:
    """Find the files that a row names; the same call gives the same answer when the rows are collected."""
    result = Resolved()
    for name, question in reading.named:
        file, reason = index.find(name, near=table.path.parent, owner=reading.identifier)
        if file is None:
            result.missing.append((name, reason))
        else:
            result.files.append((file, question))
    return result
