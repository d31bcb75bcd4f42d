"""Words that stand nowhere but in one protected place, and a finder that knows them again in any wrapping."""

from __future__ import annotations

import base64
import binascii
import hashlib
import html
import io
import json
import re
import string
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

_WORD = re.compile(r"zq[a-z]{12}qz")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ENCODED = re.compile(r"[A-Za-z0-9_\-+/]{16,}={0,2}")
_DEEPEST = 3


@dataclass(frozen=True)
class Canary:
    """Where a word was planted, and for whom it is: ``nobody``, or ``office`` for officers and reviewers."""

    word: str
    place: str
    reader: str = "nobody"


@dataclass(frozen=True)
class Leak:
    """A canary that a role found where it should not be."""

    role: str
    where: str
    place: str


@dataclass
class Canaries:
    """All that were planted, by word; digests of sealed bytes count as words too."""

    planted: dict[str, Canary] = field(default_factory=dict)

    def word(self, place: str, reader: str = "nobody") -> str:
        """A word for a place, always the same for the same place: letters only, so that nothing alters it."""
        number = int(hashlib.sha256(place.encode()).hexdigest(), 16)
        letters = "".join(string.ascii_lowercase[(number >> (5 * at)) % 26] for at in range(12))
        word = f"zq{letters}qz"
        self.planted[word] = Canary(word, place, reader)
        return word

    def digest(self, digest: str, place: str, reader: str = "nobody") -> None:
        """A digest that would let anybody try guesses of sealed text."""
        self.planted[digest] = Canary(digest, place, reader)

    def found_in(self, data: Any) -> set[Canary]:
        """The canaries in a text, bytes, a file in them, or values as JSON."""
        if isinstance(data, str):
            return self._in_text(data)
        if isinstance(data, bytes | bytearray | memoryview):
            return self._in_bytes(bytes(data), 0)
        return self._in_text(json.dumps(data, default=str, ensure_ascii=False))

    def _in_bytes(self, data: bytes, depth: int) -> set[Canary]:
        found = self._in_text(data.decode("utf-8", "replace")) | self._in_text(
            data.decode("utf-16", "replace")
        )
        if depth < _DEEPEST and zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for entry in archive.infolist():
                    found |= self._in_text(entry.filename) | self._in_bytes(archive.read(entry), depth + 1)
        if depth < _DEEPEST and data[:2] == b"\x1f\x8b":
            found |= self._in_bytes(zlib.decompress(data, 31), depth + 1)
        return found

    def _in_text(self, text: str) -> set[Canary]:
        found = set()
        for form in dict.fromkeys((text, unquote(text), html.unescape(text))):
            words = [*_WORD.findall(form.lower()), *_DIGEST.findall(form.lower())]
            found |= {self.planted[word] for word in words if word in self.planted}
        return found

    def found_in_header(self, value: str) -> set[Canary]:
        """The same in a header or a cookie, also where it is encoded."""
        found = self._in_text(value)
        for piece in _ENCODED.findall(value):
            padded = piece.rstrip("=") + "=" * (-len(piece.rstrip("=")) % 4)
            for decode in (base64.urlsafe_b64decode, base64.b64decode):
                try:
                    raw = decode(padded)
                except (binascii.Error, ValueError):
                    continue
                found |= self._in_text(raw.decode("utf-8", "replace"))
                try:
                    found |= self._in_text(zlib.decompress(raw).decode("utf-8", "replace"))
                except zlib.error:
                    continue
        return found

    def leaks(self, role: str, where: str, data: Any, may: Iterable[str] = ()) -> set[Leak]:
        """What a role should not have found in ``data``; ``may`` names the readers it stands for."""
        return {
            Leak(role, where, canary.place) for canary in self.found_in(data) if canary.reader not in set(may)
        }

    def header_leaks(
        self, role: str, where: str, headers: Mapping[str, str], may: Iterable[str] = ()
    ) -> set[Leak]:
        """The same in headers and cookies."""
        return {
            Leak(role, f"{where} [{name}]", canary.place)
            for name, value in headers.items()
            for canary in self.found_in_header(value)
            if canary.reader not in set(may)
        }
