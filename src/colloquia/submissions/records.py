"""What a sender writes, as one record: how it lies in a draft, travels to the check, and is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from colloquia.core.models import Attachment
from colloquia.engines.ledger import canonical

VERSION = 1


@dataclass(frozen=True, slots=True)
class PartyIn:
    """One of several who submit together. ``territory`` is a code of the naming profile, or blank."""

    kind: str
    name: str
    territory: str = ""


@dataclass(frozen=True, slots=True)
class AnswerIn:
    """An answer. ``question`` is the permanent id, blank for remarks on no question in particular."""

    question: str
    text: str
    language: str = ""
    secrecy: str = "public"
    secrecy_reason: str = ""
    public_text: str = ""


@dataclass(frozen=True, slots=True)
class FileIn:
    """A file that is received already. ``public_version_of`` is the place (from 1) of the confidential file
    that this one stands for in public; 0 for none.
    """

    attachment: Attachment
    title: str = ""
    secrecy: str = "public"
    secrecy_reason: str = ""
    public_version_of: int = 0
    rights_statement: str = ""
    mining_reserved: bool = False
    language: str = ""
    is_original: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """Respondent, wishes and answers. Values of choices are those of ``submissions.models``."""

    publication: str = "named"
    kind: str = "organisation"
    name: str = ""
    organisation: str = ""
    on_behalf_of: str = ""
    territory: str = ""
    stakeholder: str = ""
    language: str = ""
    parties: tuple[PartyIn, ...] = ()
    answers: tuple[AnswerIn, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, as a draft keeps them."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Content:
        """From a draft; members that are not known are left out, missing ones take their defaults."""
        plain = {name: str(raw[name]) for name in _PLAIN if name in raw}
        parties = tuple(_made(PartyIn, each) for each in raw.get("parties", ()))
        answers = tuple(_made(AnswerIn, each) for each in raw.get("answers", ()))
        return cls(parties=parties, answers=answers, **plain)

    @property
    def written_answers(self) -> tuple[AnswerIn, ...]:
        """The answers that say something."""
        return tuple(each for each in self.answers if each.text.strip() or each.public_text.strip())

    def without_empty(self) -> Content:
        """The same without answers and parties that say nothing."""
        return replace(
            self,
            answers=self.written_answers,
            parties=tuple(each for each in self.parties if each.name.strip() or each.territory),
        )


_PLAIN = (
    "publication", "kind", "name", "organisation", "on_behalf_of", "territory", "stakeholder", "language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Incoming:
    """Everything about one submission that is about to be sealed.

    ``received_at`` is timezone-aware. ``email`` is the address for the receipt and no part of the document.
    """

    content: Content
    files: tuple[FileIn, ...] = ()
    email: str = ""
    interface_language: str = "en"
    extra: Mapping[str, Any] = field(default_factory=dict)


def document_of(incoming: Incoming, *, call: str, received: str) -> bytes:
    """The canonical JSON of what was received. Its SHA-256 is committed to in the ledger.

    Args:
        call: the address of the call.
        received: UTC, to the second.
    """
    return canonical(
        {
            "v": VERSION,
            "call": call,
            "received": received,
            "content": incoming.content.as_json(),
            "files": [_file(each) for each in incoming.files],
            **({"extra": dict(incoming.extra)} if incoming.extra else {}),
        }
    )


def _file(given: FileIn) -> dict[str, Any]:
    return {
        "sha256": given.attachment.sha256,
        "size": given.attachment.size,
        "name": given.attachment.name,
        "media_type": given.attachment.media_type,
        "title": given.title,
        "secrecy": given.secrecy,
        "secrecy_reason": given.secrecy_reason,
        "public_version_of": given.public_version_of,
        "rights_statement": given.rights_statement,
        "mining_reserved": given.mining_reserved,
        "language": given.language,
        "is_original": given.is_original,
    }


def _made(kind: type[Any], raw: Mapping[str, Any]) -> Any:
    """A record from plain values; what is missing is blank."""
    blank = {"kind": "", "name": ""} if kind is PartyIn else {"question": "", "text": ""}
    names: Iterable[str] = kind.__dataclass_fields__
    return kind(**blank | {name: str(raw[name]) for name in names if name in raw})
