"""What the engine of organisations reads and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["same", "part of"]

REASONS = {
    "same name": "Both give the same name.",
    "same name without legal form": "The names are the same but for a legal form that one of them lacks.",
    "small words differ": "The names differ in articles, prepositions and the like alone.",
    "spacing differs": "The names differ in spaces alone.",
    "written variants": "The names differ in ways of writing a letter, character or legal form alone.",
    "abbreviated words": "A word of one name is a short form of the other's.",
    "word order differs": "The names have the same words in another order.",
    "one letter differs": "The names differ in one letter.",
    "letters differ": "The names differ in so many letters.",
    "acronym of": "One name is made of the initials of the other.",
    "states the acronym": "One gives the other's name as its acronym.",
    "states the other's name": "One gives the other's name in brackets or after a stroke.",
    "acronym is the domain": "The acronym is the name of the domain.",
    "one word more": "A long name has one word more than the other.",
    "same name in another script": "The names are the same letter by letter in another script.",
    "same e-mail domain": "Both wrote from this domain, which is not open to everybody.",
    "same site": "Both name a site on this domain.",
    "domain below": "One wrote from a domain below the other's.",
    "same country": "Both state this territory.",
    "names a part": "The longer name holds the shorter and a word for a part of a body.",
    "names a territory": "The longer name is the shorter with a territory.",
    "holds the name": "The longer name holds the shorter.",
    "holds the acronym": "The longer name holds the shorter's acronym.",
    "same name, other country": "The names are the same and the territories differ.",
    "other country": "They state different territories.",
    "other legal form": "Both state a legal form, and the forms differ.",
    "other e-mail domain": "They wrote from different domains of their own.",
    "other kind of respondent": "On the same channel they said they were of different kinds.",
    "acronym of several": "So many names have these initials.",
    "many bodies on the domain": "So many bodies wrote from this domain.",
}
"""Every reason that a proposal can give, with its meaning; none is added without a line here."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Who a submission says it comes from. ``mention_id`` is the submission's; blank means not stated.

    ``e_mail_domain`` and ``url_domain`` may be whole addresses; ``country`` is a code of the naming profile.
    """

    mention_id: str
    name: str
    country: str = ""
    e_mail_domain: str = ""
    url_domain: str = ""
    stakeholder: str = ""
    channel: str = ""
    acronym: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """Mentions that are taken to be one organisation.

    ``key`` is stable: it is made of the folded name and what tells homonyms apart, not of places in a list.
    ``keys`` has the key of every spelling that was joined, ``key`` among them, so that a decision of a person
    can be found again whatever else arrives. ``name`` is the most frequent spelling, ``spellings`` are all of
    them. ``domains`` are those that are not open to everybody.
    """

    key: str
    keys: tuple[str, ...]
    name: str
    spellings: tuple[str, ...]
    mentions: tuple[str, ...]
    country: str = ""
    domains: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground, a key of ``REASONS``, with its value; ``against`` where it speaks against the proposal."""

    ground: str
    value: str = ""
    against: bool = False

    def __str__(self) -> str:
        return f"{self.ground} {self.value}".rstrip()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two bodies for a person to accept or refuse as the same, or as a whole and its part (in that order).

    ``score`` orders proposals from 0 to 1; it is not a probability.
    """

    kind: Kind
    keys: tuple[str, str]
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A mention that is no organisation: ``reason`` is ``person``, ``no name`` or ``not a name``."""

    mention_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """All bodies by name, proposals with the strongest first, and the mentions that are no organisation."""

    bodies: tuple[Body, ...]
    proposals: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]
