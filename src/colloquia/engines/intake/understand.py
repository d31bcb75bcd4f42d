"""Reads headings, values and names of files, and says how everything will be taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colloquia.engines.intake.counting import Counter
from colloquia.engines.intake.files import (
    DOCUMENT_ENDINGS,
    IMAGE_ENDINGS,
    TABLE_ENDINGS,
    FileIndex,
    Folder,
    FoundFile,
    fold_id,
    found_file,
    walk,
)
from colloquia.engines.intake.maps import Rule, nearest, parse_maps, quoted
from colloquia.engines.intake.opening import OpenTable, open_tables, read_layout
from colloquia.engines.intake.ownership import group_files, owner_of, unique_names
from colloquia.engines.intake.questions import QuestionFinder
from colloquia.engines.intake.rows import UnreadableTable
from colloquia.engines.intake.understanding import FileUnderstanding, TableUnderstanding, Understanding
from colloquia.engines.results import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from colloquia.engines.records import Paper


@dataclass(slots=True)
class _Input:
    """One INPUT argument: a folder with its files, or a file; and the tables found in it."""

    path: Path
    folder: Folder | None = None
    file: FoundFile | None = None
    tables: list[OpenTable] = field(default_factory=list)


def understand(inputs: Sequence[Path], *, maps: Sequence[str] = (), paper: Paper | None = None) -> Understanding:
    """Say how ``inputs`` would be read: tables (CSV, TSV, XLSX, XLS, ODS, JSON, JSONL), folders, documents.

    ``maps`` are the ``--map`` arguments (``field=Heading``). No document is opened and nothing is
    written; every row of every table is read for checking. Never raises for bad input: what forbids
    the work is in ``errors``, the rest in ``warnings``.
    """
    return _Understander(maps, paper).run(inputs)


class _Understander:
    """The steps of ``understand``, which share one result."""

    def __init__(self, maps: Sequence[str], paper: Paper | None) -> None:
        self.result = Understanding()
        self.rules, self.folders, wrong = parse_maps(maps)
        self.result.errors.extend(wrong)
        self.finder = QuestionFinder(paper)
        self.paper = paper
        self.used: set[str] = set()
        self.names: list[str] = []
        self.doubts: list[Problem] = []

    def run(self, inputs: Sequence[Path]) -> Understanding:
        self._check_questions()
        parts = [part for part in map(self._look, inputs) if part is not None]
        if not inputs:
            self._error("input", "INPUT", "is missing; name a table or a folder of responses.")
        files = [file for part in parts for file in (part.folder.files if part.folder else [part.file] if part.file else [])]
        index = FileIndex(files)
        self._open(parts)
        self._check_headings(parts)
        counter = Counter(index, self.finder)
        self._count(parts, counter)
        self._own_files(parts, counter)
        self._finish(counter, index)
        return self.result

    def _error(self, kind: str, where: str, message: str) -> None:
        self.result.errors.append(Problem(kind, where, message))

    def _warn(self, kind: str, where: str, message: str) -> None:
        self.result.warnings.append(Problem(kind, where, message))

    def _check_questions(self) -> None:
        kept: list[Rule] = []
        for rule in self.rules:
            if rule.question and self.paper is None:
                message = "names a question, but there is no paper; give --questions PAPER."
                self._error("map", f"--map {rule.typed}", message)
            elif rule.question and self.finder.exact_id(rule.question) is None:
                message = f'the paper has no question "{rule.question}". {self.finder.near_ids(rule.question)}'
                self._error("map", f"--map {rule.typed}", message)
            kept.append(rule)
        self.rules = kept

    def _look(self, path: Path) -> _Input | None:
        if path.is_dir():
            folder = walk(path)
            self._report_folder(folder)
            return _Input(path, folder=folder)
        if path.is_file():
            file = found_file(path, path.name, path.parent)
            if file.problem:
                self._error("input", path.name, f"{file.problem}.")
                return None
            return _Input(path, file=file)
        self._error("input", str(path), "does not exist; check the path.")
        return None

    def _report_folder(self, folder: Folder) -> None:
        name = folder.root.name
        if folder.skipped:
            self.result.notes.append(
                f"{name}: {len(folder.skipped):,} hidden, lock or system files were skipped ({', '.join(folder.skipped[:3])})"
            )
        if folder.links:
            links = ", ".join(folder.links[:5])
            message = f"{len(folder.links):,} links were not followed ({links}); copy what they point to into the folder."
            self._warn("link", name, message)
        for place, reason in folder.closed:
            self._warn("folder", f"{name}/{place}", f"cannot be opened ({reason}); check the permissions.")
        if not folder.files:
            self._error("input", name, "holds no file that can be read; check the folder.")

    def _open(self, parts: list[_Input]) -> None:
        for part in parts:
            if part.file is not None and part.file.ending in TABLE_ENDINGS:
                part.tables = self._open_file(part.file, named=True)
            elif part.folder is not None:
                for file in part.folder.files:
                    if file.ending in TABLE_ENDINGS and not file.problem:
                        part.tables.extend(self._open_file(file, named=False))

    def _open_file(self, file: FoundFile, *, named: bool) -> list[OpenTable]:
        """The tables of a file. ``named``: the user gave the file itself, so that failures are errors."""
        report = self._error if named else self._warn
        self.names.append(file.name)
        name = unique_names(self.names)[-1]
        try:
            sources, remarks = open_tables(file.path, name)
            layouts = [(label, table, read_layout(table)) for label, table in sources]
        except UnreadableTable as error:
            report("table", name, f"{error}.")
            return []
        opened: list[OpenTable] = []
        for label, table, layout in layouts:
            if layout is None:
                if len(layouts) == 1:
                    report("table", label, "is empty; check that it is the right file.")
                continue
            item = OpenTable(label, table, layout)
            before = len(self.result.errors)
            item.apply(self.rules, self.used, self.result.errors)
            item.survey(self.finder)
            if named or before < len(self.result.errors) or item.has_role("text", "attachment") or item.rules:
                opened.append(item)
        if named or opened:
            for remark in remarks:
                self._warn("table", name, f"{remark}.")
        useful = [item for item in opened if item.has_role("text", "attachment") or item.decision.undecided]
        if len(opened) > 1 and useful:
            for item in opened:
                if item not in useful and not item.has_role("id"):
                    self._warn("table", item.name, "has no column of answers and was left out; use --map text=… to read it.")
            opened = [item for item in opened if item in useful or item.has_role("id")]
        return opened

    def _check_headings(self, parts: list[_Input]) -> None:
        names = [heading.name for part in parts for item in part.tables for heading in item.layout.headings]
        for rule in self.rules:
            if rule.typed not in self.used:
                self._error("map", f"--map {rule.typed}", f"no table has this heading. {nearest(rule.heading, names)}")

    def _count(self, parts: list[_Input], counter: Counter) -> None:
        """Tables that the user named first, so that their attachments are not taken for tables."""
        order: dict[int, list[TableUnderstanding]] = {}
        for part in sorted(parts, key=lambda part: part.folder is not None):
            kept: list[TableUnderstanding] = []
            for item in part.tables:
                if part.folder is not None and str(item.table.path) in counter.claimed:
                    continue
                table = item.understanding()
                self._describe(item, table)
                counter.count(table)
                kept.append(table)
            order[id(part)] = kept
        for part in parts:
            for table in order[id(part)]:
                self.result.plan.order.append(("table", len(self.result.tables)))
                self.result.tables.append(table)
            self.result.plan.order.append(("files", parts.index(part)))

    def _describe(self, item: OpenTable, table: TableUnderstanding) -> None:
        """What the user should know about the columns."""
        if item.table.format.note:
            self._warn("encoding", table.name, f"{item.table.format.note}.")
        if item.layout.doubt:
            self._warn("headings", table.name, f"{item.layout.doubt}.")
        for place, order in item.orders.items():
            if order.doubtful:
                where = f'{table.name}, column "{item.layout.headings[place].name}"'
                message = "days and months cannot be told apart; such dates were left as given. Write them as YYYY-MM-DD."
                self._warn("date", where, message)
        undecided = item.decision.undecided
        if undecided:
            hints = " ".join(f"--map text={quoted(name)}" for name in undecided[:6])
            message = f"several columns could hold the answers. Say which, one or more: {hints}"
            self._error("columns", table.name, message)
        for name in item.decision.unused_prose:
            where = f'{table.name}, column "{name}"'
            message = f"holds prose that will not be analysed; add --map text={quoted(name)} to read it as well."
            self._warn("columns", where, message)
        personal = [column.heading for column in table.columns if column.role == "ignored" and "personal" in column.reason]
        if personal:
            self.result.notes.append(f"{table.name}: left out as personal data: {', '.join(personal)}")

    def _own_files(self, parts: list[_Input], counter: Counter) -> None:
        """Give every file that no row names to the row whose id it bears, or make it a submission."""
        plan = self.result.plan
        tables = {str(table.path) for table in self.result.tables}
        names: list[str] = []
        for part in parts:
            files = part.folder.files if part.folder else [part.file] if part.file else []
            own: list[FoundFile] = []
            for file in files:
                path = str(file.path)
                if path in tables or (part.folder is None and file.ending in TABLE_ENDINGS):
                    continue
                if path in counter.claimed:
                    self._list(file, counter.claimed[path])
                    continue
                owner = owner_of(file, counter.identifiers)
                if owner:
                    plan.owned.setdefault(owner, []).append(file)
                    counter.attached.add((-1, path))
                    self._list(file, owner)
                else:
                    own.append(file)
            groups, notes = group_files(own, self.folders)
            label = part.path.name
            self.result.notes.extend(f"{label}: {note}" for note in notes)
            labels = [name for name, _members in groups]
            unique = unique_names([*names, *labels])[len(names) :]
            names.extend(labels)
            groups = [(name, members) for name, (_label, members) in zip(unique, groups, strict=True)]
            plan.folder_submissions.append(groups)
            for name, members in groups:
                for file in members:
                    self._list(file, name)

    def _list(self, file: FoundFile, submission: str) -> None:
        readable = file.ending in DOCUMENT_ENDINGS and not file.problem
        reason = file.problem
        if not reason and file.ending in IMAGE_ENDINGS:
            readable, reason = True, "an image: read only where Tesseract is installed"
        elif not reason and not readable:
            kind = "a table without a column of answers" if file.ending in TABLE_ENDINGS else f"{file.ending or 'no ending'}"
            reason = f"{kind}: not a format that can be read; save it as PDF, DOCX or text"
        if reason and not readable:
            self._warn("file", file.name, f"{reason}.")
        self.result.files.append(FileUnderstanding(file.name, file.path, file.size, submission, readable, reason))

    def _finish(self, counter: Counter, index: FileIndex) -> None:
        result = self.result
        plan = result.plan
        owned = {owner for owner in plan.owned}
        for identifier, where, text in counter.pointing:
            if fold_id(identifier) not in owned:
                message = (
                    f'says "{text}" but no file belongs to it; name the file in a column "attachment", or begin its name '
                    f"with the id of the row, and give its folder as an input."
                )
                self._warn("attachment", where, message)
        for table in result.tables:
            linked = any(plan.owned) or len(result.tables) > 1
            if not table.of_role("text") and not table.of_role("attachment") and not (linked and table.of_role("id")):
                if not any(problem.where == table.name and problem.kind == "columns" for problem in result.errors):
                    names = ", ".join(quoted(column.heading) for column in table.columns[:12])
                    message = f"no column of answers was found. Name it: --map text=HEADING, where HEADING is one of {names}."
                    self._error("columns", table.name, message)
        result.warnings.extend(counter.problems)
        result.warnings.extend(counter.contradictions())
        different, plan.repeated = counter.identifiers.counts()
        if plan.repeated:
            result.notes.append(f"{len(plan.repeated):,} ids stand in several rows; the rows of one id are one submission")
        own = sum(len(groups) for groups in plan.folder_submissions)
        result.submissions = different + counter.without_id + own
        result.answers = counter.answers
        loose = sum(len(members) for groups in plan.folder_submissions for _name, members in groups)
        result.attached = len(counter.attached) + loose
        plan.index = index
        plan.questions = self.finder
