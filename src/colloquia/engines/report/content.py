"""What a report says, before any file format: sections of paragraphs, tables and quotations.

HTML and Word are written from the same content, so that both say the same under the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from colloquia.engines.report.text import language_tag, one_line


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. ``foreign`` text is somebody else's words: isolated, in its own ``language``.

    ``target`` is the anchor of another place in the report. ``style`` is empty, ``strong``,
    ``code``, ``faint`` or ``mark``.
    """

    text: str
    foreign: bool = False
    language: str = ""
    target: str = ""
    style: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``kind`` is ``numbered`` (gets the next number), ``plain`` or ``note``."""

    runs: Runs
    kind: str = "numbered"
    number: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section, of level 3 or 4."""

    level: int
    runs: Runs
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``kind`` is ``text``, ``number`` or ``bar`` (a number with a bar beside it)."""

    title: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; ``below`` is a second, fainter line. ``bar`` and ``inner`` are lengths in [0, 1]."""

    runs: Runs
    below: Runs = ()
    bar: float | None = None
    inner: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A table row. ``kind`` is ``body``, ``missing`` (the part that is not known), ``group`` or ``head``."""

    cells: tuple[Cell, ...]
    kind: str = "body"
    level: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption, which names its base, and an optional note below it.

    ``legend`` explains its bars. A ``compact`` table stays a table on a narrow screen;
    the rows of any other become cards.
    """

    caption: Runs
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Runs = ()
    legend: Runs = ()
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Received words as they were received, with the line that says whose and where."""

    runs: Runs
    language: str
    source: Runs
    anchor: str = ""
    kind: str = "quote"


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that a reader may open; always present in print and in Word."""

    summary: Runs
    blocks: tuple[Block, ...]


Block = Paragraph | Heading | Table | Quotation | Fold


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section; ``entries`` are its lines in the table of contents."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    entries: tuple[tuple[str, Runs], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``labels`` are the interface's own small words (skip link, contents, ...)."""

    title: Run
    status: Runs
    notice: Runs
    facts: tuple[tuple[str, Runs], ...]
    sections: tuple[Section, ...]
    labels: dict[str, str] = field(default_factory=dict)


def plain(text: str, style: str = "", target: str = "") -> Runs:
    """One run of the report's own words."""
    return (Run(text, style=style, target=target),)


def foreign(text: str, language: str = "", *, target: str = "", style: str = "") -> Run:
    """Somebody else's words on one line, cleaned and isolated."""
    return Run(one_line(text), foreign=True, language=language_tag(language), target=target, style=style)


def cell(text: str, style: str = "") -> Cell:
    """A cell of the report's own words."""
    return Cell(plain(text, style))


def fill(template: str, **values: str | Run | Runs) -> Runs:
    """``template`` with its ``{names}`` replaced by strings or runs."""
    runs: list[Run] = []
    for position, piece in enumerate(re.split(r"\{(\w+)\}", template)):
        if position % 2 == 0:
            if piece:
                runs.append(Run(piece))
            continue
        value = values[piece]
        if isinstance(value, str):
            runs.append(Run(value))
        elif isinstance(value, Run):
            runs.append(value)
        else:
            runs.extend(value)
    return tuple(runs)


def join(parts: Sequence[Runs], separator: str) -> Runs:
    """Runs with ``separator`` between them."""
    joined: list[Run] = []
    for part in parts:
        if joined:
            joined.append(Run(separator))
        joined.extend(part)
    return tuple(joined)


def numbered(sections: list[Section]) -> tuple[Section, ...]:
    """``sections`` with their numbered paragraphs numbered from 1 through the whole report."""
    last = 0

    def visit(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        nonlocal last
        visited: list[Block] = []
        for block in blocks:
            if isinstance(block, Paragraph) and block.kind == "numbered":
                last += 1
                visited.append(replace(block, number=last))
            elif isinstance(block, Fold):
                visited.append(replace(block, blocks=visit(block.blocks)))
            else:
                visited.append(block)
        return tuple(visited)

    return tuple(replace(section, blocks=visit(section.blocks)) for section in sections)
