"""Finds the character encoding of a file by looking at all of it, never at its name or the locale."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colloquia.engines.intake.letters import CANDIDATES, share_of_expected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 1 << 20
SAMPLE = 1 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec name for Python, a name for people, and a caution (empty where the finding is certain)."""

    codec: str
    label: str
    caution: str = ""


def detect_encoding(path: Path) -> Encoding:
    """Find the encoding of a text file: byte order mark, then valid UTF-8, then the likeliest old encoding.

    A file that is UTF-8 but for a few damaged lines stays UTF-8; the damaged characters will read as U+FFFD.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, codec, label in MARKS:
        if head.startswith(mark):
            return Encoding(codec, label)
    wide = _without_mark(head)
    if wide:
        return Encoding(wide, "UTF-16 without byte order mark")
    survey = _survey(path)
    if survey.escapes and survey.ascii_only and _decodes(path, "iso2022_jp"):
        return Encoding("iso2022_jp", "ISO-2022-JP")
    if survey.damaged == 0:
        return Encoding("utf-8", "ASCII" if survey.ascii_only else "UTF-8")
    # Text in an old encoding passes for UTF-8 on few lines only, and those are short.
    if survey.valid >= survey.damaged:
        return Encoding(
            "utf-8", "UTF-8", "some lines are not valid UTF-8; what cannot be decoded shows as \ufffd"
        )
    return _likeliest(path, survey.sample)


@dataclass(slots=True)
class _Survey:
    """What one pass over the bytes found; lines are counted where they hold bytes above 127."""

    ascii_only: bool = True
    escapes: bool = False
    valid: int = 0
    damaged: int = 0
    sample: bytes = b""


def _without_mark(head: bytes) -> str:
    """UTF-16 has a zero in nearly every second byte of Western text and of the delimiters of any text."""
    if len(head) < 4 or head.count(0) < len(head) // 40:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    for codec, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 10 * others and zeros >= 2:
            try:
                head[: len(head) // 4 * 4].decode(codec)
            except UnicodeDecodeError as error:
                if error.start < len(head) - 8:
                    continue
            return codec
    return ""


def _survey(path: Path) -> _Survey:
    found = _Survey()
    sample = bytearray()
    for piece in _pieces(path):
        if b"\x1b$" in piece:
            found.escapes = True
        if piece.isascii():
            continue
        found.ascii_only = False
        try:
            piece.decode("utf-8")
        except UnicodeDecodeError:
            found.damaged += 1
        else:
            found.valid += 1
        if len(sample) < SAMPLE:
            sample += piece
    found.sample = bytes(sample)
    return found


def _pieces(path: Path) -> Iterator[bytes]:
    """Lines, with very long ones cut where no multi-byte character of UTF-8 is broken."""
    with path.open("rb") as file:
        rest = b""
        while line := file.readline(CHUNK):
            line = rest + line
            rest = b""
            if len(line) >= CHUNK and not line.endswith(b"\n"):
                cut = len(line)
                while cut > len(line) - 4 and line[cut - 1] & 0xC0 == 0x80:
                    cut -= 1
                if line[cut - 1] >= 0xC0:
                    cut -= 1
                line, rest = line[:cut], line[cut:]
            yield line
        if rest:
            yield rest


def _likeliest(path: Path, sample: bytes) -> Encoding:
    """The old encoding under which the sample reads most like a language that uses it."""
    scores = sorted(
        ((share_of_expected(sample, codec), -order) for order, (codec, _label) in enumerate(CANDIDATES)),
        reverse=True,
    )
    score, order = scores[0]
    codec, label = CANDIDATES[-order]
    rival, rival_order = scores[1]
    caution = ""
    unlike = sample.decode(CANDIDATES[-rival_order][0], errors="replace") != sample.decode(
        codec, errors="replace"
    )
    few = codec != "cp1252" and sum(byte > 127 for byte in sample[:4096]) < 4
    if few or score < 0.35 or (unlike and score - rival < 0.03):
        caution = f"{label} is the likeliest encoding but not certain; save the file as UTF-8 to be sure"
    if not _decodes(path, codec):
        caution = f"not every character is valid in {label}; what cannot be decoded shows as \ufffd"
    return Encoding(codec, label, caution)


def _decodes(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
