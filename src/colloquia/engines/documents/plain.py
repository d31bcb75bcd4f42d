"""Plain text and Markdown, in whatever encoding they come."""

from __future__ import annotations

from colloquia.engines.documents import problems
from colloquia.engines.documents.charsets import decode
from colloquia.engines.documents.cleaning import clean
from colloquia.engines.documents.extract import Extract, Source, Unreadable


def read(source: Source) -> Extract:
    """Return the text as it stands: nothing is joined, trimmed or interpreted."""
    decoded = decode(source.data())
    if decoded is None:
        raise Unreadable(problems.NOT_TEXT)
    missing = [problems.undecodable(decoded.lost, decoded.encoding)] if decoded.lost else []
    return Extract(clean(decoded.text), missing=missing, tool=f"text, {decoded.encoding}")
