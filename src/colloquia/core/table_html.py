"""The cells of a table as HTML. In Python, because a template takes ten times as long for a long table."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString

from colloquia.core.table_cells import Cell
from colloquia.core.written import direction_of


def bar_html(share: float | None) -> str:
    """A quiet bar for a share in [0, 1]. Hidden from assistance: the number says the same."""
    if share is None:
        return ""
    width = round(100 * min(max(share, 0.0), 1.0), 1)
    return (
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="6"/><rect width="{width:g}" height="6"/></svg>'
    )


def written_html(language: str) -> str:
    """The attributes of text in a language: ``lang`` and ``dir``, or ``dir="auto"`` where it is not known."""
    if not language:
        return ' dir="auto"'
    return f' lang="{escape(language)}" dir="{direction_of(language)}"'


def row_html(cells: list[Cell], *, stacked: bool) -> SafeString:
    """One row; its first cell heads it. ``stacked`` repeats the labels and the roles, for a telephone."""
    parts = ['<tr role="row">' if stacked else "<tr>"]
    for place, cell in enumerate(cells):
        tag = "td" if place else "th"
        parts.append(f"<{tag}{_attributes(cell, heads=not place, stacked=stacked)}>{_inner(cell)}</{tag}>")
    parts.append("</tr>")
    return SafeString("".join(parts))


def _attributes(cell: Cell, *, heads: bool, stacked: bool) -> str:
    attributes = ' scope="row"' if heads else ""
    if stacked:
        role = "rowheader" if heads else "cell"
        attributes += f' role="{role}" data-label="{escape(cell.label)}"'
    if cell.numeric:
        return f'{attributes} class="number"'
    return f'{attributes} class="identifier"' if cell.kind == "identifier" else attributes


def _inner(cell: Cell) -> str:
    words: str = escape(cell.words)
    if cell.nothing:
        words = f'<span class="quiet">{words}</span>'
    elif cell.machine:
        words = f'<time datetime="{cell.machine}">{words}</time>'
    elif cell.kind == "identifier":
        words = f'<bdi dir="ltr">{words}</bdi>'
    elif words and not cell.numeric:
        words = f"<bdi{written_html(cell.language) if cell.language else ''}>{words}</bdi>"
    if cell.url:
        words = f'<a href="{escape(cell.url)}">{words}</a>'
    note = f'<span class="note"><bdi>{escape(cell.note)}</bdi></span>' if cell.note else ""
    return f"{words}{bar_html(cell.share)}{note}"
