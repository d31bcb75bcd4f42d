"""What was changed in a codebook while it was away, for people to look at before anything is taken over."""

from __future__ import annotations

from dataclasses import dataclass

from colloquia.engines.exchange import Problem
from colloquia.engines.refi.matching import match
from colloquia.engines.refi.records import Code, Codebook

MERGES_UNKNOWN = (
    "A code that is gone may have been deleted or merged into another: the format does not say which. "
    "Look at each in the program where it was done, and merge the themes here where they were merged there."
)


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One property of one code of ours that is different. ``after`` is what came back.

    For a code that was put elsewhere, ``before`` and ``after`` are GUIDs of parents, ``None`` for the
    top; a parent that is ours has our GUID.
    """

    code: Code
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Matched:
    """A code that came back with another GUID and was known by its name."""

    ours: Code
    theirs: Code


@dataclass(frozen=True, slots=True)
class CodebookChanges:
    """Every difference; all empty where the codebook came back as it left.

    ``added`` are codes of theirs with parents in our GUIDs where they are ours, ``removed`` codes of
    ours. ``notes`` say what cannot be known. Colours and sets are not compared.
    """

    renamed: tuple[CodeChange, ...] = ()
    moved: tuple[CodeChange, ...] = ()
    described: tuple[CodeChange, ...] = ()
    added: tuple[Code, ...] = ()
    removed: tuple[Code, ...] = ()
    matched_by_name: tuple[Matched, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was changed."""
        return not (self.renamed or self.moved or self.described or self.added or self.removed)


def difference(ours: Codebook, theirs: Codebook) -> CodebookChanges:
    """What ``theirs`` changed against ``ours``, in the order of our codebook.

    Codes are matched by GUID, and by name where a program gave its own. A merge cannot be known: the
    merged code is in ``removed``, and a note says so. White space alone is no change.
    """
    matches = match(ours.codes, theirs.codes)
    our_code = {code.guid: code for code in ours.codes}
    back = {matches.ours_of[code.guid]: code for code in theirs.codes if code.guid in matches.ours_of}
    renamed, moved, described = [], [], []
    for code in ours.codes:
        found = back.get(code.guid)
        if found is None:
            continue
        if _words(code.name) != _words(found.name):
            renamed.append(CodeChange(code, code.name, found.name))
        parent = matches.ours_of.get(found.parent, found.parent) if found.parent else None
        if parent != code.parent:
            moved.append(CodeChange(code, code.parent, parent))
        if _words(code.description) != _words(found.description):
            described.append(CodeChange(code, code.description, found.description))
    added = tuple(
        Code(
            code.guid,
            code.name,
            code.description,
            code.colour,
            matches.ours_of.get(code.parent, code.parent) if code.parent else None,
            code.is_codable,
        )
        for code in theirs.codes
        if code.guid not in matches.ours_of
    )
    removed = tuple(code for code in ours.codes if code.guid not in back)
    notes = [
        Problem(
            "ambiguous",
            code.name,
            f"“{code.name}” came back with another GUID, and several codes bear its name; it is shown as a "
            "new code: say by hand which it is.",
        )
        for code in matches.ambiguous
    ]
    if removed:
        notes.append(Problem("merges-unknown", f"{len(removed):,} codes", MERGES_UNKNOWN))
    by_theirs = {code.guid: code for code in theirs.codes}
    return CodebookChanges(
        tuple(renamed),
        tuple(moved),
        tuple(described),
        added,
        removed,
        tuple(Matched(our_code[matches.ours_of[guid]], by_theirs[guid]) for guid in matches.by_name),
        tuple(notes),
    )


def _words(text: str) -> list[str]:
    return text.split()
