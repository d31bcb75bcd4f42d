"""Finds the heading rows of a table, also as Qualtrics and SurveyMonkey write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colloquia.engines.intake.headings import field_of, normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colloquia.engines.intake.rows import Row

SEARCHED = 20
LONGEST_HEADING = 1000
OPEN_ENDED = frozenset(
    ("open ended response", "reponse ouverte", "respuesta abierta", "offene antwort", "resposta aberta")
)
PLAIN = OPEN_ENDED | {"response", "reponse", "respuesta", "antwort", "resposta", "risposta"}

# How Google Forms calls its first column; a log or a database rarely does, and has no columns of prose.
TIMESTAMPS = frozenset(
    (
        *("timestamp", "zeitstempel", "horodateur", "marca temporal", "carimbo de data hora"),
        *("informazioni cronologiche", "отметка времени", "طابع زمني"),
        *("时间戳记", "タイムスタンプ", "타임스탬프"),
    )
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name for people, all names that ``--map`` may use for it, and whether it is open-ended by
    its tool.
    """

    name: str
    aliases: tuple[str, ...]
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """``heading_row`` is the number of the (first) heading row, 0 for none; data start after ``last_row``."""

    headings: tuple[Heading, ...]
    heading_row: int
    last_row: int
    tool: str = ""
    doubt: str = ""


def from_keys(keys: Sequence[str]) -> Layout:
    """The layout of a format that carries its headings itself."""
    return Layout(tuple(Heading(key, (key, key.rpartition(".")[2])) for key in keys), 0, 0)


def find_layout(rows: Sequence[Row]) -> Layout | None:
    """The headings among the first rows of a table; None where there is no filled row."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        return None
    place = _heading_place(filled)
    row = filled[place]
    following = filled[place + 1 : place + 3]
    if len(following) == 2 and sum('"ImportId"' in cell for cell in following[1].cells) * 2 > len(
        _filled(following[1])
    ):
        return _qualtrics(row, following[0], following[1])
    if following and _is_survey_monkey(row, following[0]):
        return _survey_monkey(row, following[0])
    cells = _widened(row, filled[place + 1 :])
    names = _unique([cell.strip() for cell in cells])
    headings = tuple(Heading(name, (name, cell.strip())) for name, cell in zip(names, cells, strict=True))
    return Layout(headings, row.number, row.number, _form_tool(names), _doubt(row))


def _form_tool(names: Sequence[str]) -> str:
    """The tool of a form by the columns that it always writes first, "" for none."""
    first = [normalise(name) for name in names[:4]]
    if first[0] in TIMESTAMPS:
        return "Google Forms"
    if first[:3] == ["id", "start time", "completion time"]:
        return "Microsoft Forms"
    return ""


def _widened(row: Row, following: Sequence[Row]) -> list[str]:
    """Headings with blanks added where most rows have more cells: before them for numbered rows, else
    behind.
    """
    widths = sorted(len(other.cells) for other in following if other.cells and other.cells[-1].strip())
    usual = widths[len(widths) // 5] if len(widths) >= 3 else 0
    missing = usual - len(row.cells)
    if missing <= 0:
        return row.cells
    numbered = all(other.cells[0] == str(count) for count, other in enumerate(following[:3], start=1))
    if missing == 1 and numbered:
        return ["", *row.cells]
    return [*row.cells, *[""] * missing]


def _filled(row: Row) -> list[str]:
    return [cell.strip() for cell in row.cells if cell.strip()]


def _heading_place(filled: Sequence[Row]) -> int:
    """Position of the heading row: titles above it have few cells and name no field."""
    counts = [len(_filled(row)) for row in filled[:200]]
    usual = sorted(counts)[len(counts) // 2] if len(counts) > 3 else max(counts)
    first = next(place for place, count in enumerate(counts) if 2 * count >= usual)
    recognised = [_recognised(row) for row in filled[:SEARCHED]]
    if first < len(recognised) and not recognised[first]:
        better = next((place for place, count in enumerate(recognised) if count >= 2), None)
        if better is not None:
            return better
    if first and recognised[0] and counts[0] == 1 and usual == 1:
        return 0
    return first


def _recognised(row: Row) -> int:
    return sum(1 for cell in row.cells if 0 < len(cell) <= LONGEST_HEADING and field_of(cell))


def _doubt(row: Row) -> str:
    cells = _filled(row)
    if any(field_of(cell) for cell in cells):
        return ""
    if all(cell.replace(".", "").isdigit() for cell in cells) or any(
        len(cell) > LONGEST_HEADING for cell in cells
    ):
        return f"row {row.number} reads like data, not like headings; put a row of headings above it"
    return ""


def _qualtrics(row: Row, questions: Row, imports: Row) -> Layout:
    width = len(row.cells)
    texts = [*(" ".join(cell.split()) for cell in questions.cells), *[""] * width][:width]
    names = _unique([cell.strip() for cell in row.cells])
    headings = []
    for name, text in zip(names, texts, strict=True):
        both = name if not text or normalise(text) == normalise(name) else f"{name}: {text}"
        headings.append(Heading(both, tuple(dict.fromkeys((both, name, text or name)))))
    return Layout(tuple(headings), row.number, imports.number, tool="Qualtrics")


def _is_survey_monkey(row: Row, second: Row) -> bool:
    below = {normalise(cell) for cell in second.cells if cell.strip()}
    if not below or not any(field_of(cell) == "id" for cell in row.cells):
        return False
    paired = list(zip(row.cells, [*second.cells, *[""] * len(row.cells)], strict=False))
    if any(field_of(cell) == "id" and under.strip() for cell, under in paired):
        return False
    known = {normalise(cell) for cell in row.cells}
    return bool(below & PLAIN) or "collector id" in known


def _survey_monkey(row: Row, second: Row) -> Layout:
    width = max(len(row.cells), len(second.cells))
    top = [*(" ".join(cell.split()) for cell in row.cells), *[""] * width][:width]
    under = [*(" ".join(cell.split()) for cell in second.cells), *[""] * width][:width]
    names: list[str] = []
    question = ""
    for first, option in zip(top, under, strict=True):
        question = first or (question if option else "")
        plain = not option or normalise(option) in PLAIN
        names.append(question if plain else f"{question} - {option}" if question else option)
    headings = []
    for name, first, option in zip(_unique(names), top, under, strict=True):
        aliases = tuple(dict.fromkeys(alias for alias in (name, first) if alias))
        headings.append(Heading(name, aliases, normalise(option) in OPEN_ENDED))
    return Layout(tuple(headings), row.number, second.number, tool="SurveyMonkey")


def _unique(names: Sequence[str]) -> list[str]:
    """Names that can be told apart: blanks by their spreadsheet letter, repeated ones numbered."""
    given: dict[str, int] = {}
    unique: list[str] = []
    for place, name in enumerate(names):
        label = " ".join(name.split()) or f"column {column_letter(place)}"
        given[label] = given.get(label, 0) + 1
        unique.append(label if given[label] == 1 else f"{label} ({given[label]})")
    return unique


def column_letter(place: int) -> str:
    """The spreadsheet's name of the column at ``place`` (0 is A)."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
