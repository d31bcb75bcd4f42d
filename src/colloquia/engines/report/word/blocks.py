"""Turns a report's content into the paragraphs and tables of a Word document."""

from __future__ import annotations

from colloquia.engines.report.content import (
    Block,
    Cell,
    Column,
    Fold,
    Heading,
    Paragraph,
    Quotation,
    Row,
    Run,
    Runs,
    Table,
)
from colloquia.engines.report.text import RIGHT_TO_LEFT, direction, starts_right_to_left
from colloquia.engines.report.word.markup import Element, element, text_run
from colloquia.engines.report.word.styles import ACCENT, FAINT, LINE, SOFT

# Languages that Word looks up under w:eastAsia rather than w:val.
_EAST_ASIAN = frozenset({"zh", "ja", "ko"})
_WIDTH = 9400


class Writer:
    """Writes blocks into ``body``, before its last element (the page's own settings)."""

    def __init__(self, body: Element, language: str) -> None:
        self._body = body
        self._language = language
        self._right_to_left = direction(language) == "rtl"
        self._names: dict[str, str] = {}
        self._marked = 0

    def write(self, block: Block) -> None:
        """Append one block."""
        if isinstance(block, Paragraph):
            style = {"numbered": "NumberedParagraph", "note": "Note"}.get(block.kind, "Normal")
            self.paragraph(block.runs, style)
        elif isinstance(block, Heading):
            self.heading(block.runs, block.level - 1, block.anchor)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Quotation):
            self._quotation(block)
        elif isinstance(block, Fold):
            bold = tuple(
                Run(one.text, one.foreign, one.language, one.target, "strong") for one in block.summary
            )
            self.paragraph(bold, "Normal", keep=True)
            for inner in block.blocks:
                self.write(inner)

    def heading(self, runs: Runs, level: int, anchor: str = "", break_before: bool = False) -> None:
        """A heading of Word's own style ``Heading level``."""
        made = self._paragraph(runs, f"Heading{level}", self._right_to_left)
        if break_before:
            made.pPr.append(element("pageBreakBefore"))
        self._append(self._bookmarked(made, anchor))

    def paragraph(self, runs: Runs, style: str, keep: bool = False) -> None:
        """A paragraph in the interface's direction."""
        made = self._paragraph(runs, style, self._right_to_left)
        if keep:
            made.pPr.append(element("keepNext"))
        self._append(made)

    def _append(self, made: Element) -> None:
        self._body[-1].addprevious(made)

    def _quotation(self, block: Quotation) -> None:
        way = direction(block.language)
        text = "".join(run.text for run in block.runs)
        right_to_left = way == "rtl" or (way == "auto" and starts_right_to_left(text))
        made = self._paragraph(block.runs, "Quotation", right_to_left, block.language)
        if block.kind in ("passage", "shared"):
            made.pPr.append(element("shd", val="clear", color="auto", fill=SOFT))
        self._append(self._bookmarked(made, block.anchor))
        self._append(self._paragraph(block.source, "Source", self._right_to_left))

    def _paragraph(self, runs: Runs, style: str, right_to_left: bool, language: str = "") -> Element:
        properties = element("pPr", element("pStyle", val=style))
        if right_to_left:
            properties.append(element("bidi"))
        made = element("p", properties)
        for run in runs:
            made.append(self._run(run, language, right_to_left))
        return made

    def _run(self, run: Run, language: str, right_to_left: bool) -> Element:
        properties: list[Element] = []
        if run.style == "code":
            properties.append(element("rFonts", ascii="Courier New", hAnsi="Courier New", cs="Courier New"))
        if run.style == "strong":
            properties += [element("b"), element("bCs")]
        if run.target:
            properties.append(element("color", val=ACCENT))
        elif run.style == "faint":
            properties += [element("b", val=0), element("bCs", val=0), element("color", val=FAINT)]
        if run.style == "mark":
            properties.append(element("shd", val="clear", color="auto", fill="FDF0B3"))
        text = run.text
        spoken = run.language or language
        turned = right_to_left
        if run.style == "code":
            turned = False
        elif run.foreign:
            way = direction(spoken)
            turned = way == "rtl" or (way == "auto" and starts_right_to_left(run.text))
        if turned:
            properties.append(element("rtl"))
        if spoken:
            properties.append(_language(spoken))
        if turned != right_to_left:
            text = _enclosed(text, turned, right_to_left)
        made = text_run(text, *properties)
        if run.target:
            return element("hyperlink", made, anchor=self._name(run.target), history=1)
        return made

    def _bookmarked(self, made: Element, anchor: str) -> Element:
        if anchor:
            self._marked += 1
            start = element("bookmarkStart", id=self._marked, name=self._name(anchor))
            made.pPr.addnext(start)
            made.append(element("bookmarkEnd", id=self._marked))
        return made

    def _name(self, anchor: str) -> str:
        """A bookmark's name: Word allows 40 letters and digits only."""
        return self._names.setdefault(anchor, f"place_{len(self._names) + 1}")

    def _table(self, block: Table) -> None:
        caption = self._paragraph(block.caption, "Note", self._right_to_left)
        caption.pPr.append(element("keepNext"))
        self._append(caption)
        settings = element("tblPr", element("tblW", w=5000, type="pct"))
        if self._right_to_left:
            settings.insert(0, element("bidiVisual"))
        settings.append(
            element(
                "tblBorders",
                element("top", val="single", sz=8, space=0, color=FAINT),
                element("bottom", val="single", sz=4, space=0, color=LINE),
                element("insideH", val="single", sz=4, space=0, color=LINE),
            )
        )
        settings.append(element("tblLayout", type="fixed"))
        sides = (element(side, w=60, type="dxa") for side in ("left", "right"))
        settings.append(element("tblCellMar", *sides))
        widths = _widths(block.columns)
        made = element(
            "tbl", settings, element("tblGrid", *(element("gridCol", w=width) for width in widths))
        )
        head = tuple(Cell((Run(column.title, style="strong"),)) for column in block.columns)
        made.append(self._row(Row(head, "head"), block.columns, widths, header=True))
        for row in block.rows:
            made.append(self._row(row, block.columns, widths))
        self._append(made)
        self._append(self._paragraph(block.note, "Note", self._right_to_left))

    def _row(self, row: Row, columns: tuple[Column, ...], widths: list[int], header: bool = False) -> Element:
        settings = element("trPr", element("cantSplit"))
        if header:
            settings.append(element("tblHeader"))
        made = element("tr", settings)
        for position, cell in enumerate(row.cells):
            if row.kind == "group":
                size = element(
                    "tcPr", element("tcW", w=sum(widths), type="dxa"), element("gridSpan", val=len(columns))
                )
            else:
                size = element("tcPr", element("tcW", w=widths[position], type="dxa"))
            if header:
                size.append(element("shd", val="clear", color="auto", fill=SOFT))
            inside = element("tc", size)
            for lines, style in ((cell.runs, ""), (cell.below, "faint")):
                if lines or not style:
                    line = self._cell_line(lines, style, row, columns[position].kind, position)
                    first = position == 0 and not style
                    inside.append(self._bookmarked(line, row.anchor if first else ""))
            made.append(inside)
        return made

    def _cell_line(self, runs: Runs, style: str, row: Row, kind: str, position: int) -> Element:
        shown = tuple(
            Run(one.text, one.foreign, one.language, one.target, one.style or style) for one in runs
        )
        if row.kind == "group":
            shown = tuple(Run(one.text, one.foreign, one.language, one.target, "strong") for one in runs)
        made = self._paragraph(shown, "TableHead" if row.kind == "head" else "TableText", self._right_to_left)
        if row.level and position == 0:
            made.pPr.append(element("ind", left=200 * row.level))
        if kind != "text" and row.kind != "group":
            made.pPr.append(element("jc", val="right"))
        return made


def _enclosed(text: str, turned: bool, right_to_left: bool) -> str:
    """Text that runs against its paragraph, with marks that keep numbers and signs on their own side.

    Word has no isolates, so the marks stand where HTML has ``bdi``.
    """
    inner = "\u200f" if turned else "\u200e"
    outer = "\u200f" if right_to_left else "\u200e"
    return f"{inner}{text}{inner}{outer}"


def _widths(columns: tuple[Column, ...]) -> list[int]:
    first = 4.6 if len(columns) < 6 and all(column.kind != "text" for column in columns[1:]) else 2.9
    weights = [
        first if position == 0 else (2.6 if column.kind == "text" and len(columns) < 6 else 1.35)
        for position, column in enumerate(columns)
    ]
    return [int(_WIDTH * weight / sum(weights)) for weight in weights]


def _language(language: str) -> Element:
    base = language.split("-", maxsplit=1)[0].lower()
    if base in RIGHT_TO_LEFT:
        return element("lang", bidi=language)
    if base in _EAST_ASIAN:
        return element("lang", eastAsia=language)
    return element("lang", val=language)
