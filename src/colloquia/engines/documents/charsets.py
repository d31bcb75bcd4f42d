"""Bytes to text: byte order marks, declarations, and a guess that knows how languages look."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from colloquia.engines.documents.plausibility import best_guess

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What senders write, and what their programs meant by it (WHATWG Encoding Standard, section 4.2).
_MEANT = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
_BARE_UTF16_SAMPLE = 65536


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding used; ``lost`` counts places that could not be decoded."""

    text: str
    encoding: str
    lost: int = 0


def decode(data: bytes, declared: str = "") -> Decoded | None:
    """Return the text of ``data``, or ``None`` where it is binary.

    A byte order mark wins, then UTF-8 that is valid, then ``declared``, then the
    encoding in which the text looks most like a language.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _forced(data[len(mark) :], encoding)
    bare = bare_utf16(data)
    if bare:
        return _forced(data, bare)
    if is_binary(data):
        return None
    if re.search(rb"\x1b\$[@B]", data):
        return _forced(data, "iso2022_jp_2")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    encoding = known_encoding(declared)
    if encoding and encoding != "utf-8":
        decoded = _forced(data, encoding)
        if decoded.lost == 0:
            return decoded
    if _mostly_utf8(data):
        return _forced(data, "utf-8")
    return _forced(data, best_guess(data))


def known_encoding(declared: str) -> str:
    """Return Python's name for a declared encoding, widened to what is meant by it, or an empty string."""
    try:
        found = codecs.lookup(declared.strip().strip("\"'"))
    except (LookupError, ValueError):
        return ""
    if not found._is_text_encoding or found.name in ("utf-7", "idna", "punycode", "unicode_escape"):
        return ""
    return _MEANT.get(found.name, found.name)


def _forced(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, max(1, text.count("\ufffd")))


def bare_utf16(data: bytes) -> str:
    """Return the byte order of UTF-16 without a mark, an empty string where it is something else.

    In most scripts the upper byte is nearly always the same, or zero.
    """
    sample = data[:_BARE_UTF16_SAMPLE]
    half = len(sample) // 2
    if half < 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.1 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.1 * half and odd < 0.02 * half:
        return "utf-16-be"
    if not is_binary(sample):
        return ""
    for encoding, upper, lower in (
        ("utf-16-le", sample[1::2], sample[0::2]),
        ("utf-16-be", sample[0::2], sample[1::2]),
    ):
        steady = sum(count for byte, count in Counter(upper).most_common(2) if byte < 0x20)
        if steady > 0.9 * half and lower.count(0) < 0.02 * half and not is_binary(lower):
            return encoding
    return ""


def is_binary(data: bytes) -> bool:
    """Tell whether there are more control characters than a text has."""
    allowed = b"\t\n\x0b\x0c\r\x0e\x0f\x1b"
    controls = len(data) - len(data.translate(None, bytes(c for c in range(32) if c not in allowed)))
    return controls > 0.02 * len(data)


def _mostly_utf8(data: bytes) -> bool:
    """A few broken places, as a cut or a bad paste leaves them, do not make it another encoding."""
    sample = data[:1_000_000]
    sequences = len(
        re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", sample)
    )
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    return sequences > 0 and len(sample.decode("utf-8", "ignore").encode()) >= len(sample) - 0.1 * high
