"""What may be taken over from a file that came back, and what cannot; what that is held against."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

NEW = "new:"
"""Begins what stands for a theme or group that is still to be made; the GUID of its code follows."""
STAY, OUT = "stay", "out"
Spot = tuple[str, int, int]
"""GUID of a source, start and end."""


@dataclass(frozen=True, slots=True)
class OurTheme:
    """A theme or a group of themes in effect; ``parent`` is the id of its group or ""."""

    question: str
    label: str
    parent: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Themes in effect by id, and by question and passage id the theme that it is in."""

    themes: Mapping[str, OurTheme]
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def place(self, question: str, passage: str) -> str:
        """The theme of a passage in a question, "" where it is in none."""
        return self.places.get(question, {}).get(passage, "")


@dataclass(frozen=True, slots=True)
class Known:
    """What GUIDs of the file stand for. ``questions`` are codes that only hold themes; ``made`` codes from
    which themes were made since. ``spots`` are passage ids by their place in a source.
    """

    themes: Mapping[str, str]
    questions: Mapping[str, str]
    made: Mapping[str, str] = field(default_factory=dict)
    spots: Mapping[Spot, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that may be taken over. ``kind``:

    - ``rename``: ``theme`` gets ``label``
    - ``regroup``: ``theme`` goes into the group ``parent`` ("" for none)
    - ``group``: a group ``label`` of ``themes``, from the code ``code``
    - ``new``: a theme ``label`` of ``passages``, from the code ``code``, in the group ``parent``
    - ``move``: ``passages`` go to ``theme`` ("" for none)
    - ``merge``: ``theme`` is merged into ``parent``, since every passage of it bears that code now
    - ``gone``: the code of ``theme`` is gone; one of ``choices`` says what becomes of its passages

    Themes and groups that are still to be made are named by ``NEW`` and the GUID of their code. ``before`` is
    what stood when the file left (a label or an id). ``changed`` says that this was changed here since,
    ``double`` that the passages bear their old code as well. ``key`` names exactly this.
    """

    kind: str
    question: str
    theme: str = ""
    label: str = ""
    parent: str = ""
    themes: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    code: str = ""
    before: str = ""
    changed: bool = False
    double: bool = False
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A name for exactly this, the same whenever it is proposed."""
        parts = (self.kind, self.question, self.theme, self.label, self.parent, self.themes, self.passages)
        return hashlib.sha256(json.dumps([*parts, self.code]).encode()).hexdigest()[:20]

    @property
    def is_advised(self) -> bool:
        """Whether it goes without saying: nothing was changed here since, and nothing is doubtful."""
        return not (self.changed or self.double or self.kind == "gone")


@dataclass(frozen=True, slots=True)
class Left:
    """Something that cannot be taken over. ``name`` is a code or a passage; ``reason`` a fixed word:

    ``nested`` (a theme below a theme), ``group in group``, ``other question``, ``question`` (our question was
    renamed), ``group gone``, ``empty`` (a new code without passages), ``no question`` (a new code that
    belongs to none), ``several`` (a passage with several new codes), ``no theme`` (coded with a group or a
    question).
    """

    reason: str
    name: str


def one_line(name: str) -> str:
    """A name without line ends and needless space."""
    return " ".join(name.split())
