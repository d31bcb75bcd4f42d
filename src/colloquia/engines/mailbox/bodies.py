"""The parts of a message: what is its text, what is a file that came along, what cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from email.generator import BytesGenerator
from email.message import Message
from email.policy import compat32
from io import BytesIO

from colloquia.engines.documents.cleaning import clean
from colloquia.engines.documents.filenames import safe_name, unique_names
from colloquia.engines.documents.hypertext import declared_charset, visible_text
from colloquia.engines.mailbox.records import Part, Trouble
from colloquia.engines.mailbox.words import header, parameter, text_of

MOST_PARTS = 2000
MOST_FILES = 200
MOST_BYTES = 128 << 20
LONGEST_HTML = 8 << 20
DEEPEST = 30
_SIGNATURES = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
_ENCRYPTED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}


class Bodies:
    """Gathers texts and files over the parts of one message, within limits."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._files: list[tuple[str, str, bytes]] = []
        self._found: list[Trouble] = []
        self._parts = self._bytes = self._dropped = self._pictures = 0

    def troubles(self) -> list[Trouble]:
        """What to say, each once."""
        counted = [
            *([Trouble("dropped", str(self._dropped))] if self._dropped else []),
            *([Trouble("pictures", str(self._pictures))] if self._pictures else []),
        ]
        return [*dict.fromkeys(self._found), *counted]

    def files(self) -> list[Part]:
        """The files, each with a name of its own."""
        names = unique_names([name for name, _kind, _data in self._files])
        return [Part(name, kind, data) for name, (_name, kind, data) in zip(names, self._files, strict=True)]

    def take(self, message: Message) -> None:
        """Add one message. Messages inside it are files of their own."""
        stack: list[tuple[Message, int]] = [(message, 0)]
        while stack:
            part, depth = stack.pop()
            self._parts += 1
            if self._parts > MOST_PARTS or depth > DEEPEST:
                self._found.append(Trouble("deep"))
                continue
            payload = part.get_payload()
            kind = part.get_content_type()
            if kind == "message/rfc822" and isinstance(payload, list) and part is not message:
                self._attach_message(part, payload)
            elif isinstance(payload, list):
                children = [child for child in payload if isinstance(child, Message)]
                if kind == "multipart/alternative":
                    children = _preferred(children)
                stack.extend((child, depth + 1) for child in reversed(children))
            else:
                self._leaf(part, kind)

    def _leaf(self, part: Message, kind: str) -> None:
        name = parameter(part, "Content-Disposition", "filename") or parameter(part, "Content-Type", "name")
        attached = header(part, "Content-Disposition").lower().startswith("attachment")
        data = _payload(part)
        if part.defects:
            self._found.append(Trouble("broken", type(part.defects[0]).__name__))
        if kind in _SIGNATURES or (not data and not name):
            return
        if kind.startswith(("text/", "multipart/")) and not attached and not name:
            self._text(part, data, html=kind == "text/html")
        elif kind.startswith("image/") and not attached and part.get("Content-ID"):
            self._pictures += 1
        else:
            if kind in _ENCRYPTED:
                self._found.append(Trouble("encrypted"))
            if kind in _TNEF or name.lower() == "winmail.dat":
                self._found.append(Trouble("tnef", safe_name(name or "winmail.dat")))
            self._attach(name, kind, data)

    def _text(self, part: Message, data: bytes, *, html: bool) -> None:
        if html and len(data) > LONGEST_HTML:
            self._found.append(Trouble("long_html"))
            self._attach("message.html", "text/html", data)
            return
        charset = parameter(part, "Content-Type", "charset")
        decoded = text_of(data, charset or (declared_charset(data) if html else ""))
        if decoded is None:
            self._attach("body.bin", "application/octet-stream", data)
            return
        if decoded.lost:
            self._found.append(Trouble("charset", decoded.encoding))
        self.texts.append(visible_text(decoded.text) if html else clean(decoded.text))

    def _attach_message(self, part: Message, payload: Sequence[object]) -> None:
        inside = next((child for child in payload if isinstance(child, Message)), None)
        if inside is None:
            return
        buffer = BytesIO()
        try:
            BytesGenerator(buffer, mangle_from_=False, policy=compat32).flatten(inside)
        except (LookupError, ValueError, TypeError, RecursionError):
            self._found.append(Trouble("deep"))
            return
        name = parameter(part, "Content-Disposition", "filename") or header(inside, "Subject") or "message"
        self._attach(
            name if name.lower().endswith(".eml") else f"{name}.eml", "message/rfc822", buffer.getvalue()
        )

    def _attach(self, name: str, kind: str, data: bytes) -> None:
        self._bytes += len(data)
        if len(self._files) >= MOST_FILES or self._bytes > MOST_BYTES or not data:
            self._dropped += 1
        else:
            self._files.append((safe_name(name, kind), kind, data))


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        raw = part.get_payload()
        return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""
    return data if isinstance(data, bytes) else b""


def _preferred(parts: list[Message]) -> list[Message]:
    """The plain text where it says something, else the last alternative with a text; files beside it stay."""
    for part in parts:
        if part.get_content_type() == "text/plain" and _payload(part).strip():
            mixed = [each for each in parts if each.get_content_type() == "multipart/mixed"]
            return [part, *mixed, *(each for each in parts if _is_file(each))]
    for part in reversed(parts):
        if part.get_content_type() == "text/html" or part.is_multipart():
            return [part, *(each for each in parts if _is_file(each))]
    return parts[-1:]


def _is_file(part: Message) -> bool:
    return header(part, "Content-Disposition").lower().startswith("attachment")
