"""Reads headings, values and names of files, and says how everything will be taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from colloquia.engines.intake.columns import is_running_number
from colloquia.engines.intake.counting import Counter
from colloquia.engines.intake.files import (
    DOCUMENT_ENDINGS,
    IMAGE_ENDINGS,
    TABLE_ENDINGS,
    FileIndex,
    FoundFile,
    fold_id,
    leading_labels,
)
from colloquia.engines.intake.gathering import Gatherer, Input
from colloquia.engines.intake.maps import parse_maps, quoted
from colloquia.engines.intake.opening import OpenTable
from colloquia.engines.intake.ownership import group_files, owner_of, unique_names
from colloquia.engines.intake.questions import QuestionFinder
from colloquia.engines.intake.understanding import FileUnderstanding, TableUnderstanding, Understanding
from colloquia.engines.records import Paper
from colloquia.engines.results import Problem


def understand(
    inputs: Sequence[Path],
    *,
    maps: Sequence[str] = (),
    paper: Paper | None = None,
    hidden: bool = False,
) -> Understanding:
    """Say how ``inputs`` would be read: tables (CSV, TSV, XLSX, XLS, ODS, JSON, JSONL), folders, documents.

    ``maps`` are the ``--map`` arguments (``field=Heading``). With ``hidden``, hidden files count as any, and
    the caller tells what was left out of folders (``files.walk``). No document is opened and nothing is
    written; every row of every table is read for checking. Never raises for bad input: what forbids
    the work is in ``errors``, the rest in ``warnings``.
    """
    return _Understander(maps, paper, hidden=hidden).run([Path(path) for path in inputs])


class _Understander:
    """The steps of ``understand``, which share one result."""

    def __init__(self, maps: Sequence[str], paper: Paper | None, *, hidden: bool = False) -> None:
        self.result = Understanding()
        self.hidden = hidden
        self.rules, self.folders, wrong = parse_maps(maps)
        self.result.errors.extend(wrong)
        self.finder = QuestionFinder(paper)
        self.paper = paper
        self.numbered = False

    def run(self, inputs: Sequence[Path]) -> Understanding:
        self._check_questions()
        parts = Gatherer(self.rules, self.finder, self.result, hidden=self.hidden).gather(inputs)
        index = FileIndex(file for part in parts for file in part.files)
        counter = Counter(index, self.finder)
        self._count(parts, counter)
        self._own_files(parts, counter)
        self._pointers(counter)
        self._totals(counter, index)
        return self.result

    def _error(self, kind: str, where: str, message: str) -> None:
        self.result.errors.append(Problem(kind, where, message))

    def _warn(self, kind: str, where: str, message: str) -> None:
        self.result.warnings.append(Problem(kind, where, message))

    def _check_questions(self) -> None:
        for rule in self.rules:
            if rule.question and self.paper is None:
                self._error(
                    "map",
                    f"--map {rule.typed}",
                    "names a question, but there is no paper; give --questions PAPER.",
                )
            elif rule.question and self.finder.exact_id(rule.question) is None:
                message = (
                    f'the paper has no question "{rule.question}". {self.finder.near_ids(rule.question)}'
                )
                self._error("map", f"--map {rule.typed}", message)

    def _count(self, parts: list[Input], counter: Counter) -> None:
        """Count the tables the user named first, so that their attachments are not taken for tables; then
        details.
        """
        counted: dict[int, TableUnderstanding] = {}
        self.numbered = sum(len(part.tables) for part in parts) > 1
        for part in sorted(parts, key=lambda part: part.folder is not None):
            for item in part.tables:
                if part.folder is None or str(item.table.path) not in counter.claimed:
                    counted[id(item)] = self._take(item, counter)
        labels = {label for part in parts for file in part.files for label in leading_labels(file.name)}
        for part in parts:
            for item in part.details:
                known, rows = counter.known_identifiers(item.understanding(), labels)
                if 2 * known >= rows or (known and part.folder is None):
                    counted[id(item)] = self._take(item, counter)
                elif part.folder is None:
                    counted[id(item)] = self._take(item, counter)
                    self._no_answers(counted[id(item)])
        for place, part in enumerate(parts):
            for item in (*part.tables, *part.details):
                if id(item) in counted:
                    self.result.plan.order.append(("table", len(self.result.tables)))
                    self.result.tables.append(counted[id(item)])
            self.result.plan.order.append(("files", place))

    def _take(self, item: OpenTable, counter: Counter) -> TableUnderstanding:
        table = item.understanding()
        identifiers = table.of_role("id")
        if self.numbered and identifiers and is_running_number(identifiers[0]):
            table.own_numbers = True
            identifiers[0].reason = "numbers the rows of this table alone"
        self._describe(item, table)
        counter.count(table)
        return table

    def _no_answers(self, table: TableUnderstanding) -> None:
        names = ", ".join(quoted(column.heading) for column in table.columns[:12])
        message = (
            f"no column of answers was found. Name it: --map text=HEADING, where HEADING is one of {names}."
        )
        self._error("columns", table.name, message)

    def _describe(self, item: OpenTable, table: TableUnderstanding) -> None:
        """What the user should know about the columns."""
        if item.table.format.note:
            self._warn("encoding", table.name, f"{item.table.format.note}.")
        if item.layout.doubt:
            self._warn("headings", table.name, f"{item.layout.doubt}.")
        for place, order in item.orders.items():
            if order.doubtful:
                where = f'{table.name}, column "{item.layout.headings[place].name}"'
                message = (
                    "days and months cannot "
                    "be told apart; such dates "
                    "were left as given. Write them as YYYY-MM-DD."
                )
                self._warn("date", where, message)
        undecided = item.decision.undecided
        if undecided:
            hints = " ".join(f"--map text={quoted(name)}" for name in undecided[:6])
            self._error(
                "columns",
                table.name,
                f"several columns could hold the answers. Say which, one or more: {hints}",
            )
        elif not item.has_answers(guessed=True) and not item.has_identifiers():
            self._no_answers(table)
        for name in item.decision.unused_prose:
            if name not in undecided:
                message = (
                    "holds prose that will not be analysed; add "
                    f"--map text={quoted(name)} to read it as well."
                )
                self._warn("columns", f'{table.name}, column "{name}"', message)
        personal = [
            column.heading
            for column in table.columns
            if column.role == "ignored" and "personal" in column.reason
        ]
        if personal:
            self.result.notes.append(f"{table.name}: left out as personal data: {', '.join(personal)}")

    def _own_files(self, parts: list[Input], counter: Counter) -> None:
        """Give every file that no row names to the row whose id it bears, or make it a submission."""
        plan = self.result.plan
        tables = {str(table.path) for table in self.result.tables}
        names: list[str] = []
        for part in parts:
            own: list[FoundFile] = []
            for file in part.files:
                path = str(file.path)
                if path in tables or (part.folder is None and file.ending in TABLE_ENDINGS):
                    continue
                owner = "" if path in counter.claimed else owner_of(file, counter.identifiers)
                if path in counter.claimed:
                    self._list(file, counter.claimed[path])
                elif owner:
                    plan.owned.setdefault(owner, []).append(file)
                    counter.attached.add((-1, path))
                    self._list(file, owner)
                else:
                    own.append(file)
            groups, notes = group_files(own, self.folders)
            self.result.notes.extend(f"{part.path.resolve().name}: {note}" for note in notes)
            labels = [name for name, _members in groups]
            unique = unique_names([*names, *labels])[len(names) :]
            names.extend(labels)
            groups = [(name, members) for name, (_label, members) in zip(unique, groups, strict=True)]
            plan.folder_submissions.append(groups)
            for name, members in groups:
                for file in members:
                    self._list(file, name)

    def _list(self, file: FoundFile, submission: str) -> None:
        readable = file.ending in (*DOCUMENT_ENDINGS, "") and not file.problem
        reason = file.problem
        if not reason and file.ending in IMAGE_ENDINGS:
            readable, reason = True, "an image: read only where Tesseract is installed"
        elif not reason and not readable:
            if file.ending in TABLE_ENDINGS:
                reason = (
                    "is a table without a "
                    "column of answers; name the "
                    "column with --map text=…, or leave the file out"
                )
            else:
                reason = (
                    "has a format that is not read "
                    f"({file.ending or 'no ending'}); save it as PDF, DOCX or text"
                )
        if reason and not readable:
            self._warn("file", file.name, f"{reason}.")
        self.result.files.append(
            FileUnderstanding(file.name, file.path, file.size, submission, readable, reason)
        )

    def _pointers(self, counter: Counter) -> None:
        for identifier, where, text in counter.pointing:
            if fold_id(identifier) not in self.result.plan.owned:
                message = (
                    f'says "{text}" but no file '
                    "belongs to it; name the "
                    'file in a column "attachment", or begin its name '
                    "with the id of the row, and give its folder as a further input."
                )
                self._warn("missing attachment", where, message)

    def _totals(self, counter: Counter, index: FileIndex) -> None:
        result, plan = self.result, self.result.plan
        result.warnings.extend(counter.problems)
        result.warnings.extend(counter.contradictions())
        different, plan.repeated = counter.identifiers.counts()
        if plan.repeated:
            result.notes.append(
                f"{len(plan.repeated):,} ids stand in several rows; the rows of one id are one submission"
            )
        shared, tables = counter.identifiers.shared()
        if shared:
            message = (
                f"{shared:,} ids stand in more than one of these "
                "tables; such rows were joined to one submission. "
                "If each table numbers its rows anew, use --map ignore= with the heading of the id."
            )
            self._warn("id", ", ".join(tables[:4]), message)
        groups = [group for part in plan.folder_submissions for group in part]
        result.submissions = different + counter.without_id + len(groups)
        result.answers = counter.answers
        result.attached = len(counter.attached) + sum(len(members) for _name, members in groups)
        if not result.submissions and not result.errors:
            where = ", ".join(table.name for table in result.tables) or "the inputs"
            self._error("input", where, "no filled row below the headings; check that it is the right file.")
        plan.index = index
        plan.questions = self.finder
