"""XML written element by element, so that size costs no memory."""

from __future__ import annotations

import re
from typing import Protocol
from xml.sax.saxutils import escape

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = {"\r": "&#13;"}
_ATTRIBUTE = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;", '"': "&quot;"}


class Sink(Protocol):
    """Whatever takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""


def allowed(text: str) -> str:
    """``text`` with U+FFFD for each code point that XML cannot hold; its length stays."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


class Markup:
    """Writes one XML document as UTF-8 into ``sink``.

    Attributes stand in the order given; those that are ``None`` are left out. What is opened
    with ``start`` is closed with ``end``.
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._open: list[str] = []
        self._put('<?xml version="1.0" encoding="utf-8"?>\n')

    def start(self, name: str, attributes: dict[str, str | None] | None = None) -> None:
        """Open an element."""
        self._put(f"<{name}{_attributes(attributes or {})}>")
        self._open.append(name)

    def end(self) -> None:
        """Close the element opened last."""
        self._put(f"</{self._open.pop()}>")

    def empty(self, name: str, attributes: dict[str, str | None]) -> None:
        """Write an element that holds nothing."""
        self._put(f"<{name}{_attributes(attributes)}/>")

    def text(self, text: str) -> None:
        """Write text."""
        self._put(escape(allowed(text), _TEXT))

    def element(self, name: str, text: str, attributes: dict[str, str | None] | None = None) -> None:
        """Write an element that holds text alone."""
        self.start(name, attributes)
        self.text(text)
        self.end()

    def line(self) -> None:
        """End the line, for people who look into the file."""
        self._put("\n")

    def _put(self, text: str) -> None:
        self._sink.write(text.encode("utf-8"))


def _attributes(attributes: dict[str, str | None]) -> str:
    return "".join(
        f' {name}="{escape(allowed(value), _ATTRIBUTE)}"'
        for name, value in attributes.items()
        if value is not None
    )
