"""What an exchange with a program for qualitative analysis holds (REFI-QDA 1.0 and 1.5).

GUIDs are lower-case without braces. Offsets are Unicode code points into the text of a source,
from the first character to the one after the last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from colloquia.engines.exchange import Problem

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Code:
    """A code: for us, a theme.

    ``colour`` is ``#RRGGBB`` or empty, ``parent`` the GUID of the code above or ``None``.
    A code that is not codable only groups others.
    """

    guid: str
    name: str
    description: str = ""
    colour: str = ""
    parent: str | None = None
    is_codable: bool = True


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A named set of codes, as the programs keep beside the tree; ``codes`` are GUIDs."""

    guid: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """Codes in the order of the book, a parent before its children.

    ``origin`` names the program that wrote it, ``problems`` what its reader mended or left out.
    """

    codes: tuple[Code, ...]
    sets: tuple[CodeSet, ...] = ()
    origin: str = field(default="", compare=False)
    problems: tuple[Problem, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class User:
    """A person who coded; ``id`` is the name used to sign in, where one is known."""

    guid: str
    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was coded. ``variables`` are its properties by name, as texts.

    ``language`` is a code such as ``fr`` and travels as the variable ``Language``.
    """

    guid: str
    name: str
    text: str
    language: str = ""
    description: str = ""
    variables: Mapping[str, str] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True)
class Coding:
    """A code on a piece of a source: ``text[start:end]``. ``source`` and ``code`` are GUIDs.

    ``creator`` is the GUID of a user or empty; an empty ``guid`` is made from what the coding says.
    """

    code: str
    source: str
    start: int
    end: int
    guid: str = ""
    creator: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A unit of analysis, for instance an organisation; ``sources`` are GUIDs."""

    guid: str
    name: str
    description: str = ""
    sources: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True)
class Note:
    """A memo. ``about`` is the GUID of a source or a code, empty for the whole project."""

    guid: str
    name: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """Codebook, texts and codings, with who coded.

    ``created`` is a time such as ``2026-03-01T09:00:00Z`` or empty; no clock is asked.
    """

    name: str
    codebook: Codebook
    sources: tuple[Source, ...] = ()
    codings: tuple[Coding, ...] = ()
    users: tuple[User, ...] = ()
    cases: tuple[Case, ...] = ()
    notes: tuple[Note, ...] = ()
    description: str = ""
    created: str = ""
    origin: str = field(default="", compare=False)
    problems: tuple[Problem, ...] = field(default=(), compare=False)
