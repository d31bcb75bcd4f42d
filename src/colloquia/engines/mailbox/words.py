"""Bytes of messages to text: charsets that are missing, false or stateful, and headers in every fashion."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from colloquia.engines.documents.charsets import Decoded, decode
from colloquia.engines.documents.cleaning import clean

_SEVEN_BIT = {
    "iso-2022-jp": "iso2022_jp_ext", "iso-2022-jp-1": "iso2022_jp_ext", "iso-2022-jp-2": "iso2022_jp_2",
    "iso-2022-jp-3": "iso2022_jp_3", "iso-2022-jp-2004": "iso2022_jp_2004", "iso-2022-kr": "iso2022_kr",
    "hz-gb-2312": "hz", "hz": "hz", "utf-7": "utf-7",
}  # fmt: skip
_UNKNOWN = {"", "us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1", "unknown-8bit", "x-unknown"}
"""What programs write where they do not know: such a charset is tried against how languages look."""
_LONGEST_HEADER = 20_000


def text_of(data: bytes, declared: str = "") -> Decoded | None:
    """The text of a body or of a piece of a header; None where it is no text."""
    name = declared.strip().strip("\"'").lower().replace("_", "-")
    codec = _SEVEN_BIT.get(name)
    if codec and data.isascii():
        try:
            return Decoded(data.decode(codec), codec)
        except UnicodeDecodeError:
            pass
    return decode(data, "" if name in _UNKNOWN else name)


def header(message: Message, name: str) -> str:
    """The first header of this name, decoded, on one line; blank where there is none."""
    return encoded_words(raw_header(message, name))


def raw_header(message: Message, name: str) -> str:
    """The same before its encoded words are decoded; bytes that are not ASCII are."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return _unfolded(str(value))
    return ""


def encoded_words(raw: str) -> str:
    """A header with the encoded words of RFC 2047 decoded; what is malformed stays as it is."""
    if "=?" not in raw:
        return clean(raw)
    try:
        pieces = decode_header(raw)
    except (MessageError, ValueError, LookupError):
        return clean(raw)
    words = []
    for piece, charset in pieces:
        if isinstance(piece, str):
            words.append(piece)
            continue
        found = text_of(piece, charset or "")
        words.append(found.text if found is not None else piece.decode("latin-1"))
    return " ".join(clean("".join(words)).split())


def parameter(message: Message, header_name: str, name: str) -> str:
    """A parameter of a header, such as the name of a file, by RFC 2231 or by what programs write instead."""
    raw = raw_header(message, header_name)
    if not raw:
        return ""
    probe = Message()
    probe[header_name] = raw
    try:
        found = probe.get_param(name, "", header=header_name)
    except (ValueError, LookupError, TypeError, IndexError):
        return ""
    if isinstance(found, tuple):
        charset, _language, value = found
        data = value.encode("latin-1", "replace")
        decoded = text_of(data, charset or "")
        return clean(decoded.text if decoded is not None else value)
    return encoded_words(str(found))


def _unfolded(value: str) -> str:
    value = value[:_LONGEST_HEADER]
    if not value.isascii():
        data = value.encode("utf-8", "surrogateescape")
        decoded = text_of(data)
        value = decoded.text if decoded is not None else data.decode("utf-8", "replace")
    return re.sub(r"[\r\n]+[ \t]*", " ", value).strip()
