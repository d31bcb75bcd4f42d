"""Lists of passages and submissions that are read from the bulk one page at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator

Row = TypeVar("Row")
Read = Callable[[int, int], tuple[list[Row], int]]


class Rows(Generic[Row]):
    """What ``read(limit, offset)`` gives, as a list of which only the page asked for is read."""

    def __init__(self, read: Read[Row], size: int, page: str | None) -> None:
        wanted = int(page) if page and page.isascii() and page.isdigit() and len(page) < 8 else 1
        self._read, self._size = read, size
        self._offset = (max(wanted, 1) - 1) * size
        self._rows, self._total = read(size, self._offset)

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, part: slice) -> list[Row]:
        """The slice that a paginator asks for."""
        if part.start == self._offset:
            return self._rows
        return self._read(self._size, part.start)[0]


def page_of(read: Read[Row], size: int, page: str | None) -> Page[Any]:
    """A page of what ``read`` gives; the last one where there are fewer."""
    rows: Any = Rows(read, size, page)
    return Paginator(rows, size).get_page(page)
