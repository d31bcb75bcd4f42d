"""Looks at every INPUT argument: walks folders, opens tables, reports what cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from colloquia.engines.intake.files import TABLE_ENDINGS, Folder, FoundFile, found_file, walk
from colloquia.engines.intake.maps import Rule, nearest
from colloquia.engines.intake.opening import OpenTable, open_tables, read_layout
from colloquia.engines.intake.ownership import unique_names
from colloquia.engines.intake.questions import QuestionFinder
from colloquia.engines.intake.rows import UnreadableTable
from colloquia.engines.intake.understanding import Understanding
from colloquia.engines.results import Problem


@dataclass(slots=True)
class Input:
    """One INPUT argument: a folder with its files, or a file.

    ``tables`` hold answers or name files; ``details`` hold ids and fields alone and are used only where
    their ids turn up elsewhere.
    """

    path: Path
    folder: Folder | None = None
    file: FoundFile | None = None
    tables: list[OpenTable] = field(default_factory=list)
    details: list[OpenTable] = field(default_factory=list)

    @property
    def files(self) -> list[FoundFile]:
        if self.folder is not None:
            return self.folder.files
        return [self.file] if self.file is not None else []


class Gatherer:
    """Opens the inputs; what is wrong goes to ``result``, with ``hidden`` but for what was left out."""

    def __init__(
        self, rules: Sequence[Rule], finder: QuestionFinder, result: Understanding, *, hidden: bool = False
    ) -> None:
        self.hidden = hidden
        self.rules = rules
        self.finder = finder
        self.result = result
        self.used: set[str] = set()
        self.names: list[str] = []

    def gather(self, paths: Sequence[Path]) -> list[Input]:
        """All inputs in the order given, each path once."""
        if not paths:
            self._error("input", "INPUT", "is missing; name a table or a folder of responses.")
        parts: list[Input] = []
        seen: set[Path] = set()
        for path in paths:
            try:
                path.stat()
            except FileNotFoundError:
                self._error("input", str(path), "does not exist; check the path.")
                continue
            except (OSError, ValueError) as error:  # too long, a loop of links, no permission, a zero byte
                reason = getattr(error, "strerror", "") or str(error)
                self._error("input", str(path)[:200], f"cannot be opened ({reason}); check the path.")
                continue
            if path.resolve() in seen:
                self._warn("input", str(path), "was given twice; it is read once.")
                continue
            seen.add(path.resolve())
            part = self._look(path)
            if part is not None:
                parts.append(part)
        if len(parts) > 1:
            self._read_once(parts)
        for part in parts:
            for file in part.files:
                if file.ending in TABLE_ENDINGS and not file.problem:
                    self._open_file(file, part)
        self._check_headings(parts)
        return parts

    def _read_once(self, parts: list[Input]) -> None:
        """Take out of the folders what was given by itself too, or with a folder before."""
        seen = {part.file.path.resolve() for part in parts if part.file is not None}
        for part in parts:
            if part.folder is None:
                continue
            real = [(file, file.path.resolve()) for file in part.folder.files]
            part.folder.files = [file for file, path in real if path not in seen]
            if count := len(real) - len(part.folder.files):
                name = part.path.resolve().name
                self._warn("input", name, f"{count:,} files were given twice; they are read once.")
            seen.update(path for _file, path in real)

    def _error(self, kind: str, where: str, message: str) -> None:
        self.result.errors.append(Problem(kind, where, message))

    def _warn(self, kind: str, where: str, message: str) -> None:
        self.result.warnings.append(Problem(kind, where, message))

    def _look(self, path: Path) -> Input | None:
        if path.is_dir():
            folder = walk(path, hidden=self.hidden)
            self._report_folder(folder)
            return Input(path, folder=folder)
        if path.is_file():
            file = found_file(path, path.name, path.parent)
            if file.problem:
                self._error("input", path.name, f"{file.problem}.")
                return None
            return Input(path, file=file)
        self._error("input", str(path), "is not an ordinary file; save it as a file and give that.")
        return None

    def _report_folder(self, folder: Folder) -> None:
        name = folder.root.resolve().name
        if not folder.files:
            self._error("input", name, "holds no file that can be read; check the folder.")
        if self.hidden:
            return
        if skipped := [*folder.skipped, *folder.special]:
            listed = ", ".join(skipped[:3])
            note = f"{name}: {len(skipped):,} hidden, lock or system files were skipped ({listed})"
            self.result.notes.append(note)
        if folder.links:
            listed = ", ".join(folder.links[:5])
            message = (
                f"{len(folder.links):,} links were not followed "
                f"({listed}); copy what they point to into the folder."
            )
            self._warn("link", name, message)
        for place, reason in folder.closed:
            self._warn("folder", f"{name}/{place}", f"cannot be opened ({reason}); check the permissions.")

    def _open_file(self, file: FoundFile, part: Input) -> None:
        """Open the tables of a file; a failure is an error only where the user named the file itself."""
        named = part.folder is None
        report = self._error if named else self._warn
        self.names.append(file.name)
        name = unique_names(self.names)[-1]
        try:
            sources, remarks = open_tables(file.path, name)
            layouts = [(label, table, read_layout(table)) for label, table in sources]
        except UnreadableTable as error:
            report("table", name, f"{error}.")
            return
        items: list[OpenTable] = []
        for label, table, layout in layouts:
            if layout is not None:
                item = OpenTable(label, table, layout)
                item.apply(self.rules, self.used, self.result.errors)
                item.survey(self.finder)
                items.append(item)
        if not items:
            report("table", name, "is empty; check that it is the right file.")
        answers = [
            item for item in items if item.has_answers(guessed=named) or (named and item.decision.undecided)
        ]
        details = [item for item in items if item not in answers and item.has_identifiers()]
        if named and not answers and not details:
            answers = items
        part.tables.extend(answers)
        part.details.extend(details)
        if answers:
            for remark in remarks:
                self._warn("table", name, f"{remark}.")
            for item in items:
                if item not in answers and item not in details:
                    self._warn(
                        "table",
                        item.name,
                        "has no column of answers and was left out; use --map text=… to read it.",
                    )

    def _check_headings(self, parts: list[Input]) -> None:
        tables = [item for part in parts for item in (*part.tables, *part.details)]
        names = [heading.name for item in tables for heading in item.layout.headings]
        for rule in self.rules:
            if rule.typed not in self.used:
                self._error(
                    "map", f"--map {rule.typed}", f"no table has this heading. {nearest(rule.heading, names)}"
                )
