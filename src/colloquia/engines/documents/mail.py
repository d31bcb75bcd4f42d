"""E-mail messages (EML, MHT): subject and body, with the files that came along."""

from __future__ import annotations

from collections.abc import Sequence
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr

from colloquia.engines.documents import problems
from colloquia.engines.documents.charsets import decode
from colloquia.engines.documents.cleaning import clean
from colloquia.engines.documents.extract import Extract, Source, Unreadable
from colloquia.engines.documents.filenames import safe_name, unique_names
from colloquia.engines.documents.hypertext import declared_charset, visible_text

_PARTS = 2000


def read(source: Source) -> Extract:
    """Return subject and body; messages inside follow in the same text, with their subjects.

    The plain body is preferred to the HTML one; quoted replies stay. Names and addresses
    are not part of the text; of the sender's address the domain is given. Files of all messages
    become attachments, with safe names.
    """
    # The oldest policy never raises for a malformed header.
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(source.data())
    except RecursionError as error:
        raise Unreadable(problems.too_deep(source.limits.depth)) from error
    gathered = _Gathered(source)
    gathered.take(message, 0)
    names = unique_names([name for name, _ in gathered.attachments])
    return Extract(
        "\n\n".join(filter(None, (text.strip("\n") for text in gathered.paragraphs))),
        missing=gathered.missing(),
        notes=[problems.inline_pictures(gathered.pictures)] if gathered.pictures else [],
        attachments=list(zip(names, (data for _, data in gathered.attachments), strict=True)),
        tool="eml",
        mail_domain=_sender_domain(message),
    )


def _sender_domain(message: Message) -> str:
    """What follows the @ in the sender's address; "" where there is no such address."""
    _, address = parseaddr(header_text(message.get("From")))
    return address.rpartition("@")[2].strip().lower() if "@" in address else ""


class _Gathered:
    def __init__(self, source: Source) -> None:
        self._limits = source.limits
        self.paragraphs: list[str] = []
        self.attachments: list[tuple[str, bytes]] = []
        self.pictures = 0
        self._parts = 0
        self._bytes = 0
        self._dropped = 0
        self._too_deep = False
        self._locked = False
        self._lost: set[str] = set()

    def missing(self) -> list[str]:
        """Say what was left out."""
        return [
            *([problems.dropped_attachments(self._dropped)] if self._dropped else []),
            *([problems.too_deep(self._limits.depth)] if self._too_deep else []),
            *([problems.LOCKED_MAIL] if self._locked else []),
            *(problems.undecodable(1, encoding) for encoding in sorted(self._lost)),
        ]

    def take(self, message: Message, depth: int) -> None:
        """Add one message: subject, body, attachments, then the messages inside."""
        subject = header_text(message.get("Subject"))
        if subject.strip():
            self.paragraphs.append(" ".join(subject.split()))
        inside: list[Message] = []
        for part in self._leaves(message, inside):
            self._take_part(part)
        for child in inside:
            if depth + 1 > self._limits.depth:
                self._too_deep = True
            else:
                self.take(child, depth + 1)

    def _leaves(self, message: Message, inside: list[Message]) -> list[Message]:
        """Return the parts to be read, in order; of alternatives only the best."""
        leaves, stack = [], [message]
        while stack:
            part = stack.pop()
            self._parts += 1
            if self._parts > _PARTS:
                self._too_deep = True
                break
            kind = part.get_content_type()
            payload = part.get_payload()
            if kind == "message/rfc822" and isinstance(payload, list):
                inside.extend(child for child in payload if isinstance(child, Message))
            elif kind == "multipart/alternative" and isinstance(payload, list):
                stack.extend(reversed(_preferred(payload)))
            elif isinstance(payload, list):
                stack.extend(child for child in reversed(payload) if isinstance(child, Message))
            else:
                leaves.append(part)
        return leaves

    def _take_part(self, part: Message) -> None:
        kind = part.get_content_type()
        name = header_text(part.get_filename() if _is_plain(part) else None)
        disposition = str(part.get("Content-Disposition", "")).strip().lower()
        data = _payload(part)
        if kind in ("text/plain", "text/html") and not disposition.startswith("attachment") and not name:
            self._take_text(data, part, html=kind == "text/html")
        elif (
            kind.startswith("image/") and part.get("Content-ID") and not disposition.startswith("attachment")
        ):
            self.pictures += 1
        elif kind in (
            "application/pgp-signature",
            "application/pkcs7-signature",
            "application/x-pkcs7-signature",
        ):
            return
        elif kind in ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"):
            self._locked = True
        else:
            self._attach(safe_name(name, kind), data)

    def _take_text(self, data: bytes, part: Message, *, html: bool) -> None:
        charset = part.get_param("charset", "")
        declared = charset if isinstance(charset, str) else ""
        decoded = decode(data, declared or (declared_charset(data) if html else ""))
        if decoded is None:
            self._attach("body.bin", data)
            return
        if decoded.lost:
            self._lost.add(decoded.encoding)
        self.paragraphs.append(visible_text(decoded.text) if html else clean(decoded.text))

    def _attach(self, name: str, data: bytes) -> None:
        self._bytes += len(data)
        if len(self.attachments) >= self._limits.attachments or self._bytes > self._limits.attachment_bytes:
            self._dropped += 1
        else:
            self.attachments.append((name, data))


def _is_plain(part: Message) -> bool:
    try:
        part.get_filename()
    except (ValueError, LookupError, TypeError, IndexError):
        return False
    return True


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _preferred(alternatives: Sequence[object]) -> list[Message]:
    """Return the plain text where it says something, otherwise the last alternative with a text."""
    parts = [part for part in alternatives if isinstance(part, Message)]
    for part in parts:
        if part.get_content_type() == "text/plain" and _payload(part).strip():
            return [part, *(other for other in parts if other.get_content_type() == "multipart/mixed")]
    for part in reversed(parts):
        if part.get_content_type() == "text/html" or part.is_multipart():
            return [part]
    return parts[-1:]


def header_text(value: object) -> str:
    """Return a header with its encoded words decoded; what is malformed stays as it is."""
    if value is None:
        return ""
    raw = str(value)
    try:
        text = str(make_header(decode_header(raw)))
    except (ValueError, LookupError, UnicodeError):
        text = raw
    data = text.encode("utf-8", "surrogateescape")
    decoded = decode(data)
    return clean(decoded.text if decoded is not None else data.decode("utf-8", "replace"))
