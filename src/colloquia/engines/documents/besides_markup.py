"""What web pages, rich text, messages and pictures hold beside their text, counted."""

from __future__ import annotations

import re
from collections import Counter
from email import message_from_bytes
from email.policy import compat32

_ABOUT = re.compile(
    r"^(?:from|to|cc|bcc|sender|reply-to|return-path|received|delivered-to|x-.*|resent-.*|"
    r"message-id|in-reply-to|references|disposition-notification-to|organization|user-agent)$"
)
_LINK = re.compile(r"(?:mailto|tel):([^\s\"'<>?]{3,300})", re.IGNORECASE)
_HIDDEN = re.compile(
    r"<[a-z][^<>]*\s(?:hidden\b|type\s*=\s*[\"']?hidden|style\s*=\s*[\"'][^\"'<>]*"
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden))|<(?:script|template|noscript|iframe|object|svg)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"<meta\s[^<>]*name\s*=\s*[\"']?(?:author|creator|publisher|owner|dc\.|citation)", re.I)
_WRITTEN = re.compile(
    r"<(?:img|a|area|input)\s[^<>]*\s(?:alt|title|value|placeholder)\s*=\s*[\"']([^\"']+)", re.I
)
_PICTURE_MARKS = (b"Exif\x00\x00", b"eXIf", b"<x:xmpmeta", b"tEXt", b"iTXt", b"zTXt", b"Photoshop 3.0")


def of_page(data: bytes, text: str) -> Counter[str]:
    """A web page; ``text`` is what was read from it, folded."""
    page = data.decode("utf-8", "replace")
    links = {each.casefold() for each in _LINK.findall(page)}
    written = (" ".join(each.casefold().split()) for each in _WRITTEN.findall(page))
    return Counter(
        comments=page.count("<!--"),
        hidden=len(_HIDDEN.findall(page)) + sum(bool(each) and each not in text for each in written),
        properties=len(_SAID.findall(page)),
        links=sum(each not in text for each in links),
        pictures=len(re.findall(r"<img\b[^<>]*\bsrc\s*=\s*[\"']?data:", page, re.IGNORECASE)),
    )


def of_rich_text(data: bytes) -> Counter[str]:
    """A document in RTF."""
    return Counter(
        comments=data.count(b"{\\*\\annotation"),
        changes=len(re.findall(rb"\\(?:deleted|revised)\b(?!0)", data)),
        hidden=len(re.findall(rb"\\v\b(?!0)", data)),
        properties=len(
            re.findall(
                rb"\{\\(?:author|operator|manager|company|title|subject|keywords|doccomm)\s*[^\s}]", data
            )
        ),
        pictures=data.count(b"\\pict"),
        inside=data.count(b"\\objdata"),
    )


def of_mail(data: bytes) -> Counter[str]:
    """A message, with the messages inside."""
    found: Counter[str] = Counter(headers=1)
    for part in message_from_bytes(data, policy=compat32).walk():
        found["headers"] += sum(bool(_ABOUT.match(name.lower())) for name, _value in part.items())
        payload = part.get_payload()
        if part.get_content_type() == "multipart/alternative" and isinstance(payload, list):
            found["hidden"] += max(0, len(payload) - 1)
        elif part.get_content_type() == "message/rfc822" or (
            not part.is_multipart() and part.get_content_maintype() != "text"
        ):
            found["inside"] += 1
    return found


def of_picture(data: bytes) -> Counter[str]:
    """A picture: what a program cannot read in it, and what the camera or its owner wrote into it."""
    return Counter(pictures=1, properties=sum(mark in data for mark in _PICTURE_MARKS))
