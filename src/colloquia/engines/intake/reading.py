"""One row of a table to a submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colloquia.engines.intake.attachments import named_files
from colloquia.engines.intake.dates import parse_date
from colloquia.engines.intake.left_over import is_left_over
from colloquia.engines.records import Answer, Incoming

if TYPE_CHECKING:
    from colloquia.engines.intake.questions import QuestionFinder
    from colloquia.engines.intake.rows import Row
    from colloquia.engines.intake.understanding import TableUnderstanding

PLAIN_FIELDS = ("organisation", "country", "stakeholder", "channel", "language", "position")
JOINED_AGAIN = (
    "has more cells than headings; the extra ones were joined "
    "to the text, so put quotation marks around the text"
)
TOO_MANY = (
    "has more cells than headings; what stands beyond them was kept as a further answer, so check the row"
)
TOO_FEW = "has fewer cells than headings; the missing ones were read as blank"


@dataclass(slots=True)
class RowReading:
    """A row as a submission, its id where it gives one, and the files it names with their question."""

    incoming: Incoming
    identifier: str
    named: list[tuple[str, str | None]] = field(default_factory=list)
    unmatched_question: str = ""


class RowReader:
    """Reads the rows of one table; ``questions`` settles the cells of a question column.

    ``addresses`` keeps what stands in the column of senders' e-mail addresses, the date as it was written,
    and the cells of columns that mean nothing to us.
    """

    def __init__(
        self, table: TableUnderstanding, questions: QuestionFinder, *, addresses: bool = False
    ) -> None:
        self.table = table
        self.addresses = addresses
        self.questions = questions
        self.width = len(table.columns)
        self.texts = table.of_role("text")
        self.persons = table.of_role("person")
        self.attachments = table.of_role("attachment")
        self.closed = table.of_role("closed")
        self.fields = [(role, table.of_role(role)) for role in PLAIN_FIELDS if table.of_role(role)]
        self.identifier = next((column.place for column in table.of_role("id")), -1)
        self.date = next((column.place for column in table.of_role("date")), -1)
        self.question = next((column.place for column in table.of_role("question")), -1)
        self.mail = next((column.place for column in table.columns if column.gives_domain), -1)
        self.left_over = [column for column in table.columns if is_left_over(column)] if addresses else []
        self.first_heading = table.columns[0].heading if table.columns else ""
        self.matched: dict[str, str | None] = {}
        self.exact_width = not table.kind.startswith(("CSV", "TSV"))

    def is_blank(self, row: Row) -> bool:
        return not row.problems and not any(cell and not cell.isspace() for cell in row.cells)

    def is_heading(self, row: Row) -> bool:
        """Whether the row repeats the headings, as files that were joined end to end do."""
        if not row.cells or row.cells[0].strip() != self.first_heading:
            return False
        cells = [" ".join(cell.split()) for cell in row.cells]
        return len(cells) > 1 and cells == [column.heading for column in self.table.columns[: len(cells)]]

    def identify(self, row: Row) -> str:
        """The id that the row gives, or an empty string."""
        return self._identifier(self._fit(row.cells)[0])

    def _identifier(self, cells: list[str]) -> str:
        identifier = cells[self.identifier].strip() if self.identifier >= 0 else ""
        return f"{self.table.name}:{identifier}" if identifier and self.table.own_numbers else identifier

    def read(self, row: Row) -> RowReading:
        """The submission of one filled row."""
        cells, extra, problem = self._fit(row.cells)
        identifier = self._identifier(cells)
        place = f"{self.table.name}, row {row.number}"
        incoming = Incoming(identifier or f"{self.table.name}:{row.number}", place=place)
        sentences = [*row.problems, problem] if problem else row.problems
        incoming.problems = [f"{place} {sentence}." for sentence in sentences]
        question, unmatched = self._question(cells[self.question].strip() if self.question >= 0 else "")
        for column in self.texts:
            cell = cells[column.place]
            if cell and not cell.isspace():
                locator = f'{place}, column "{column.heading}"'
                incoming.answers.append(Answer(cell, locator, column.question_id or question))
        if extra:
            incoming.answers.append(Answer(extra, f"{place}, beyond the last heading", question))
        incoming.person = " ".join(
            cells[column.place].strip() for column in self.persons if cells[column.place].strip()
        )
        for role, columns in self.fields:
            setattr(
                incoming,
                role,
                next((value for column in columns if (value := cells[column.place].strip())), ""),
            )
        if self.date >= 0 and cells[self.date].strip():
            incoming.date = parse_date(cells[self.date].strip(), self.table.date_order.get(self.date, ""))
        if self.mail >= 0:
            incoming.mail_address = cells[self.mail].strip() if self.addresses else ""
            if "@" in cells[self.mail]:
                incoming.mail_domain = cells[self.mail].rpartition("@")[2].strip(" >;,").lower()
        if self.addresses and self.date >= 0:
            incoming.stated_date = cells[self.date].strip()
        for column in self.closed:
            if value := cells[column.place].strip():
                incoming.closed[column.heading] = value
        for column in self.left_over:
            if value := cells[column.place].strip():
                incoming.left_out[column.heading] = value
        reading = RowReading(incoming, identifier, unmatched_question=unmatched)
        for column in self.attachments:
            reading.named.extend(
                (name, column.question_id or question) for name in named_files(cells[column.place])
            )
        return reading

    def _question(self, value: str) -> tuple[str | None, str]:
        if not value:
            return None, ""
        if value not in self.matched:
            if len(self.matched) > 10_000:
                self.matched.clear()
            self.matched[value] = self.questions.match(value).question_id
        found = self.matched[value]
        return found, "" if found or not self.questions.questions else value

    def _fit(self, cells: list[str]) -> tuple[list[str], str, str]:
        """Cells brought to the number of headings, text beyond them, and a sentence where they did not
        fit.
        """
        beyond = len(cells) - self.width
        if beyond == 0:
            return cells, "", ""
        if beyond < 0:
            return [*cells, *[""] * -beyond], "", "" if self.exact_width or -beyond >= self.width else TOO_FEW
        if not any(cell.strip() for cell in cells[self.width :]):
            return cells[: self.width], "", ""
        delimiter = getattr(self.table.table, "delimiter", "")
        if delimiter and len(self.texts) == 1:
            start = self.texts[0].place
            joined = delimiter.join(cells[start : start + beyond + 1])
            return [*cells[:start], joined, *cells[start + beyond + 1 :]], "", JOINED_AGAIN
        extra = (delimiter or " ").join(cell for cell in cells[self.width :] if cell.strip())
        return cells[: self.width], extra, TOO_MANY
