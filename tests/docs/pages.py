"""Reading the pages of the documentation: their sections, tables and blocks of code."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def page(name: str) -> str:
    """The text of a page, for instance ``reference/tables.md``."""
    return (DOCS / name).read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """The sections of the second level whose heading is code, by that code."""
    return {
        match[1]: match[2]
        for match in re.finditer(r"^## `([^`]+)`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    }


def table_rows(section: str) -> list[list[str]]:
    """Cells of the rows of all tables of a section, without heads."""
    lines = [line for line in section.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [row for row in rows if row[0].startswith("`")]


def blocks(text: str, kind: str) -> list[str]:
    """The blocks of code of a kind, as written after the fence."""
    return re.findall(rf"^```{re.escape(kind)}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
