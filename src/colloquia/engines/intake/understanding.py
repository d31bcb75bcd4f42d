"""How the inputs were understood: what ``--check`` prints and what ``collect`` works from."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from colloquia.engines.intake.files import FileIndex, FoundFile
    from colloquia.engines.intake.rows import Table
    from colloquia.engines.results import Problem


@dataclass(slots=True)
class Column:
    """One column and its reading.

    ``role`` is a field (``id``, ``text``, ``person`` …), ``closed`` or ``ignored``; ``sure`` is ``named``,
    ``mapped`` or ``guessed``; ``reason`` is for people. ``choices`` holds the values of a closed column
    with their counts and ``filled`` its base. ``gives_domain``: of the addresses in an ignored column the
    domain is kept.
    """

    place: int
    heading: str
    role: str
    sure: str = "named"
    question_id: str | None = None
    reason: str = ""
    filled: int = 0
    choices: tuple[tuple[str, int], ...] = ()
    gives_domain: bool = False


@dataclass(slots=True)
class TableUnderstanding:
    """One table: a file, a sheet of it, or a list in it. ``rows`` counts filled rows below the headings.

    ``own_numbers``: its ids are running numbers of this table alone, so that they are shown and compared
    with the name of the table before them.
    """

    name: str
    path: Path
    kind: str
    encoding: str
    delimiter: str
    sheet: str
    heading_row: int
    last_heading_row: int
    tool: str
    columns: list[Column]
    table: Table = field(repr=False)
    rows: int = 0
    blank_rows: int = 0
    repeated_headings: int = 0
    answers: int = 0
    date_order: dict[int, str] = field(default_factory=dict)
    own_numbers: bool = False

    def of_role(self, role: str) -> list[Column]:
        """The columns read as ``role``, left to right."""
        return [column for column in self.columns if column.role == role]


@dataclass(frozen=True, slots=True)
class FileUnderstanding:
    """One file that is no table. ``submission`` is the source id that it belongs to; ``readable`` goes by
    its format.
    """

    name: str
    path: Path
    size: int
    submission: str
    readable: bool
    reason: str = ""


@dataclass(slots=True)
class Plan:
    """What ``collect`` needs beyond the tables: files by owner and which ids stand in several rows."""

    order: list[tuple[str, int]] = field(default_factory=list)
    folder_submissions: list[list[tuple[str, list[FoundFile]]]] = field(default_factory=list)
    owned: dict[str, list[FoundFile]] = field(default_factory=dict)
    repeated: frozenset[int] = frozenset()
    index: FileIndex | None = None
    questions: Any = None


@dataclass(slots=True)
class Understanding:
    """The reading of all inputs. ``errors`` forbid the work; ``warnings`` and ``notes`` do not.

    ``submissions``, ``answers`` and ``attached`` count what ``collect`` will yield.
    """

    tables: list[TableUnderstanding] = field(default_factory=list)
    files: list[FileUnderstanding] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    submissions: int = 0
    answers: int = 0
    attached: int = 0
    plan: Plan = field(default_factory=Plan, repr=False)

    @property
    def problems(self) -> list[Problem]:
        """Errors first, then warnings."""
        return [*self.errors, *self.warnings]

    def as_lines(self) -> list[str]:
        """The reading as lines of plain text, for a terminal."""
        lines: list[str] = []
        for table in self.tables:
            lines.extend(_table_lines(table))
        if self.files:
            lines.append(f"Files: {len(self.files):,}")
            lines.extend(_file_line(file) for file in self.files)
        lines.extend(f"Note: {note}" for note in self.notes)
        lines.extend(f"Error: {problem.where}: {problem.message}" for problem in self.errors)
        lines.extend(f"Warning: {problem.where}: {problem.message}" for problem in self.warnings)
        lines.append(
            f"Understood: {self.submissions:,} submissions with "
            f"{self.answers:,} answers and {self.attached:,} files; "
            f"{len(self.errors)} errors, {len(self.warnings)} warnings."
        )
        return lines

    def as_dict(self) -> dict[str, Any]:
        """The reading as plain values, for JSON."""
        return {
            "tables": [_table_dict(table) for table in self.tables],
            "files": [{**asdict(file), "path": str(file.path)} for file in self.files],
            "errors": [asdict(problem) for problem in self.errors],
            "warnings": [asdict(problem) for problem in self.warnings],
            "notes": list(self.notes),
            "submissions": self.submissions,
            "answers": self.answers,
            "attached": self.attached,
        }


def _table_lines(table: TableUnderstanding) -> list[str]:
    parts = [
        table.kind,
        table.encoding,
        table.delimiter and f"delimiter {table.delimiter}",
        table.tool and f"{table.tool} export",
    ]
    if table.heading_row:
        last = table.last_heading_row
        rows = f"row {last}" if table.heading_row == last else f"rows {table.heading_row} to {last}"
        parts.append(f"headings in {rows}")
    parts.append(f"{table.rows:,} rows")
    if table.blank_rows:
        parts.append(f"{table.blank_rows:,} blank rows skipped")
    lines = [f"{table.name}: {', '.join(part for part in parts if part)}"]
    width = min(48, max((len(column.heading) for column in table.columns), default=0))
    for column in table.columns:
        if column.reason == "empty" and column.heading.startswith("column "):
            continue
        heading = column.heading if len(column.heading) <= width else column.heading[: width - 1] + "…"
        role = f"{column.role} for {column.question_id}" if column.question_id else column.role
        lines.append(f"  {heading:<{width}}  {role:<12}  {column.sure:<7}  {_detail(column)}".rstrip())
    return lines


def _detail(column: Column) -> str:
    details = [column.reason] if column.reason else []
    if column.role == "closed":
        shown = "; ".join(f"{value[:30]} {count:,}" for value, count in column.choices[:6])
        more = f"; {len(column.choices) - 6} more" if len(column.choices) > 6 else ""
        details.append(f"{len(column.choices)} values, base {column.filled:,}: {shown}{more}")
    elif column.role != "ignored":
        details.append(f"{column.filled:,} filled")
    return "; ".join(details)


def _file_line(file: FileUnderstanding) -> str:
    size = f"{file.size:,} bytes" if file.size < 10_000 else f"{file.size / 1000:,.0f} kB"
    state = "" if file.readable and not file.reason else f"  ({file.reason})"
    return f"  {file.name}  {size}  submission {file.submission}{state}"


def _table_dict(table: TableUnderstanding) -> dict[str, Any]:
    plain = {
        name: getattr(table, name)
        for name in (
            "name",
            "kind",
            "encoding",
            "delimiter",
            "sheet",
            "heading_row",
            "last_heading_row",
            "tool",
            "rows",
            "blank_rows",
            "repeated_headings",
            "answers",
        )
    }
    return {**plain, "path": str(table.path), "columns": [asdict(column) for column in table.columns]}
