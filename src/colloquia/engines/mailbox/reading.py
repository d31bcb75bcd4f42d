"""One message to a letter: who sent it and when, its text, and its files."""

from __future__ import annotations

import re
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses

from colloquia.engines.mailbox.bodies import Bodies
from colloquia.engines.mailbox.moments import filed_at, received_at, sent_at
from colloquia.engines.mailbox.records import Letter, Trouble
from colloquia.engines.mailbox.words import encoded_words, header, parameter, raw_header

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+\.[^\s@<>()\[\],;:\"\\]+")
_LONGEST_ADDRESS = 254
_INTERNAL = "folder internal data"


def read(data: bytes, *, separator: str = "") -> Letter:
    """What a message says. Never raises for what is in it.

    Args:
        data: the message as it was sent.
        separator: the line before it in its mailbox, which may say when it was filed.

    """
    try:
        # The oldest policy is the one that never raises for a malformed header.
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        bodies = Bodies()
        bodies.take(message)
    except (RecursionError, MessageError):
        return Letter(troubles=(Trouble("deep"),))
    name, address = _sender(message)
    sent, received, filed = sent_at(message), received_at(message), filed_at(separator)
    troubles = bodies.troubles()
    if not address and not name:
        troubles.append(Trouble("no_sender"))
    if sent is None and received is None and filed is None:
        troubles.append(Trouble("no_date"))
    return Letter(
        sender_name=name,
        sender_address=address,
        subject=header(message, "Subject"),
        message_id=header(message, "Message-ID")[:500],
        language=_language(message),
        sent=sent,
        received=received,
        filed=filed,
        automatic=_automatic(message),
        text="\n\n".join(filter(None, (text.strip("\n") for text in bodies.texts))),
        parts=tuple(bodies.files()),
        troubles=tuple(troubles),
    )


def _sender(message: Message) -> tuple[str, str]:
    """Name and address of who wrote it; blank where they are not given."""
    for field in ("From", "Sender", "Reply-To", "Return-Path"):
        raw = raw_header(message, field)
        pairs = [pair for pair in getaddresses([raw]) if pair[0] or pair[1]] if raw else []
        for name, address in pairs:
            shown = " ".join(encoded_words(name).split()).strip("\"'")
            if not shown and address.isalpha():
                shown = address
            found = _ADDRESS.fullmatch(address.strip()) or _ADDRESS.search(shown)
            plain = found.group() if found and len(found.group()) <= _LONGEST_ADDRESS else ""
            if plain or shown:
                return ("" if shown == plain else shown), plain
        found = _ADDRESS.search(raw)
        if found and len(found.group()) <= _LONGEST_ADDRESS:
            return "", found.group()
    return "", ""


def _language(message: Message) -> str:
    given = header(message, "Content-Language").split(",")[0].strip()
    return given.lower() if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", given) else ""


def _automatic(message: Message) -> str:
    """Which kind of program wrote it; a form on a page that mails (``auto-generated``) does not count."""
    if message.get_content_type() == "multipart/report":
        return "report"
    if header(message, "Auto-Submitted").lower().startswith("auto-replied"):
        return "reply"
    if parameter(message, "Content-Type", "report-type"):
        return "report"
    return "folder" if _INTERNAL in header(message, "Subject").lower() else ""
