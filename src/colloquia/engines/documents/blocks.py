"""Paragraphs and table rows gathered while a document's tree is walked."""

from __future__ import annotations

ROW_CHARACTERS = 300


class Blocks:
    """A list of paragraphs in reading order, with table cells kept together where they are short.

    ``add`` text to the open paragraph, ``end`` it; a table row is opened and closed
    round its cells. A row of short cells becomes one line with tabs between cells, and
    following rows join it; a row with a long cell becomes paragraphs.
    """

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._open: list[str] = []
        self._suspended: list[list[str]] = []
        self._rows: list[list[list[str]]] = []
        self._joins_table = False

    def add(self, text: str) -> None:
        """Append text to the open paragraph."""
        self._open.append(text)

    def end(self) -> None:
        """Close the open paragraph; blank ones are left out."""
        paragraph = "".join(self._open).strip()
        self._open.clear()
        if not paragraph:
            return
        if self._rows:
            if not self._rows[-1]:
                self._rows[-1].append([])
            self._rows[-1][-1].append(paragraph)
        else:
            self.paragraphs.append(paragraph)
            self._joins_table = False

    def suspend(self) -> None:
        """Set the open paragraph aside for the paragraphs of a box that is anchored in it."""
        self._suspended.append(self._open)
        self._open = []

    def resume(self) -> None:
        """Go on with the paragraph that was set aside; the box's stand before it."""
        self.end()
        if self._suspended:
            self._open = self._suspended.pop()

    def start_row(self) -> None:
        """Open a table row, which may stand inside a cell of another."""
        self.end()
        self._rows.append([])

    def start_cell(self) -> None:
        """Open a cell of the row."""
        self.end()
        if self._rows:
            self._rows[-1].append([])

    def end_row(self) -> None:
        """Close the row and place its text."""
        self.end()
        if not self._rows:
            return
        cells = self._rows.pop()
        short = (
            all(len(cell) <= 1 for cell in cells)
            and sum(len("".join(cell)) for cell in cells) <= ROW_CHARACTERS
        )
        lines = (
            ["\t".join("".join(cell).replace("\n", " ") for cell in cells)]
            if short
            else [paragraph for cell in cells for paragraph in cell]
        )
        if self._rows:
            if not self._rows[-1]:
                self._rows[-1].append([])
            self._rows[-1][-1].extend(line for line in lines if line.strip())
        elif short and lines[0].strip():
            if self._joins_table:
                self.paragraphs[-1] += "\n" + lines[0].rstrip()
            else:
                self.paragraphs.append(lines[0].rstrip())
            self._joins_table = True
        else:
            self.paragraphs.extend(lines if not short else [])
            self._joins_table = False

    def end_table(self) -> None:
        """Keep the next table's rows apart from this one's."""
        if not self._rows:
            self._joins_table = False
